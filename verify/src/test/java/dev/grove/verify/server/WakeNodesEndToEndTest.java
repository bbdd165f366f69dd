package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.store.postgres.Database;
import dev.grove.verify.store.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over one PostgreSQL wake the same fleet. */
@Timeout(120)
class WakeNodesEndToEndTest {

    private static final String TOKEN = "the token of all nodes";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ServerApp> nodes = new ArrayList<>();
    private final SleepingDevice device = SleepingDevice.listening();

    @TempDir
    Path data;

    @BeforeEach
    void startNodes() throws IOException, InterruptedException {
        Database database = PostgresServer.newDatabase();
        for (int i = 0; i < 2; i++) {
            nodes.add(ServerApp.start(Config.of(Settings.of(Map.ofEntries(
                    Map.entry("data", data.resolve("node" + i).toString()), Map.entry("dm-listen", "127.0.0.1:0"),
                    Map.entry("api-listen", "127.0.0.1:0"), Map.entry("api-token", TOKEN),
                    Map.entry("store", database.url()), Map.entry("store-user", database.user()),
                    Map.entry("store-password", database.password()), Map.entry("store-connections", "5"),
                    Map.entry("wake-udp", "true"), Map.entry("wake-retry", "1s"),
                    Map.entry("wake-retry-most", "2s"))))));
        }
        api(0).addDevice("d");
        assertThat(api(0).send("PATCH", "/devices/d",
                "{\"credentials\":{\"server\":{\"userName\":\"s\",\"secret\":\"x\"}}}").statusCode()).isEqualTo(200);
        assertThat(api(0).send("PUT", "/devices/d/reach", device.reach()).statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(ServerApp::close);
        device.close();
        http.close();
    }

    private ApiClient api(int node) {
        return new ApiClient(http, nodes.get(node).apiUrl(), TOKEN);
    }

    @Test
    void what_one_node_is_asked_is_answered_at_the_other() throws IOException, InterruptedException {
        FieldDevice caller = new FieldDevice("d", http);
        for (int asked = 0; asked < 2; asked++) {
            HttpRequest listen = HttpRequest
                    .newBuilder(URI.create(nodes.get(asked).apiUrl() + "/api/v1/events?device=d"))
                    .header("Authorization", "Bearer " + TOKEN).build();
            try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
                until(events, ": listening");
                String wake = wake(asked);
                assertThat(device.heard().message().sessionId()).isPositive();
                caller.session(nodes.get(1 - asked).dmUrl());
                until(events, "\"id\":\"" + wake + "\",\"state\":\"answered\"");
            }
            assertThat(api(asked).get("/devices/d/wakes?order=newest&limit=1")).contains("\"state\":\"answered\"",
                    "\"bearer\":\"udp\"");
        }
    }

    @Test
    void another_node_goes_on_waking_where_one_has_stopped() throws IOException, InterruptedException {
        String wake = wake(1);
        int session = device.heard().message().sessionId();
        nodes.getFirst().close();
        device.forget();
        assertThat(device.heard().message().sessionId()).isEqualTo(session);
        new FieldDevice("d", http).session(nodes.get(1).dmUrl());
        assertThat(api(1).get("/devices/d/wakes/" + wake)).contains("\"state\":\"answered\"");
    }

    /** Has the device woken; the id of the wake. */
    private String wake(int node) throws IOException, InterruptedException {
        HttpResponse<String> answer = api(node).send("POST", "/devices/d/wake", "");
        Matcher id = Pattern.compile("\"id\":\"([0-9]+)\"").matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    private static void until(InputStream events, String wanted) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(wanted) < 0) {
            int next = events.read();
            if (next < 0) {
                throw new AssertionError("the stream ended after " + heard);
            }
            heard.append(new String(new byte[] {(byte) next}, StandardCharsets.UTF_8));
        }
    }
}
