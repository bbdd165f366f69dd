package dev.grove.server.store.cassandra;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster is, and what of it is ours: {@code cassandra://host1:9042,host2/keyspace?datacenter=dc1}.
 *
 * @param contacts some of its nodes; the others are learned from them
 * @param keyspace letters, digits and underscores, in lower case; made if it is not there
 * @param datacenter the one whose nodes are used; that of the first contact if absent
 * @param login absent if the cluster asks for none
 * @param hasTls whether the connections are encrypted, and the nodes shown to be whom they say by the platform's
 *     trusted certificates
 */
public record CassandraAddress(List<InetSocketAddress> contacts, String keyspace, @Nullable String datacenter,
        @Nullable Login login, boolean hasTls) {

    private static final int PORT = 9042;

    /** A user of the cluster; tells nothing of the password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
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
        String datacenter = null;
        boolean hasTls = false;
        for (String parameter : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            switch (parts[0]) {
                case "datacenter" -> datacenter = value;
                case "tls" -> hasTls = Boolean.parseBoolean(value);
                default -> throw new IllegalArgumentException(
                        "the address of a cluster has the parameters datacenter and tls, and no " + parts[0]);
            }
        }
        return new CassandraAddress(contacts(uri.getRawAuthority()), keyspace, datacenter, login, hasTls);
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
