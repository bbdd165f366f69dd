package dev.grove.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/** The server's own keys with their certificates, by the algorithm of the key: the first of each in the store. */
final class ServerKeys {

    /** A key, and the certificates that go with it, its own first. */
    record Pair(PrivateKey key, List<X509Certificate> chain) {

        Pair {
            chain = List.copyOf(chain);
        }

        Certificate certificate(JcaTlsCrypto crypto) {
            return new Certificate(chain.stream().map(one -> new JcaTlsCertificate(crypto, one))
                    .toArray(TlsCertificate[]::new));
        }

        /** Names the subject only. */
        @Override
        public String toString() {
            return "Pair[" + chain.getFirst().getSubjectX500Principal() + "]";
        }
    }

    private final Map<String, Pair> byAlgorithm;

    private ServerKeys(Map<String, Pair> byAlgorithm) {
        this.byAlgorithm = Map.copyOf(byAlgorithm);
    }

    static ServerKeys none() {
        return new ServerKeys(Map.of());
    }

    /** @throws IOException if the file cannot be read or opened */
    static ServerKeys read(Path file, String password) throws IOException {
        Map<String, Pair> found = new HashMap<>();
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password.toCharArray()) : null;
                if (key instanceof PrivateKey own) {
                    List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast).toList();
                    found.putIfAbsent(own.getAlgorithm(), new Pair(own, chain));
                }
            }
        } catch (GeneralSecurityException unusable) {
            throw new IOException(file + ": " + unusable.getMessage(), unusable);
        }
        return new ServerKeys(found);
    }

    Optional<Pair> rsa() {
        return Optional.ofNullable(byAlgorithm.get("RSA"));
    }

    Optional<Pair> ec() {
        return Optional.ofNullable(byAlgorithm.get("EC"));
    }
}
