package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void manages_a_device_and_tells_of_it() throws IOException, InterruptedException {
        try (ServerApp server = start(Map.of())) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("urn:imei:1/2");
            String device = "/devices/" + ApiClient.encoded("urn:imei:1/2");
            api.post(device + "/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}},{\"replace\":{\"uri\":\"./R\","
                    + "\"value\":\"v\"}}]}");
            new FieldDevice("urn:imei:1/2", http).session(server.dmUrl());
            assertThat(api.get(device + "/jobs/1")).contains("\"state\":\"done\"",
                    "{\"operation\":\"0\",\"status\":200", "{\"operation\":\"1\",\"status\":200");
            assertThat(api.get(device + "/tree")).contains("\"uri\":\"./R\"", "\"uri\":\"./DevInfo/DevId\"");
            assertThat(api.get(device + "/sessions")).contains("\"outcome\":\"completed\"", "\"operations\":2");
            assertThat(api.get(device + "/sessions/1/trace")).contains("\"messages\":[]", "tracing was off",
                    "PUT /api/v1" + device + "/tracing");
            assertThat(text(server.apiUrl() + "/metrics")).contains("grove_dm_answers_seconds_count{status=\"200\"}",
                    "grove_sessions_ended_total{outcome=\"completed\",profile=\"DM 1.2\"} 1.0",
                    "grove_sessions_live 0.0");
        }
    }

    @Test
    void keeps_messages_only_of_a_device_that_is_traced() throws IOException, InterruptedException {
        try (ServerApp server = start(Map.of("store", "sqlite"))) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("d");
            assertThat(api.send("PUT", "/devices/d/tracing", "{\"for\":\"8d\"}").statusCode()).isEqualTo(422);
            assertThat(api.send("PUT", "/devices/d/tracing", "{\"for\":\"10m\"}").body()).contains("\"on\":true",
                    "\"until\":\"");
            new FieldDevice("d", http).session(server.dmUrl());
            assertThat(api.get("/devices/d/sessions")).contains("\"traced\":true");
            assertThat(api.get("/devices/d/sessions/1/trace")).contains("***", "<SyncML").doesNotContain("dTpw",
                    "note");
        }
        try (ServerApp server = start(Map.of("store", "sqlite", "trace", "none"))) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            assertThat(api.send("PUT", "/devices/d/tracing", "").body()).contains("409", "keeps no messages");
            assertThat(api.get("/devices/d/tracing")).contains("\"on\":false");
            assertThat(api.send("DELETE", "/devices/d/tracing", "").statusCode()).isEqualTo(204);
            assertThat(api.get("/devices/d/tracing")).isEqualTo("{\"on\":false,\"server\":\"none\"}");
            assertThat(api.get("/devices/d/sessions/1/trace")).as("what was kept stays").contains("<SyncML");
            assertThat(api.send("PUT", "/devices/d/sessions/1/tracing", "").statusCode()).isEqualTo(409);
            api.addDevice("e");
            new FieldDevice("e", http).session(server.dmUrl());
            Matcher session = Pattern.compile("\"id\":\"([0-9]+)\"").matcher(api.get("/devices/e/sessions"));
            assertThat(session.find()).isTrue();
            assertThat(api.get("/devices/e/sessions/" + session.group(1) + "/trace")).contains("\"messages\":[]",
                    "its options trace");
        }
    }

    @Test
    void tells_metrics_in_the_text_form_of_prometheus() throws IOException, InterruptedException {
        try (ServerApp server = start(Map.of())) {
            new ApiClient(http, server.apiUrl(), server.token()).addDevice("d");
            new FieldDevice("d", http).session(server.dmUrl());
            Pattern sample = Pattern
                    .compile("([a-z_0-9]+)(\\{([a-z_]+=\"[^\"\\\\]*\",?)+})? (-?[0-9.E-]+|NaN|[+-]Inf)");
            Set<String> series = new HashSet<>();
            Set<String> described = new HashSet<>();
            for (String line : text(server.apiUrl() + "/metrics").split("\n", -1)) {
                if (line.startsWith("# TYPE ")) {
                    assertThat(described.add(line.split(" ", -1)[2])).as(line).isTrue();
                } else if (!line.isEmpty() && !line.startsWith("# HELP ")) {
                    Matcher matcher = sample.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    assertThat(series.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
                    assertThat(described).as(line).anyMatch(matcher.group(1)::startsWith);
                }
            }
            assertThat(series).hasSizeGreaterThan(20).contains("grove_sessions_live");
        }
    }

    @Test
    void keeps_token_and_fleet_over_a_restart_and_to_itself() throws IOException, InterruptedException {
        String token;
        try (ServerApp server = start(Map.of("store", "sqlite"))) {
            token = server.token();
            new ApiClient(http, server.apiUrl(), token).addDevice("d");
            assertThat(Files.readString(data.resolve("admin-token")).strip()).isEqualTo(token).hasSize(64);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin-token"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("grove.db"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> start(Map.of("store", "sqlite"))).isInstanceOf(ConfigRefused.class)
                    .hasMessageContaining("another server");
        }
        try (ServerApp server = start(Map.of("store", "sqlite"))) {
            assertThat(server.token()).isEqualTo(token);
            assertThat(new ApiClient(http, server.apiUrl(), token).get("/devices")).contains("\"id\":\"d\"");
        }
    }

    @Test
    void tells_listeners_of_sessions_and_jobs() throws IOException, InterruptedException {
        try (ServerApp server = start(Map.of())) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("d");
            HttpRequest listen = HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1/events?device=d"))
                    .header("Authorization", "Bearer " + server.token()).build();
            try (InputStream events = http.send(listen, HttpResponse.BodyHandlers.ofInputStream()).body()) {
                until(events, ": listening");
                api.post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
                new FieldDevice("d", http).session(server.dmUrl());
                assertThat(until(events, "\"outcome\":\"completed\"")).contains("event: job", "\"state\":\"queued\"",
                        "\"state\":\"sent\"", "event: session", "\"state\":\"live\"");
            }
        }
    }

    @Test
    void checks_jobs_against_descriptions_of_models_and_keeps_those_of_devices_over_a_restart()
            throws IOException, InterruptedException {
        Path models = Files.createDirectory(data.resolve("models"));
        Files.writeString(models.resolve("a.ddf"), DDF.formatted("<Man>none</Man>", "Everywhere"));
        Files.writeString(models.resolve("b.ddf"), DDF.formatted("", "Anywhere"));
        Map<String, String> settings = Map.of("store", "sqlite", "ddf", models.toString());
        try (ServerApp server = start(settings)) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("d");
            assertThat(api.send("PUT", "/devices/d/descriptions/own", DDF.formatted("", "Here")).statusCode())
                    .isEqualTo(201);
        }
        try (ServerApp server = start(settings)) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            for (String refused : new String[] {"Anywhere", "Here"}) {
                assertThat(api.send("POST", "/devices/d/jobs",
                        "{\"operations\":[{\"delete\":{\"uri\":\"./" + refused + "\"}}]}").body())
                        .contains("\"operation\":\"0\"", "has no Delete");
            }
            api.post("/devices/d/jobs", "{\"operations\":[{\"delete\":{\"uri\":\"./Everywhere\"}}]}");
        }
        Files.writeString(models.resolve("c.ddf"), "<MgmtTree>");
        assertThatThrownBy(() -> start(settings)).isInstanceOf(ConfigRefused.class).hasMessageContaining("c.ddf")
                .hasMessageContaining("offset");
    }

    private static final String DDF = "<MgmtTree><VerDTD>1.2</VerDTD>%s<Node><NodeName>%s</NodeName><Path>.</Path>"
            + "<DFProperties><AccessType><Get/></AccessType><DFFormat><chr/></DFFormat><DFType><MIME/></DFType>"
            + "</DFProperties></Node></MgmtTree>";

    @Test
    void hears_devices_at_every_path_that_was_set() throws IOException, InterruptedException {
        try (ServerApp server = start(Map.of("dm-paths", "/dm,/omadm/server"))) {
            for (String path : new String[] {"/dm", "/omadm/server"}) {
                HttpRequest post = HttpRequest.newBuilder(URI.create(server.dmUrl() + path + "?mode=Maintenance"))
                        .header("Content-Type", "application/vnd.syncml.dm+xml")
                        .POST(HttpRequest.BodyPublishers.ofString("<")).build();
                assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(400);
            }
            HttpRequest other = HttpRequest.newBuilder(URI.create(server.dmUrl() + "/other")).build();
            assertThat(http.send(other, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        }
    }

    private String text(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (!Pattern.compile(Pattern.quote(end)).matcher(heard).find()) {
            int next = in.read();
            assertThat(next).as("heard so far: %s", heard).isNotNegative();
            heard.append((char) next);
        }
        return heard.toString();
    }

    private ServerApp start(Map<String, String> more) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("data", data.toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0", "store", "memory"));
        settings.putAll(more);
        return ServerApp.start(Config.of(Settings.of(settings)));
    }
}
