package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.PreSharedKey;
import dev.grove.client.transport.Psk;
import dev.grove.client.transport.Tls;
import dev.grove.wire.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL's {@code s_server} tells a device by which version and suite of TLS it was reached. */
class OpenSslServerTest {

    private static final String KEY = "5f4e3d2c1b0a69788796a5b4c3d2e1f0";
    private static final PreSharedKey DEVICE = new PreSharedKey("IMEI:1", Bytes.hex(KEY));

    @TempDir
    static Path folder;
    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void needsOpenSsl() {
        OpenSsl.isNeeded();
    }

    @AfterEach
    void stopServers() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-GCM-SHA256", "PSK-AES128-CBC-SHA256", "DHE-PSK-AES128-GCM-SHA256",
            "DHE-PSK-AES128-CBC-SHA256", "ECDHE-PSK-AES128-CBC-SHA256"})
    @Tag("DM-SEC-009-C-O")
    void is_reached_with_each_suite_that_needs_no_certificate(String suite) throws Exception {
        OpenSsl.mustSpeak("-tls1_2", suite);
        URI server = serve("-psk", KEY, "-psk_identity", "IMEI:1", "-nocert", "-tls1_2", "-cipher", suite);

        assertThat(page(Psk.context(DEVICE), server)).contains("Cipher is " + suite).contains(": TLSv1.2");
    }

    @ParameterizedTest
    @CsvSource({"-tls1_1, TLSv1.1", "-tls1, TLSv1"})
    @Tag("DM-SEC-005-C-O")
    @Tag("DM-SEC-006-C-M")
    void is_reached_with_an_older_version_only_if_the_device_is_told_so(String version, String name)
            throws Exception {
        OpenSsl.mustSpeak(version, "PSK-AES128-CBC-SHA256");
        URI server = serve("-psk", KEY, "-nocert", version, "-cipher", "PSK-AES128-CBC-SHA256:@SECLEVEL=0");

        assertThat(page(Psk.legacyContext(DEVICE), server)).containsPattern(": " + name + "\\s");
        assertThatThrownBy(() -> page(Psk.context(DEVICE), server)).isInstanceOf(SSLException.class);
    }

    @Test
    void is_not_believed_with_another_key() throws Exception {
        URI server = serve("-psk", "00".repeat(16), "-nocert", "-tls1_2", "-cipher", "PSK-AES128-GCM-SHA256");

        assertThatThrownBy(() -> page(Psk.context(DEVICE), server)).isInstanceOf(SSLException.class);
    }

    @Test
    @Tag("DM-SEC-010-C-O")
    @Tag("DM-SEC-011-C-O")
    @Tag("DM-SEC-012-C-M")
    void is_reached_with_a_suite_of_certificates_and_refused_where_it_speaks_old_versions_only() throws Exception {
        Keys keys = Keys.in(folder);
        Path pem = folder.resolve("server-key.pem");
        Process converted = new ProcessBuilder("openssl", "pkcs12", "-in", keys.server().toString(), "-nodes",
                "-passin", "pass:" + Keys.PASSWORD, "-out", pem.toString()).start();
        assertThat(converted.waitFor()).isZero();
        SSLContext trusting = new Tls(keys.serverCertificate(), null, null, null).context();

        URI server = serve("-cert", pem.toString(), "-key", pem.toString(), "-tls1_2", "-cipher",
                "ECDHE-ECDSA-AES128-GCM-SHA256");
        assertThat(page(trusting, server)).contains("Cipher is ECDHE-ECDSA-AES128-GCM-SHA256");
        URI old = serve("-cert", pem.toString(), "-key", pem.toString(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        assertThatThrownBy(() -> page(trusting, old)).isInstanceOf(SSLException.class);
    }

    /** Starts a server that answers GET with a page on the connection. */
    private URI serve(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-www"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        BufferedReader said = process.inputReader();
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ACCEPT ")) {
                return URI.create("https://" + line.substring("ACCEPT ".length()) + "/");
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("s_server did not start: " + all);
    }

    private static String page(SSLContext tls, URI server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls)
                .build()) {
            return client.send(HttpRequest.newBuilder(server).build(), BodyHandlers.ofString()).body();
        }
    }
}
