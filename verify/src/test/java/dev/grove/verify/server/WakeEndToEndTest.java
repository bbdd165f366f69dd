package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server wakes devices by UDP, and notes that they call. */
@Timeout(120)
class WakeEndToEndTest {

    private static final String HASH = Digest.MD5.secretHash("the-server", "server-secret");
    private static final Pattern SESSION_ID = Pattern.compile("\"sessionId\":\"([0-9A-F]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SleepingDevice device = SleepingDevice.listening();

    @TempDir
    Path data;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
        device.close();
        http.close();
    }

    private ServerApp server(Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0", "wake-udp", "true", "wake-udp-from", "127.0.0.1:0", "wake-retry", "200ms",
                "wake-retry-most", "300ms"));
        all.putAll(options);
        ServerApp app = ServerApp.start(Config.of(Settings.of(all)));
        open.add(app);
        return app;
    }

    private ApiClient api(ServerApp app) {
        return new ApiClient(http, app.apiUrl(), app.token());
    }

    private void add(ApiClient api, String id) throws IOException, InterruptedException {
        api.post("/devices", """
                {"id":"%s","credentials":{"client":{"userName":"u","secret":"p","schemes":["basic"]},
                 "server":{"userName":"the-server","secret":"server-secret","nonce":"AQID"}},
                 "reach":%s}""".formatted(id, device.reach()));
    }

    private static String asked(ApiClient api, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = api.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    @Test
    @Tag("DM-PRO-Session-S-001")
    @Tag("SCR-DM-NOTI-S-001")
    @Tag("SCR-DM-NOTI-S-002")
    @Tag("SCR-DM-NOTI-S-003")
    void a_device_is_notified_again_with_the_same_id_until_it_calls() throws IOException, InterruptedException {
        ServerApp server = server(Map.of());
        ApiClient api = api(server);
        add(api, "d");
        String wake = asked(api, "/devices/d/wake", "{\"mode\":\"background\",\"reason\":\"a test\"}");
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TriggerMessage.Signed trigger = device.heard();
            assertThat(trigger.isBy(HASH, Bytes.base64("AQID"))).isTrue();
            assertThat(trigger.message().version()).isEqualTo(11);
            assertThat(trigger.message().uiMode()).isEqualTo(UiMode.BACKGROUND);
            assertThat(trigger.message().isServerInitiated()).isTrue();
            assertThat(trigger.message().serverId()).isEqualTo("the-server");
            ids.add(trigger.message().sessionId());
        }
        Matcher id = SESSION_ID.matcher(wake);
        assertThat(id.find()).isTrue();
        assertThat(ids).containsOnly(Integer.parseInt(id.group(1), 16));
        assertThat(id.group(1)).isEqualTo(Integer.toHexString(ids.getFirst()).toUpperCase(Locale.ROOT));

        new FieldDevice("d", http).session(server.dmUrl());
        String answered = api.get("/devices/d/wakes/1");
        assertThat(answered).contains("\"state\":\"answered\"", "\"session\":\"1\"", "\"bearer\":\"udp\"",
                "\"seconds\":").doesNotContain("server-secret");
        // what had left before the call may still arrive
        while (!device.isQuietFor(700)) {
            assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"answered\"");
        }
        assertThat(asked(api, "/devices/d/wake", "")).contains("\"id\":\"2\"");
        assertThat(device.heard().message().sessionId()).isEqualTo(ids.getFirst() % 0xFFFF + 1);
    }

    @Test
    void a_job_wakes_its_device_and_listeners_hear_of_it() throws IOException, InterruptedException {
        ServerApp server = server(Map.of());
        ApiClient api = api(server);
        add(api, "d");
        HttpRequest listen = HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1/events?device=d"))
                .header("Authorization", "Bearer " + server.token()).build();
        try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            until(events, ": listening");
            String job = asked(api, "/devices/d/jobs",
                    "{\"wake\":true,\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            assertThat(job).contains("\"wake\":\"1\"");
            device.heard();
            FieldDevice worker = new FieldDevice("d", http);
            worker.session(server.dmUrl());
            assertThat(worker.executed()).containsOnlyKeys("./X");
            // nobody asks for the wake: it is answered because the session was heard of
            String heard = until(events, "event: wake", "\"state\":\"answered\"");
            assertThat(heard).contains("\"state\":\"waiting\"", "\"state\":\"sent\"");
        }
    }

    @Test
    void a_device_that_never_calls_is_given_up_in_the_end() throws IOException, InterruptedException {
        ServerApp server = server(Map.of());
        ApiClient api = api(server);
        add(api, "d");
        HttpRequest listen = HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1/events?device=d"))
                .header("Authorization", "Bearer " + server.token()).build();
        try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            until(events, ": listening");
            asked(api, "/devices/d/wake", "{\"expiresIn\":\"1s\"}");
            until(events, "\"state\":\"expired\"");
        }
        assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"expired\"").doesNotContain("nextAttemptAt");
    }

    @Test
    void wrong_credentials_answer_nothing_and_a_flood_of_wishes_sends_one() throws IOException, InterruptedException {
        ServerApp server = server(Map.of("wake-per-hour", "3"));
        ApiClient api = api(server);
        add(api, "d");
        for (int i = 0; i < 50; i++) {
            assertThat(asked(api, "/devices/d/wake", "")).contains("\"id\":\"1\"");
        }
        for (int i = 0; i < 3; i++) {
            device.heard();
        }
        assertThat(device.isQuietFor(1000)).as("three an hour").isTrue();
        RawDevice stranger = new RawDevice(http, server.dmUrl(), "d").with("Authorization",
                RawDevice.basic("u", "wrong"));
        assertThat(stranger.initiate("{}").statusCode()).isEqualTo(401);
        assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"sent\"", "3 notifications within an hour");
    }

    @Test
    @Tag("SCR-DM-NOTI-S-004")
    void a_device_that_lost_the_nonce_hears_the_default_one_where_that_is_permitted()
            throws IOException, InterruptedException {
        ServerApp server = server(Map.of("accept-default-nonce", "true"));
        ApiClient api = api(server);
        add(api, "d");
        asked(api, "/devices/d/wake", "");
        assertThat(device.heard().isBy(HASH, Nonce.DEFAULT)).isFalse();
        assertThat(device.heard().isBy(HASH, Nonce.DEFAULT)).isFalse();
        assertThat(device.heard().isBy(HASH, Nonce.DEFAULT)).isTrue();
        assertThat(device.heard().isBy(HASH, Nonce.DEFAULT)).isFalse();
        assertThat(device.heard().isBy(HASH, Nonce.DEFAULT)).isTrue();
    }

    @Test
    void a_device_of_dm_2_0_is_asked_for_its_objects_and_answers() throws IOException, InterruptedException {
        ServerApp server = server(Map.of());
        ApiClient api = api(server);
        api.addDevice("d");
        api.send("PUT", "/devices/d/reach",
                device.reach().replaceFirst("\\{", "{\"format\":\"dm20\",\"serverId\":\"me\","));
        asked(api, "/devices/d/wake", "");
        Bytes notification = device.heardDm2();
        assertThat(notification.hex()).startsWith("2200" + "10026d65" + "2002").endsWith("1000");
        assertThat(new RawDevice(http, server.dmUrl(), "d").initiate("{}").statusCode()).isEqualTo(200);
        assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"answered\"");
    }

    @Test
    void what_was_asked_for_is_done_by_a_server_that_was_killed_and_started_again()
            throws IOException, InterruptedException {
        String[] options = {"--dm-listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0", "--wake-udp", "true",
                "--wake-udp-from", "127.0.0.1:0", "--wake-retry", "1s", "--wake-retry-most", "1s"};
        int session;
        try (GroveProcess server = GroveProcess.start(data, options)) {
            ApiClient api = new ApiClient(http, server.api(), server.token());
            add(api, "d");
            asked(api, "/devices/d/wake", "");
            session = device.heard().message().sessionId();
            server.kill();
        }
        while (!device.isQuietFor(300)) {
            assertThat(session).isPositive();
        }
        try (GroveProcess server = GroveProcess.start(data, options)) {
            ApiClient api = new ApiClient(http, server.api(), server.token());
            assertThat(device.heard().message().sessionId()).isEqualTo(session);
            new FieldDevice("d", http).session(server.dm());
            assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"answered\"");
        }
    }

    private static String until(InputStream events, String... wanted) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (!List.of(wanted).stream().allMatch(text -> heard.indexOf(text) >= 0)) {
            int next = events.read();
            if (next < 0) {
                throw new AssertionError("the stream ended after " + heard);
            }
            heard.append(new String(new byte[] {(byte) next}, StandardCharsets.UTF_8));
        }
        return heard.toString();
    }
}
