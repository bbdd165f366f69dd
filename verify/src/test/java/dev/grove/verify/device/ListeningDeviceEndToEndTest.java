package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.pathOf;
import static dev.grove.verify.device.RunningServer.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.envelope.ObexHeader;
import dev.grove.notify.envelope.ObexPacket;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.notify.envelope.WapPush;
import dev.grove.tools.Grove;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sleeping device of the command line, notified by hand over every bearer, against a whole server. */
class ListeningDeviceEndToEndTest {

    private static final Bytes NO_NONCE = Bytes.EMPTY;

    @TempDir
    static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start(folder.resolve("server"), Map.of());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ListeningDevice device(String id, String bearer, String... more) {
        List<String> arguments = new ArrayList<>(List.of("device", "--server", server.url(), "--server-id", "grove",
                "--id", id, "--user", "device", "--secret", "device-secret", "--server-user", "server",
                "--server-secret", "server-secret", "--listen", bearer + ":127.0.0.1:0", "--sleep"));
        arguments.addAll(List.of(more));
        return new ListeningDevice(arguments.toArray(String[]::new));
    }

    private static Packet trigger(int sessionId, UiMode mode, Bytes nonce) {
        return new Packet(TriggerMessage.MEDIA_TYPE, TriggerMessage.of("grove", sessionId, mode)
                .sign(Digest.MD5.secretHash("grove", "server-secret"), nonce).encode());
    }

    // ---- hand-made bearers

    private static void ring(String bearer, int port, Packet notification) throws Exception {
        switch (bearer) {
            case "udp" -> send(port, WapPush.of(1, notification).encode());
            case "http" -> post(port, notification);
            case "tcp" -> frame(port, WapPush.of(1, notification).encode());
            case "obex" -> put(port, notification);
            default -> throw new IllegalArgumentException(bearer);
        }
    }

