package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keys and certificates for one test, made by the JDK's keytool and gone with the folder: an authority, a server that
 * stands for itself, devices of the authority, and a stranger.
 */
final class Keys {

    /** Of every store. */
    static final String PASSWORD = "not-to-be-seen";

    /** The common names of two devices that the authority vouches for. */
    static final List<String> DEVICES = List.of("TLS:1", "TLS:2");

    private static final String STRANGER = "stranger";

    private final Path folder;
    private final KeyStore all;

    private Keys(Path folder, KeyStore all) {
        this.folder = folder;
        this.all = all;
    }

    static Keys in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("all.p12");
        keytool(file, "ca", "CN=Authority", "-ext", "bc:c");
        keytool(file, "server", "CN=dm.example", "-ext", "SAN=ip:127.0.0.1");
        keytool(file, "impostor", "CN=Authority", "-ext", "bc:c");
        keytool(file, STRANGER, "CN=" + DEVICES.getFirst(), "-signer", "impostor");
        for (String device : DEVICES) {
            keytool(file, device, "CN=" + device, "-signer", "ca");
        }
        Keys keys = new Keys(folder, KeyStore.getInstance(file.toFile(), letters()));
        keys.writeStores();
        return keys;
    }

    private void writeStores() throws GeneralSecurityException, IOException {
        for (String alias : List.of("server", STRANGER, DEVICES.getFirst(), DEVICES.getLast())) {
            KeyStore own = empty();
            own.setKeyEntry("key", all.getKey(alias, letters()), letters(), all.getCertificateChain(alias));
            write(own, storeOf(alias));
        }
        KeyStore trust = empty();
        trust.setCertificateEntry("ca", all.getCertificate("ca"));
        write(trust, authority());
        Files.writeString(serverCertificate(), "-----BEGIN CERTIFICATE-----\n"
                + Bytes.wrap(certificate("server").getEncoded()).base64() + "\n-----END CERTIFICATE-----\n");
    }

    /** The key of the server, or of a device. */
    Path storeOf(String alias) {
        return folder.resolve(alias.replace(':', '-').toLowerCase(Locale.ROOT) + ".p12");
    }

    /** Bears the name of the first device, signed by somebody who bears the name of the authority. */
    Path stranger() {
        return storeOf(STRANGER);
    }

    Path server() {
        return storeOf("server");
    }

    /** The server's key, and an RSA key beside it, which some cipher suites need. */
    Path serverOfBothKinds() throws IOException, InterruptedException, GeneralSecurityException {
        Path both = folder.resolve("server-both.p12");
        Files.copy(server(), both);
        keytool(both, "rsa", "CN=dm.example", "-keyalg", "RSA", "-keysize", "2048", "-ext", "SAN=ip:127.0.0.1");
        return both;
    }

    /** The authority's certificate, as a store. */
    Path authority() {
        return folder.resolve("authority.p12");
    }

    /** As a PEM file. */
    Path serverCertificate() {
        return folder.resolve("server.pem");
    }

    /** SHA-256 of a device's certificate. */
    String fingerprint(String device) throws GeneralSecurityException {
        byte[] encoded = certificate(device).getEncoded();
        return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(encoded)).hex();
    }

    private Certificate certificate(String alias) throws GeneralSecurityException {
        return all.getCertificate(alias);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void write(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, letters());
        }
    }

    private static char[] letters() {
        return PASSWORD.toCharArray();
    }

    private static void keytool(Path file, String alias, String name, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", alias, "-dname", name, "-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        if (!command.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
