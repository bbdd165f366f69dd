package dev.grove.server;

import dev.grove.server.config.ConfigRefused;
import dev.grove.server.http.HttpListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/** Tries the stores of a listener before anything is started, so that what is wrong is said by its file's name. */
final class KeyFiles {

    private KeyFiles() {}

    /** @throws ConfigRefused if a store cannot be opened, or the key store has no key; it never tells the password */
    static void check(HttpListener listener) {
        HttpListener.Tls tls = listener.tls();
        if (tls == null) {
            return;
        }
        String option = "option " + listener.name() + "-key-store: ";
        if (tls.keyStore() != null && !hasKey(option, opened(option, tls.keyStore(), tls.password()))) {
            throw new ConfigRefused(option + tls.keyStore() + " holds no key");
        }
        if (tls.trustStore() != null) {
            opened("option " + listener.name() + "-trust-store: ", tls.trustStore(), tls.trustPassword());
        }
    }

    private static KeyStore opened(String option, Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (NoSuchFileException _) {
            throw new ConfigRefused(option + file + ": there is no such file");
        } catch (IOException | GeneralSecurityException unusable) {
            throw new ConfigRefused(option + file + " is no PKCS #12 file, or has another password ("
                    + unusable.getMessage() + ")");
        }
    }

    private static boolean hasKey(String option, KeyStore store) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new ConfigRefused(option + unusable.getMessage());
        }
    }
}