    private static void send(int port, Bytes pdu) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(pdu.toArray(), pdu.length(), InetAddress.getLoopbackAddress(), port));
        }
    }

    private static void post(int port, Packet notification) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("Content-Type", notification.mediaType())
                    .POST(BodyPublishers.ofByteArray(notification.body().toArray())).build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
        }
    }

    private static void frame(int port, Bytes pdu) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(Bytes.wrap(new byte[] {(byte) (pdu.length() >> 8), (byte) pdu.length()})
                    .plus(pdu).toArray());
            assertThat(socket.getInputStream().read()).isEqualTo(6);
        }
    }

    private static void put(int port, Packet notification) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ObexPacket welcome = ObexPacket.decodeResponse(exchanged(socket, ObexPacket.connect(ObexPacket.CONNECT,
                    4096, new ObexHeader.Octets(ObexHeader.TARGET, ObexPacket.DEVICE_MANAGEMENT))), true);
            assertThat(welcome.octets(ObexHeader.WHO)).contains(ObexPacket.DEVICE_MANAGEMENT);
            ObexHeader id = new ObexHeader.Word(ObexHeader.CONNECTION_ID,
                    welcome.number(ObexHeader.CONNECTION_ID).orElseThrow());
            for (ObexPacket packet : ObexPacket.puts(List.of(id, ObexHeader.type(notification.mediaType())),
                    notification.body(), welcome.maxPacketOctets())) {
                assertThat(exchanged(socket, packet).at(0) & 0xFF).isEqualTo(ObexPacket.SUCCESS);
            }
        }
    }

    private static Bytes exchanged(Socket socket, ObexPacket request) throws Exception {
        socket.getOutputStream().write(request.encode().toArray());
        Bytes prefix = Bytes.wrap(socket.getInputStream().readNBytes(ObexPacket.PREFIX_OCTETS));
        return prefix.plus(Bytes.wrap(socket.getInputStream().readNBytes(ObexPacket.length(prefix) - 3)));
    }

    // ---- DM 1.2

    @ParameterizedTest
    @ValueSource(strings = {"udp", "http", "tcp", "obex"})
    @Tag("SCR-DM-NOTI-C-001")
    @Tag("SCR-DM-NOTI-C-002")
    void begins_the_session_that_a_notification_asks_for(String bearer) throws Exception {
        String id = "WAKE:" + bearer;
        server.knows(id, "md5");
        String job = server.job(id, "{\"get\": {\"uri\": \"./DevInfo/Man\"}}");
        try (ListeningDevice device = device(id, bearer)) {
            int port = device.port(bearer);
            ring(bearer, port, trigger(0xABC, UiMode.BACKGROUND, NO_NONCE));
            device.await("hears by " + bearer + ": grove asks for session ABC");
            device.await("session ABC with grove, on its wish");
            device.await("session ABC completed");
            assertThat(stateOf(server.told(id, job))).isEqualTo("done");
            assertThat(server.get("/devices/" + pathOf(id) + "/sessions")).contains("\"ABC\"");

            ring(bearer, port, trigger(0xABC, UiMode.BACKGROUND, NO_NONCE));
            device.await("hears by " + bearer + " what it drops");
            assertThat(device.end()).isZero();
        }
    }

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void agrees_on_new_nonces_when_those_of_the_two_differ() throws Exception {
        server.knows("WAKE:resync", "md5");
        String job = server.job("WAKE:resync", "{\"get\": {\"uri\": \"./DevInfo/Man\"}}");
        String stale = Bytes.utf8("not the server's").base64();
        try (ListeningDevice device = device("WAKE:resync", "udp", "--server-nonce", stale, "--nonce", stale)) {
            int port = device.port("udp");
            ring("udp", port, trigger(1, UiMode.BACKGROUND, NO_NONCE));
            device.await("what it drops: its digest is wrong");
            ring("udp", port, trigger(2, UiMode.BACKGROUND, Nonce.DEFAULT));
            device.await("asks for session 2, with new nonces");
            device.await("session 2 completed");
            assertThat(stateOf(server.told("WAKE:resync", job))).isEqualTo("done");
            ring("udp", port, trigger(3, UiMode.BACKGROUND, Bytes.base64(stale)));
            device.await("what it drops: its digest is wrong");
        }
    }

    @Test
    void does_not_call_where_the_user_has_to_agree_and_does_not() throws Exception {
        server.knows("WAKE:user", "md5");
        Path script = Files.writeString(folder.resolve("no"), "confirm: no\n");
        try (ListeningDevice device = device("WAKE:user", "udp", "--ui", script.toString())) {
            ring("udp", device.port("udp"), trigger(1, UiMode.USER_INTERACTION, NO_NONCE));
            device.await("asks for session 1, the user is asked");
            device.await("does not call grove: the user does not want it");
            assertThat(server.get("/devices/" + pathOf("WAKE:user") + "/sessions")).doesNotContain("\"id\"");
            assertThat(device.end()).isZero();
        }
    }

    // ---- DM 2.0

    @Test
    @Tag("DM-PACK-002-C-O")
    @Tag("DM-PACK-010-C-O")
    @Tag("DM-MEC-006-C-O")
    void a_device_of_DM_2_is_asked_for_its_objects() throws Exception {
        server.knows("WAKE:dm2", "md5");
        Credential credential = new Credential(Bytes.utf8("noti"), Bytes.utf8("data"));
        String id = "WAKE:dm2";
        try (ListeningDevice device = new ListeningDevice("device", "--server", server.url() + "2", "--server-id",
                "grove", "--id", id, "--user", "device", "--secret", "device-secret", "--profile", "dm20", "--ui",
                "none", "--listen", "http:127.0.0.1:0", "--sleep", "--notification-secret", "noti",
                "--notification-data", "data", "--connection", "wlan")) {
            int port = device.port("http");
            ring("http", port, dm2(1, null));
            device.await("what it drops: it has no digest");
            ring("http", port, dm2(2, credential));
            device.await("grove asks for a session, notification 2, by \\[CELLULAR, WLAN\\]");
            device.await("session [0-9A-F]+ completed");
            assertThat(server.get("/devices/" + pathOf(id) + "/objects")).contains("urn:grove:mo:demo:1.0");
            ring("http", port, dm2(2, credential));
            device.await("what it drops: it has come before");
        }
    }

    private static Packet dm2(int id, @Nullable Credential credential) {
        return new Packet(Dm2Notification.MEDIA_TYPE, Dm2NotificationCodec.encode(new Dm2Notification("grove",
                List.of(ConnectionType.CELLULAR, ConnectionType.WLAN), id, Instant.now(), true),
                credential));
    }

    // ---- options

    @ParameterizedTest
    @ValueSource(strings = {"--sleep", "--listen sms:1", "--listen udp --once", "--listen udp --poll 1s --sleep",
            "--listen udp --connection moon", "--listen udp --wakes-per-minute 0",
            "--listen udp:127.0.0.1:65535 --count 2"})
    void wrong_options_are_told_in_a_line(String options) {
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("device", "--server", "http://127.0.0.1:1/dm", "--id", "X:1", "--auth", "none"));
        arguments.addAll(List.of(options.split(" ")));
        int status = Grove.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains("--");
    }
}
