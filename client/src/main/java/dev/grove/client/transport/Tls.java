package dev.grove.client.transport;

import dev.grove.tls.PskContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom the device trusts, and how it proves itself, at the transport ([DMSEC 1.2 §5.5]).
 *
 * @param trust certificates of authorities: a PEM file, or a PKCS #12 or JKS store; absent for the virtual machine's
 * own
 * @param trustPassword of the store; absent if it has none
 * @param key the device's own key and certificate, in a PKCS #12 or JKS store; absent if it has none
 * @param keyPassword of the store and the key
 */
public record Tls(@Nullable Path trust, @Nullable String trustPassword, @Nullable Path key,
        @Nullable String keyPassword) {

    /** The virtual machine's own trust, and no key. */
    public static final Tls SYSTEM = new Tls(null, null, null, null);

    /**
     * Reads the files.
     *
     * @throws IOException if a file cannot be read, has another format or another password; the message names the file
     */
    public SSLContext context() throws IOException {
        return contexts().get();
    }

    /**
     * Reads the files once. Each context that is made of them has TLS sessions of its own, so that connections of
     * different contexts resume nothing of each other's: as if they were those of different devices.
     *
     * @throws IOException as {@link #context}
     */
    public Supplier<SSLContext> contexts() throws IOException {
        for (Path file : Stream.of(trust, key).filter(Objects::nonNull).toList()) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + ": there is no such file");
            }
        }
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(trust == null ? null : trustStore(trust));
            KeyManager @Nullable [] keys = keyManagers();
            return () -> context(keys, trusted.getTrustManagers());
        } catch (GeneralSecurityException unusable) {
            throw new IOException("TLS cannot be set up with " + (key == null ? trust : key) + ": "
                    + unusable.getMessage(), unusable);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager[] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException ours) {
            throw new IllegalStateException("this Java has no TLS", ours);
        }
    }

    /** What went wrong in a handshake, in words for a person. */
    static String failure(SSLException failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (PskContext.isOtherKey(at)) {
                return "TLS failed (the server has another key for this identity, or none)";
            }
            if (at instanceof CertPathBuilderException) {
                return "TLS failed (the server's certificate leads to none that is trusted here)";
            }
        }
        return "TLS failed (" + failed.getMessage() + ")";
    }

    /** The simple key manager: the other one of the JDK derives keys anew in every handshake. */
    private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
        if (key == null) {
            return null;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store(key, keyPassword), letters(keyPassword));
        return keys.getKeyManagers();
    }

    private KeyStore trustStore(Path file) throws IOException, GeneralSecurityException {
        if (!isPem(file)) {
            return store(file, trustPassword);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    private static boolean isPem(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int first = in.read();
            return first == '-' || first == '#' || Character.isLetter(first) || Character.isWhitespace(first);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        }
    }

    private static KeyStore store(Path file, @Nullable String password) throws IOException, GeneralSecurityException {
        try {
            return KeyStore.getInstance(file.toFile(), letters(password));
        } catch (IOException | KeyStoreException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static char @Nullable [] letters(@Nullable String password) {
        return password == null ? null : password.toCharArray();
    }

    /** Names the files only. */
    @Override
    public String toString() {
        return "Tls[trust " + trust + ", key " + key + "]";
    }
}
