package dev.grove.server.doorbell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key for 127.0.0.1, and those who trust it.
 *
 * @param authorities PKCS #12 file
 */
public record TestKeys(SSLContext server, Path authorities) {

    public static final String PASSWORD = "changeit";

    public static TestKeys make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("key.p12");
        Path certificate = folder.resolve("cert.pem");
        Path trust = folder.resolve("trust.p12");
        keytool("-genkeypair", "-alias", "peer", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext",
                "SAN=ip:127.0.0.1", "-validity", "2", "-keystore", keys.toString());
        keytool("-exportcert", "-alias", "peer", "-rfc", "-file", certificate.toString(), "-keystore",
                keys.toString());
        keytool("-importcert", "-noprompt", "-alias", "peer", "-file", certificate.toString(), "-keystore",
                trust.toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TestKeys(context, trust);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-storetype", "PKCS12",
                        "-storepass", PASSWORD));
        command.addAll(1, List.of(arguments[0]));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
