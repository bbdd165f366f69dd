package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.pathOf;
import static dev.grove.verify.device.RunningServer.stateOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sleeping device of the command line, woken over UDP by a whole server that an operator asks to. */
class WokenDeviceEndToEndTest {

    @TempDir
    static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start(folder.resolve("server"),
                Map.of("wake-udp", "true", "wake-retry", "300ms", "wake-retry-most", "300ms", "accept-default-nonce",
                        "true"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static ListeningDevice device(String id, String profile, String... more) {
        List<String> arguments = new ArrayList<>(List.of("device", "--server",
                profile.equals("dm20") ? server.url() + "2" : server.url(), "--server-id", "grove", "--id", id,
                "--profile", profile, "--user", "device", "--secret", "device-secret", "--server-user", "server",
                "--server-secret", "server-secret", "--listen", "udp:127.0.0.1:0", "--sleep"));
        arguments.addAll(List.of(more));
        return new ListeningDevice(arguments.toArray(String[]::new));
    }

    /** Makes the device known, which listens already, with a job that waits for it; answers the job. */
    private static String knownWithJob(String id, ListeningDevice device, String credential) throws Exception {
        server.knows(id, "md5");
        server.put("/devices/" + pathOf(id) + "/reach", """
                {"serverId": "grove", "bearers": [{"bearer": "udp", "address": "127.0.0.1:%d"}]%s}"""
                .formatted(device.port("udp"), credential));
        return server.job(id, "{\"get\": {\"uri\": \"./DevInfo/Man\"}}");
    }

    /** Waits until the server knows that the device has answered; answers the wake. */
    private static String awaitAnswer(String id, ListeningDevice device) throws Exception {
        device.await("session [0-9A-F]+ completed");
        String wakes = server.get("/devices/" + pathOf(id) + "/wakes");
        for (int i = 0; i < 10_000 && !stateOf(wakes).equals("answered"); i++) {
            Thread.onSpinWait();
            wakes = server.get("/devices/" + pathOf(id) + "/wakes");
        }
        assertThat(stateOf(wakes)).as(wakes).isEqualTo("answered");
        return wakes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dm11", "dm12", "dm13", "windows", "dm20"})
    @Tag("SCR-DM-NOTI-C-001")
    @Tag("DM-MEC-004-C-O")
    void a_sleeping_device_answers_and_does_what_waits_for_it(String profile) throws Exception {
        String id = "WOKEN:" + profile;
        try (ListeningDevice device = device(id, profile)) {
            String job = knownWithJob(id, device, profile.equals("dm20") ? ", \"format\": \"dm20\"" : "");
            String wake = server.send("POST", "/devices/" + pathOf(id) + "/wake", "{\"mode\": \"background\"}");
            String session = RunningServer.all("\"sessionId\"\\s*:\\s*\"([0-9A-F]+)\"", wake).getFirst();
            device.await("hears by udp: grove asks for (a )?session");
            String wakes = awaitAnswer(id, device);
            if (!profile.equals("dm20")) {
                assertThat(device.seen()).anyMatch(line -> line.contains("session " + session + " with grove"));
                assertThat(wakes).contains("\"seconds\"");
            }
            assertThat(stateOf(server.told(id, job))).isEqualTo("done");
            assertThat(device.end()).isZero();
        }
    }

    @Test
    void the_user_says_whether_the_server_may_come() throws Exception {
        Path yes = Files.writeString(folder.resolve("yes"), "confirm: yes\n");
        try (ListeningDevice device = device("WOKEN:user", "dm12", "--ui", yes.toString())) {
            knownWithJob("WOKEN:user", device, "");
            server.send("POST", "/devices/" + pathOf("WOKEN:user") + "/wake", "{\"mode\": \"confirm\"}");
            device.await("the user is asked");
            awaitAnswer("WOKEN:user", device);
        }
    }

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void a_device_with_another_nonce_is_woken_by_the_one_that_everybody_knows() throws Exception {
        String stale = Bytes.utf8("not the server's").base64();
        try (ListeningDevice device = device("WOKEN:resync", "dm12", "--server-nonce", stale, "--nonce", stale)) {
            knownWithJob("WOKEN:resync", device, "");
            server.send("POST", "/devices/" + pathOf("WOKEN:resync") + "/wake", "{}");
            device.await("what it drops: its digest is wrong");
            device.await("with new nonces");
            awaitAnswer("WOKEN:resync", device);
            server.send("POST", "/devices/" + pathOf("WOKEN:resync") + "/wake", "{}");
            String line = device.await("(hears by udp.*)");
            assertThat(line).as("the new nonces are in force").contains("asks for session")
                    .doesNotContain("new nonces");
            device.await("session [0-9A-F]+ completed");
        }
    }

    @Test
    @Tag("DM-PACK-008-C-O")
    void a_device_of_DM_2_believes_a_digest() throws Exception {
        try (ListeningDevice device = device("WOKEN:digest", "dm20", "--notification-secret", "noti",
                "--notification-data", "data")) {
            knownWithJob("WOKEN:digest", device,
                    ", \"format\": \"dm20\", \"credential\": {\"secret\": \"noti\", \"authData\": \"data\"}");
            server.send("POST", "/devices/" + pathOf("WOKEN:digest") + "/wake", "{}");
            device.await("asks for a session, notification");
            awaitAnswer("WOKEN:digest", device);
        }
    }
}
