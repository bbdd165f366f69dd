package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.stateOf;
import static dev.grove.verify.device.RunningServer.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that prove themselves by a pre-shared key, at a server that has no certificate at all. */
class PskEndToEndTest {

    private static final String KEY = "a0b1c2d3e4f5061728394a5b6c7d8e9f";
    private static final String GET = "{\"get\": {\"uri\": \"./DevInfo/DevId\"}}";

    @TempDir
    static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start(folder.resolve("data"), Map.of("dm-tls-psk", "true"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    @Tag("DM-SEC-004-C-M")
    @Tag("DM-SEC-008-C-O")
    void the_key_vouches_for_the_device_and_the_server() throws Exception {
        server.add("{\"id\": \"PSK:1\", \"psk\": {\"key\": \"" + KEY + "\"}}");
        String job = server.job("PSK:1", GET);

        String out = device(0, "PSK:1", KEY);

        String told = server.told("PSK:1", job);
        assertThat(stateOf(told)).as(told + out).isEqualTo("done");
        assertThat(valuesOf(told)).containsExactly("PSK:1");
        assertThat(out).doesNotContain(KEY);
    }

    @Test
    void an_identity_of_its_own_stands_for_the_device() throws Exception {
        String identity = "Ger\u00e4t \u2713 " + "x".repeat(300);
        server.add("{\"id\": \"PSK:2\", \"psk\": {\"identity\": \"" + identity + "\", \"key\": \"" + KEY + "\"}}");
        String job = server.job("PSK:2", GET);

        device(0, "PSK:2", KEY, "--psk-identity", identity);

        assertThat(stateOf(server.told("PSK:2", job))).isEqualTo("done");
    }

    @Test
    void a_wrong_key_and_an_unknown_identity_are_told_in_the_same_words() throws Exception {
        server.add("{\"id\": \"PSK:3\", \"psk\": {\"key\": \"" + KEY + "\"}}");
        String job = server.job("PSK:3", GET);

        String wrongKey = device(1, "PSK:3", "ff".repeat(16));
        String unknown = device(1, "PSK:3", KEY, "--psk-identity", "nobody");

        assertThat(wrongKey).contains("the server has another key for this identity, or none")
                .doesNotContain("completed");
        assertThat(unknown).isEqualTo(wrongKey);
        assertThat(stateOf(server.told("PSK:3", job))).isEqualTo("queued");
    }

    @Test
    void the_key_of_one_device_does_not_open_the_account_of_another() throws Exception {
        server.add("{\"id\": \"PSK:4\", \"psk\": {\"key\": \"" + KEY + "\"}}");
        server.add("{\"id\": \"PSK:5\"}");
        String job = server.job("PSK:5", GET);

        String out = device(1, "PSK:5", KEY, "--psk-identity", "PSK:4");

        assertThat(out).doesNotContain("completed");
        assertThat(stateOf(server.told("PSK:5", job))).isEqualTo("queued");
    }

    @Test
    void a_key_that_was_taken_away_opens_nothing() throws Exception {
        server.add("{\"id\": \"PSK:6\", \"psk\": {\"key\": \"" + KEY + "\"}}");
        server.job("PSK:6", GET);
        device(0, "PSK:6", KEY);

        server.change("PSK:6", "{\"psk\": null}");

        device(1, "PSK:6", KEY);
    }

    /** Byte by byte, as [RFC 5246 §6.2.1] allows: the answer is the first message of the server. */
    @Test
    void reads_a_first_message_that_is_cut_into_records() throws IOException {
        byte[] hello = new byte[49];
        System.arraycopy(new byte[] {1, 0, 0, 45, 3, 3}, 0, hello, 0, 6);
        System.arraycopy(new byte[] {0, 0, 6, 0, (byte) 0xA8, 0, (byte) 0xAE, 0, (byte) 0xFF, 1, 0}, 0, hello, 38, 11);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < hello.length; at++) {
                out.write(new byte[] {22, 3, 1, 0, 1, hello[at]});
                out.flush();
            }
            byte[] answer = new DataInputStream(socket.getInputStream()).readNBytes(6);
            assertThat(answer).as("a handshake record with a ServerHello").startsWith(22, 3, 3).endsWith(2);
        }
    }

    @Test
    void names_the_file_and_hides_the_key_when_it_is_none() throws IOException {
        Path file = folder.resolve("short.key");
        Files.writeString(file, "c0ffee");
        String out = grove(2, "device", "--server", server.url(), "--id", "x", "--auth", "none", "--psk-key",
                file.toString());
        assertThat(out).contains("short.key", "8 to 512 bytes").doesNotContain("c0ffee");
        assertThat(grove(2, "device", "--server", server.url(), "--id", "x", "--auth", "none", "--psk-identity", "x"))
                .contains("need --psk-key");
    }

    private static String device(int expected, String id, String key, String... more) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "psk", ".key"), key + "\n");
        List<String> words = new ArrayList<>(List.of("device", "--server", server.url(), "--id", id, "--auth", "none",
                "--retries", "0", "--psk-key", file.toString()));
        words.addAll(List.of(more));
        return grove(expected, words.toArray(String[]::new));
    }

    private static String grove(int expected, String... words) {
        StringWriter out = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true))
                .execute(words);
        assertThat(status).as(out.toString()).isEqualTo(expected);
        return out.toString().replaceAll("session [0-9A-F]+|[0-9.]+ m?s\\b", "");
    }
}
