package dev.grove.server.doorbell.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Locale;

/** A key for a broker at 127.0.0.1, made by the JDK's keytool and gone with the folder. */
final class BrokerKeys {

    private static final String PASSWORD = "not-to-be-seen";

    private final Path folder;

    private BrokerKeys(Path folder) {
        this.folder = folder;
    }

    static BrokerKeys in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path own = folder.resolve("broker.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-alias", "key", "-dname", "CN=broker",
                "-ext", "SAN=ip:127.0.0.1", "-keystore", own.toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance(own.toFile(), PASSWORD.toCharArray());
        pem(folder.resolve("key.pem"), "PRIVATE KEY", store.getKey("key", PASSWORD.toCharArray()).getEncoded());
        pem(folder.resolve("cert.pem"), "CERTIFICATE", store.getCertificate("key").getEncoded());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", store.getCertificate("key"));
        try (var out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return new BrokerKeys(folder);
    }

    /** For the configuration of the broker. */
    String lines() {
        return String.format(Locale.ROOT, "certfile %s%nkeyfile %s", folder.resolve("cert.pem"),
                folder.resolve("key.pem"));
    }

    MqttSettings.Trust trust() {
        return new MqttSettings.Trust(folder.resolve("trust.p12"), PASSWORD);
    }

    private static void pem(Path file, String label, byte[] der) throws IOException {
        Files.writeString(file, "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n");
    }
}
