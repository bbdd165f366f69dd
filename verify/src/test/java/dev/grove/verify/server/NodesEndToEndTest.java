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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes over one PostgreSQL: whatever one knows, all know. */
class NodesEndToEndTest {

    private static final String TOKEN = "the token of all nodes";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ServerApp> nodes = new ArrayList<>();

    @TempDir
    Path data;

    @BeforeEach
    void startNodes() throws IOException {
        Map<String, String> store = store();
        for (int i = 0; i < 3; i++) {
            Map<String, String> settings = new HashMap<>(Map.of("data", data.resolve("node" + i).toString(),
                    "dm-listen", "127.0.0.1:0", "api-listen", "127.0.0.1:0", "api-token", TOKEN, "http-auth",
                    "digest-sha256,basic"));
            settings.putAll(store);
            nodes.add(ServerApp.start(Config.of(Settings.of(settings))));
        }
    }

    /** The options of a store with nothing in it. */
    Map<String, String> store() {
        Database database = PostgresServer.newDatabase();
        return Map.of("store", database.url(), "store-user", database.user(), "store-password", database.password(),
                "store-connections", "5");
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(ServerApp::close);
        http.close();
    }

    @Test
    @Timeout(120)
    void any_node_takes_any_message_of_any_session() throws IOException, InterruptedException {
        api(0).addDevice("d");
        for (int job = 0; job < 6; job++) {
            api(job % 3).post("/devices/d/jobs", """
                    {"operations":[{"exec":{"uri":"./X/%d"}},{"replace":{"uri":"./R/%d","value":"v"}}]}"""
                    .formatted(job, job));
        }
        FieldDevice device = new FieldDevice("d", http);
        try (RoundRobin balancer = new RoundRobin(nodes.stream().map(ServerApp::dmUrl).toList())) {
            device.session(balancer.url());
            device.session(balancer.url());
        }
        assertThat(device.executed()).hasSize(12).values().containsOnly(1);
        for (int node = 0; node < 3; node++) {
            assertThat(api(node).get("/devices/d/jobs")).contains("\"state\":\"done\"").doesNotContain("queued",
                    "\"state\":\"sent\"");
        }
        assertThat(api(1).get("/devices/d/sessions")).contains("\"outcome\":\"completed\"").doesNotContain("live");
    }

    @Test
    @Timeout(120)
    void a_session_of_dm_2_0_goes_from_node_to_node_too() throws IOException, InterruptedException {
        api(0).addDevice("IMEI:1");
        for (int job = 0; job < 3; job++) {
            api(job).post("/devices/IMEI:1/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"urn:x:y:1.0//Run\"}}]}");
        }
        try (RoundRobin balancer = new RoundRobin(nodes.stream().map(ServerApp::dmUrl).toList())) {
            RawDevice device = new RawDevice(http, balancer.url(), "IMEI:1");
            String told = device.initiate("{}").body();
            StringBuilder answers = new StringBuilder("200");
            for (int more = told.split("EXEC", -1).length - 2; more > 0; more--) {
                answers.append(",200");
            }
            assertThat(device.answer("{\"Status\":[" + answers + "]}").body()).contains("END");
        }
        assertThat(api(2).get("/devices/IMEI:1/jobs")).doesNotContain("queued", "\"state\":\"sent\"");
    }

    @Test
    @Timeout(60)
    void a_challenge_of_one_node_may_be_answered_at_another() throws IOException, InterruptedException {
        String nonce = "nonce=\"";
        api(0).addDevice("IMEI:2");
        HttpResponse<String> asked = new RawDevice(http, nodes.get(0).dmUrl(), "IMEI:2").with("Authorization", "")
                .initiate("{}");
        String challenge = asked.headers().allValues("WWW-Authenticate").getFirst();
        String issued = challenge.substring(challenge.indexOf(nonce) + nonce.length()).split("\"", 2)[0];
        RawDevice wrong = new RawDevice(http, nodes.get(1).dmUrl(), "IMEI:2").with("Authorization", """
                Digest username="u", realm="grove", nonce="%s", uri="/dm2", algorithm=SHA-256, qop=auth, nc=00000001,\
                 cnonce="x", response="%s\"""".formatted(issued, "0".repeat(64)));
        HttpResponse<String> refused = wrong.initiate("{}");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate").getFirst()).doesNotContain("stale=true");
    }

    @Test
    @Timeout(60)
    void listeners_at_any_node_hear_what_happens_at_another() throws IOException, InterruptedException {
        api(0).addDevice("d");
        HttpRequest listen = HttpRequest.newBuilder(URI.create(nodes.get(2).apiUrl() + "/api/v1/events?device=d"))
                .header("Authorization", "Bearer " + TOKEN).build();
        try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            until(events, ": listening");
            api(1).post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            new FieldDevice("d", http).session(nodes.get(0).dmUrl());
            // Each node tells in order; what two nodes tell may cross on the way.
            String heard = until(events, "\"outcome\":\"completed\"", "\"state\":\"queued\"");
            assertThat(heard).contains("\"state\":\"live\"");
        }
    }

    @Test
    @Timeout(60)
    void a_session_is_ended_at_whichever_node_its_next_message_comes() throws IOException, InterruptedException {
        api(0).addDevice("d");
        api(0).post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
        FieldDevice device = new FieldDevice("d", http);
        device.begin(nodes.get(0).dmUrl());
        Matcher number = Pattern.compile("\"id\":\"(\\d+)\"").matcher(api(1).get("/devices/d/sessions"));
        assertThat(number.find()).isTrue();
        HttpRequest listen = HttpRequest.newBuilder(URI.create(nodes.get(2).apiUrl() + "/api/v1/events?device=d"))
                .header("Authorization", "Bearer " + TOKEN).build();
        try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            until(events, ": listening");
            assertThat(api(1).send("DELETE", "/devices/d/sessions/" + number.group(1), "").statusCode())
                    .isEqualTo(202);
            until(events, "abortAsked");
        }
        device.proceed(nodes.get(2).dmUrl());
        assertThat(api(0).get("/devices/d/sessions")).contains("aborted_by_server");
    }

    private ApiClient api(int node) {
        return new ApiClient(http, nodes.get(node).apiUrl(), TOKEN);
    }

    private static String until(InputStream events, String... awaited) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] some = new byte[4096];
        while (!Arrays.stream(awaited).allMatch(text -> read.indexOf(text) >= 0)) {
            int length = events.read(some);
            if (length < 0) {
                throw new IOException("the stream ended: " + read);
            }
            read.append(new String(some, 0, length, StandardCharsets.UTF_8));
        }
        return read.toString();
    }
}
