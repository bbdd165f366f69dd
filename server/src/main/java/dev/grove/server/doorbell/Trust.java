package dev.grove.server.doorbell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom connections to gateways trust. */
public final class Trust {

    private Trust() {}

    /**
     * @param authorities PKCS #12 file; absent: those of the JDK
     * @throws IOException if the file cannot be read, or has another password
     */
    public static SSLContext in(@Nullable Path authorities, String password) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (authorities == null) {
                context.init(null, null, null);
                return context;
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(authorities)) {
                store.load(in, password.toCharArray());
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(authorities + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
