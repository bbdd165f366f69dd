package dev.grove.server.store.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is, and what of it is ours: {@code cassandra://host1:9042,host2/keyspace?datacenter=dc1}.
 *
 * @param contacts some of its nodes; the others are learned from them
 * @param keyspace letters, digits and underscores, in lower case; made if it is not there
 * @param datacenter the one whose nodes are used; that of the first contact if absent
 * @param login absent if the cluster asks for none
 * @param tls absent if the connections are not encrypted
 */
public record CassandraAddress(List<InetSocketAddress> contacts, String keyspace, @Nullable String datacenter,
        @Nullable Login login, @Nullable Tls tls) {

    private static final int PORT = 9042;
    private static final List<String> PARAMETERS = List.of("datacenter", "tls", "tls-ca", "tls-names");

    /** A user of the cluster; tells nothing of the password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * How nodes show that they are whom they say.
     *
     * @param authorities a PEM file with the certificates that are trusted; those of the platform if absent
     * @param checksNames whether a node's certificate must be for the name, or the address, by which it is reached
     */
    public record Tls(@Nullable Path authorities, boolean checksNames) {

        SSLContext context() throws GeneralSecurityException, IOException {
            if (authorities == null) {
                return SSLContext.getDefault();
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            try (InputStream in = Files.newInputStream(authorities)) {
                for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    trusted.setCertificateEntry(Integer.toString(trusted.size()), each);
                }
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
    }

    public CassandraAddress {
        contacts = List.copyOf(contacts);
    }

    /** Whether an address of a store names a cluster. */
    public static boolean isOne(String url) {
        return url.startsWith("cassandra:");
    }

    /**
     * Reads an address.
     *
     * @param login for the cluster; absent if it asks for none
     * @throws IllegalArgumentException if it is none, with the rule that it breaks
     */
    public static CassandraAddress of(String url, @Nullable Login login) {
        URI uri = URI.create(url);
        String keyspace = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        if (uri.getRawAuthority() == null || !"cassandra".equals(uri.getScheme())) {
            throw new IllegalArgumentException("a cluster is named as cassandra://host1,host2/keyspace");
        }
        if (uri.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException("user and password of a cluster do not stand in its address");
        }
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            throw new IllegalArgumentException("the name of a keyspace has 1 to 48 small letters, digits and _");
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        return new CassandraAddress(contacts(uri.getRawAuthority()), keyspace, parameters.get("datacenter"), login,
                tls(parameters));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            if (!PARAMETERS.contains(parts[0])) {
                throw new IllegalArgumentException("the address of a cluster has the parameters "
                        + String.join(", ", PARAMETERS) + ", and no " + parts[0]);
            }
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static @Nullable Tls tls(Map<String, String> parameters) {
        String authorities = parameters.get("tls-ca");
        if (isTrue(parameters, "tls", false)) {
            return new Tls(authorities == null ? null : Path.of(authorities), isTrue(parameters, "tls-names", true));
        }
        if (authorities != null || parameters.containsKey("tls-names")) {
            throw new IllegalArgumentException("tls-ca and tls-names are for nothing without tls=true");
        }
        return null;
    }

    private static boolean isTrue(Map<String, String> parameters, String name, boolean usual) {
        String value = parameters.get(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " is true or false, not " + value);
        }
        return value == null ? usual : value.equals("true");
    }

    private static List<InetSocketAddress> contacts(String authority) {
        List<InetSocketAddress> contacts = new ArrayList<>();
        for (String host : authority.split(",", -1)) {
            URI one = URI.create("cassandra://" + host);
            if (one.getHost() == null) {
                throw new IllegalArgumentException("no host: " + host);
            }
            contacts.add(new InetSocketAddress(one.getHost(), one.getPort() < 0 ? PORT : one.getPort()));
        }
        return contacts;
    }
}
