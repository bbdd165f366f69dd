package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.stateOf;
import static dev.grove.verify.device.RunningServer.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.client.transport.Tls;
import dev.grove.tools.Grove;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that call by HTTPS, and those for which a certificate vouches instead of credentials ([DMSEC 1.3 §5.4]). */
class TlsEndToEndTest {

    private static final String GET = "{\"get\": {\"uri\": \"./DevInfo/DevId\"}}";

    @TempDir
    static Path folder;
    private static Keys keys;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws Exception {
        keys = Keys.in(folder);
        server = start("optional", "optional");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static RunningServer start(String data, String clients) throws IOException {
        return RunningServer.start(folder.resolve(data), Map.of("dm-key-store", keys.server().toString(),
                "dm-key-store-password", Keys.PASSWORD, "dm-client-certificates", clients, "dm-trust-store",
                keys.authority().toString(), "dm-trust-store-password", Keys.PASSWORD, "store", "memory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("DM-SEC-007-C-O")
    @Tag("DM-SEC-010-S-M")
    void speaks_both_versions_that_are_safe(String version) throws IOException {
        Tls trusting = new Tls(keys.serverCertificate(), null, null, null);
        try (Socket socket = trusting.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                port())) {
            SSLSocket tls = (SSLSocket) socket;
            tls.setEnabledProtocols(new String[] {version});
            tls.startHandshake();
            assertThat(tls.getSession().getProtocol()).isEqualTo(version);
        }
    }

    /** The JDK would not ask for TLS 1.1, so the first message stands here byte by byte ([RFC 4346 §7.4.1.2]). */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refuses_older_versions_with_an_alert(int minor) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(new byte[] {22, 3, 1, 0, 51, 1, 0, 0, 47, 3, (byte) minor});
            out.write(new byte[32]);
            out.write(new byte[] {0, 0, 8, (byte) 0xc0, 9, (byte) 0xc0, 10, 0, 0x2f, 0, 0x35, 1, 0});
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(in.readNBytes(7)).as("a fatal alert, protocol_version").startsWith(21, 3).endsWith(2, 70);
        }
    }

    @Test
    @Tag("DM-SEC-003-C-M")
    @Tag("DM-SEC-003-S-M")
    void a_certificate_that_bears_the_device_id_vouches_for_it() throws Exception {
        String job = deviceWithJob(server, "TLS:1", "");

        String out = run(0, server, "TLS:1", "--auth", "none", "--key-store", keys.storeOf("TLS:1").toString());

        String told = server.told("TLS:1", job);
        assertThat(stateOf(told)).as(told + out).isEqualTo("done");
        assertThat(valuesOf(told)).containsExactly("TLS:1");
    }

    @Test
    void a_certificate_that_is_set_for_a_device_vouches_for_it_and_no_other_does() throws Exception {
        String job = deviceWithJob(server, "MAPPED:1",
                ", \"certificateSha256\": \"" + keys.fingerprint("TLS:2") + "\"");

        String refused = run(1, server, "MAPPED:1", "--auth", "none", "--key-store",
                keys.storeOf("TLS:1").toString());
        assertThat(refused).contains("does not believe the device");
        assertThat(stateOf(server.told("MAPPED:1", job))).isEqualTo("queued");

        run(0, server, "MAPPED:1", "--auth", "none", "--key-store", keys.storeOf("TLS:2").toString());
        assertThat(stateOf(server.told("MAPPED:1", job))).isEqualTo("done");
    }

    @Test
    void a_device_with_the_certificate_of_another_is_not_believed() throws Exception {
        String job = deviceWithJob(server, "OTHER:1", "");

        String out = run(1, server, "OTHER:1", "--auth", "none", "--key-store", keys.storeOf("TLS:2").toString());

        assertThat(out).contains("does not believe the device");
        assertThat(stateOf(server.told("OTHER:1", job))).isEqualTo("queued");
    }

    @Test
    void a_certificate_that_no_authority_vouches_for_does_not_get_through_the_handshake() throws Exception {
        String out = run(1, server, "TLS:1", "--auth", "none", "--key-store", keys.stranger().toString());

        assertThat(out).contains("TLS failed").doesNotContain("completed");
    }

    @Test
    void where_certificates_are_optional_credentials_will_do() throws Exception {
        String job = deviceWithJob(server, "PASSWORD:1", "");

        run(0, server, "PASSWORD:1", "--auth", "md5", "--user", "device", "--secret", "device-secret");

        assertThat(stateOf(server.told("PASSWORD:1", job))).isEqualTo("done");
    }

    @Test
    void where_certificates_are_required_nobody_gets_in_without_one() throws Exception {
        try (RunningServer strict = start("required", "required")) {
            String job = deviceWithJob(strict, "TLS:1", "");

            String out = run(1, strict, "TLS:1", "--auth", "md5", "--user", "device", "--secret", "device-secret");
            assertThat(out).contains("TLS failed").doesNotContain("completed");

            run(0, strict, "TLS:1", "--auth", "none", "--key-store", keys.storeOf("TLS:1").toString());
            assertThat(stateOf(strict.told("TLS:1", job))).isEqualTo("done");
        }
    }

    @Test
    void a_device_plainly_refuses_a_server_it_does_not_trust() {
        String untrusting = grove(1, "device", "--server", server.url(), "--id", "TLS:1", "--auth", "none");
        assertThat(untrusting).contains("TLS failed (the server's certificate leads to none that is trusted");

        String otherName = grove(1, "device", "--server", server.url().replace("127.0.0.1", "localhost"), "--id",
                "TLS:1", "--auth", "none", "--trust-store", keys.serverCertificate().toString(), "--retries", "0");
        assertThat(otherName).contains("TLS failed", "matching localhost")
                .doesNotContain("completed");
    }

    @Test
    void names_the_store_and_hides_the_password_when_one_cannot_be_read() {
        String device = grove(2, "device", "--server", server.url(), "--id", "TLS:1", "--auth", "none", "--key-store",
                keys.storeOf("TLS:1").toString(), "--store-password", "wrong-secret");
        assertThat(device.lines()).singleElement().asString().contains("tls-1.p12").doesNotContain("wrong-secret");

        String serve = grove(2, "serve", "--data", folder.resolve("wrong").toString(), "--dm-listen", "127.0.0.1:0",
                "--api-listen", "127.0.0.1:0", "--dm-key-store", keys.server().toString(), "--dm-key-store-password",
                "wrong-secret");
        assertThat(folder.resolve("wrong")).doesNotExist();
        assertThat(serve.lines()).singleElement().asString().contains("server.p12").doesNotContain("wrong-secret");
    }

    @Test
    void administration_can_be_by_https_too() throws IOException {
        Map<String, String> options = Map.of("api-key-store", keys.server().toString(), "api-key-store-password",
                Keys.PASSWORD, "store", "memory");
        try (RunningServer secured = RunningServer.start(folder.resolve("api"), options)) {
            assertThat(secured.apiUrl()).startsWith("https://127.0.0.1:");
            assertThatThrownBy(() -> secured.get("/devices")).hasMessageContaining("certificat");
        }
    }

    private static String deviceWithJob(RunningServer at, String device, String more)
            throws IOException, InterruptedException {
        at.add("""
                {"id": "%s", "credentials": {"client": {"userName": "device", "secret": "device-secret",
                  "schemes": ["md5"]}}%s}""".formatted(device, more));
        return at.job(device, GET);
    }

    private static int port() {
        return URI.create(server.url()).getPort();
    }

    /** A device that trusts the server. */
    private static String run(int expected, RunningServer at, String device, String... more) {
        List<String> arguments = new ArrayList<>(List.of("device", "--server", at.url(), "--id", device,
                "--trust-store", keys.serverCertificate().toString(), "--retries", "0"));
        arguments.addAll(List.of(more));
        if (arguments.contains("--key-store")) {
            arguments.addAll(List.of("--store-password", Keys.PASSWORD));
        }
        return grove(expected, arguments.toArray(String[]::new));
    }

    private static String grove(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(arguments);
        assertThat(status).as(out.toString()).isEqualTo(expected);
        assertThat(out.toString()).doesNotContain(Keys.PASSWORD);
        return out.toString();
    }
}
