package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenSSL's {@code s_client} as a device: it reaches the listener with each suite of [DM 2.0 §9.2.2] and each version,
 * and is the device that its key says.
 */
class OpenSslInteropTest {

    private static final String KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String OTHER_KEY = "00000000000000000000000000000001";
    private static final AtomicInteger SESSIONS = new AtomicInteger();
    private static final String DEVICE = "urn:dev:psk-1";

    @TempDir
    static Path folder;
    private static Keys keys;
    private static Path both;
    private static RunningServer server;
    private static RunningServer old;

    @BeforeAll
    static void startServers() throws Exception {
        OpenSsl.isNeeded();
        keys = Keys.in(folder);
        both = keys.serverOfBothKinds();
        server = start("safe", "false");
        old = start("old", "true");
    }

    @AfterAll
    static void stopServers() {
        Stream.of(server, old).filter(started -> started != null).forEach(RunningServer::close);
    }

    private static RunningServer start(String data, String legacy) throws IOException, InterruptedException {
        RunningServer started = RunningServer.start(folder.resolve(data), Map.of("dm-key-store",
                both.toString(), "dm-key-store-password", Keys.PASSWORD, "dm-tls-psk", "true",
                "tls-legacy", legacy, "dm-client-certificates", "optional", "dm-trust-store",
                keys.authority().toString(), "dm-trust-store-password", Keys.PASSWORD, "store", "memory"));
        started.add("{\"id\": \"" + DEVICE + "\", \"psk\": {\"key\": \"" + KEY + "\"}}");
        started.add("{\"id\": \"long\", \"psk\": {\"identity\": \"" + "x".repeat(128) + "\", \"key\": \"" + KEY
                + "\"}}");
        started.add("{\"id\": \"" + Keys.DEVICES.getFirst() + "\"}");
        return started;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-GCM-SHA256", "DHE-PSK-AES128-GCM-SHA256", "RSA-PSK-AES128-GCM-SHA256",
            "PSK-AES128-CBC-SHA256", "DHE-PSK-AES128-CBC-SHA256", "RSA-PSK-AES128-CBC-SHA256",
            "ECDHE-PSK-AES128-CBC-SHA256"})
    @Tag("DM-SEC-004-S-M")
    @Tag("DM-SEC-007-S-O")
    @Tag("DM-SEC-008-S-M")
    @Tag("DM-SEC-009-S-M")
    void reaches_the_listener_with_each_suite_of_pre_shared_keys(String suite) throws Exception {
        OpenSsl.mustSpeak("-tls1_2", suite);
        Said said = device(server, DEVICE, KEY, "-tls1_2", "-cipher", suite);

        assertThat(said.text()).as(suite).contains("Cipher is " + suite, "Protocol  : TLSv1.2",
                "HTTP/1.1 200");
        assertThat(said.text()).as("the key vouches for the device: 200 for the header").contains("<Data>200</Data>")
                .doesNotContain("<Data>407</Data>");
    }

    @ParameterizedTest
    @CsvSource({"-tls1_1, PSK-AES128-CBC-SHA256", "-tls1_1, DHE-PSK-AES128-CBC-SHA256",
            "-tls1_1, RSA-PSK-AES128-CBC-SHA256", "-tls1_1, ECDHE-PSK-AES128-CBC-SHA256",
            "-tls1, PSK-AES128-CBC-SHA256", "-tls1, DHE-PSK-AES128-CBC-SHA256",
            "-tls1, RSA-PSK-AES128-CBC-SHA256", "-tls1, ECDHE-PSK-AES128-CBC-SHA256"})
    @Tag("DM-SEC-005-S-O")
    @Tag("DM-SEC-006-S-M")
    void reaches_it_with_older_versions_only_where_they_are_opened(String version, String suite) throws Exception {
        OpenSsl.mustSpeak(version, suite);
        assertThat(device(server, DEVICE, KEY, version, "-cipher", suite + ":@SECLEVEL=0").text())
                .contains("protocol version").doesNotContain("HTTP/1.1");

        String name = version.equals("-tls1") ? "TLSv1" : "TLSv1.1";
        assertThat(device(old, DEVICE, KEY, version, "-cipher", suite + ":@SECLEVEL=0").text())
                .containsPattern("(?m)^ *Protocol *: " + name + "$").contains("HTTP/1.1 200", "<Data>200</Data>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDHE-ECDSA-AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES128-SHA256", "DHE-RSA-AES128-SHA256"})
    @Tag("DM-SEC-004-S-M")
    @Tag("DM-SEC-011-S-M")
    void reaches_it_with_the_suites_of_certificates_that_are_safe(String suite) throws Exception {
        assertThat(call(server, "-tls1_2", "-cipher", suite).text()).contains("Cipher is " + suite,
                "Protocol  : TLSv1.2",
                "HTTP/1.1 200");
        assertThat(call(old, "-tls1_2", "-cipher", suite).text()).contains("Cipher is " + suite, "Protocol  : TLSv1.2",
                "HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, AES128-GCM-SHA256", "-tls1_2, AES128-SHA256", "-tls1_1, AES128-SHA",
            "-tls1_1, DHE-RSA-AES128-SHA", "-tls1, AES128-SHA", "-tls1, DHE-RSA-AES128-SHA",
            "-tls1, ECDHE-ECDSA-AES128-SHA"})
    @Tag("DM-SEC-011-S-M")
    void reaches_it_with_those_that_are_not_only_where_they_are_opened(String version, String suite)
            throws Exception {
        OpenSsl.mustSpeak(version, suite);
        String[] asked = {version, "-cipher", suite + ":@SECLEVEL=0"};
        assertThat(call(server, asked).text()).contains("alert").doesNotContain("HTTP/1.1");
        assertThat(call(old, asked).text()).contains("Cipher is " + suite, "HTTP/1.1 200", "<Data>403</Data>");
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, AES128-GCM-SHA256", "-tls1_1, AES128-SHA", "-tls1, DHE-RSA-AES128-SHA"})
    void an_old_device_may_show_a_certificate(String version, String suite) throws Exception {
        OpenSsl.mustSpeak(version, suite);
        String id = Keys.DEVICES.getFirst();
        String[] asked = {version, "-cipher", suite + ":@SECLEVEL=0"};

        assertThat(showing(keys.storeOf(id), id, asked)).contains("HTTP/1.1 200", "<Data>200</Data>");
        assertThat(showing(keys.stranger(), id, asked)).contains("bad certificate").doesNotContain("HTTP/1.1");
    }

    private static String showing(Path store, String device, String... options)
            throws IOException, InterruptedException {
        Path pem = store.resolveSibling(store.getFileName() + ".pem");
        run(List.of("openssl", "pkcs12", "-in", store.toString(), "-nodes", "-passin", "pass:" + Keys.PASSWORD, "-out",
                pem.toString()), "");
        List<String> all = new ArrayList<>(List.of("-cert", pem.toString(), "-key", pem.toString()));
        all.addAll(List.of(options));
        return client(old, request(device), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSK-AES128-GCM-SHA256", "DHE-PSK-AES128-CBC-SHA256", "RSA-PSK-AES128-GCM-SHA256",
            "ECDHE-PSK-AES128-CBC-SHA256"})
    void an_identity_that_nobody_has_is_answered_like_a_wrong_key(String suite) throws Exception {
        List<String> alerts = new ArrayList<>();
        for (String identity : List.of(DEVICE, "urn:dev:unknown", "x".repeat(200))) {
            Said said = device(server, identity, OTHER_KEY, "-tls1_2", "-cipher", suite);
            assertThat(said.text()).contains("SSL alert number").doesNotContain("HTTP/1.1");
            alerts.add(said.text().replaceAll("(?s).*SSL alert number ([0-9]+).*", "$1"));
        }
        assertThat(alerts).containsOnly("20");
    }

    @Test
    void takes_identities_of_128_bytes_and_survives_those_that_are_none() throws Exception {
        assertThat(device(server, "x".repeat(128), KEY, "-tls1_2").text()).contains("HTTP/1.1 200");
        String options = " -tls1_2 -cipher PSK-AES128-GCM-SHA256 -psk " + KEY;
        for (String identity : List.of("''", "\"$(printf '\\377\\376')\"", "\"$(printf 'a\\nb')\"")) {
            String said = run(List.of("sh", "-c", "exec openssl s_client -ign_eof -connect " + address(server)
                    + options + " -psk_identity " + identity), request(DEVICE));
            assertThat(said).as(identity).contains("alert").doesNotContain("HTTP/1.1");
        }
        assertThat(device(server, DEVICE, KEY, "-tls1_2").text()).contains("HTTP/1.1 200");
    }

    @Test
    void a_device_that_gives_itself_for_another_is_not_believed() throws Exception {
        Said said = new Said(client(server, request("long"), "-psk", KEY, "-psk_identity", DEVICE, "-tls1_2"));
        assertThat(said.text()).contains("HTTP/1.1 200", "<Data>403</Data>").doesNotContain("<Data>200</Data>");
    }

    /** A message that was captured opens nothing: what was answered to it is for the device only. */
    @Test
    void the_same_message_without_the_key_does_not_get_the_answer() throws Exception {
        String request = request(DEVICE);
        assertThat(client(server, request, "-psk", KEY, "-psk_identity", DEVICE, "-tls1_2"))
                .contains("<Data>200</Data>");
        assertThat(client(server, request, "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"))
                .contains("<Data>400</Data>").doesNotContain("<Data>200</Data>");
    }

    /** What it printed: its own account of the handshake, and the answer. */
    private record Said(String text) {}

    private static Said device(RunningServer to, String identity, String key, String... more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-psk", key, "-psk_identity", identity));
        options.addAll(List.of(more));
        return new Said(client(to, request(DEVICE), options.toArray(String[]::new)));
    }

    private static Said call(RunningServer to, String... options) throws IOException, InterruptedException {
        return new Said(client(to, request(DEVICE), options));
    }

    private static String client(RunningServer to, String request, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", "-connect", address(to)));
        command.addAll(List.of(options));
        return run(command, request);
    }

    private static String address(RunningServer to) {
        return to.url().replaceAll("https://([^/]+)/.*", "$1");
    }

    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException refusedEarly) {
            assertThat(refusedEarly).hasMessageContaining("pipe");
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(said).isTrue();
        return said;
    }

    /** Package 1 without credentials, in a session of its own. */
    private static String request(String device) {
        String body = """
                <SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
                <SessionID>%d</SessionID><MsgID>1</MsgID><Target><LocURI>/dm</LocURI></Target>\
                <Source><LocURI>%s</LocURI></Source></SyncHdr><SyncBody>\
                <Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Final/></SyncBody></SyncML>"""
                .formatted(SESSIONS.incrementAndGet(), device);
        return "POST /dm HTTP/1.1\r\nHost: dm.example\r\nContent-Type: application/vnd.syncml.dm+xml\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
