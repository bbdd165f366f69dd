package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.wire.Bytes;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts stand on what the server tells, and leave nothing out. */
class WatchingEndToEndTest {

    private static final Path FILES = Path.of("..", "docs", "operations", "watching");
    private static final Pattern NAME = Pattern.compile("\\bgrove_[a-z_]+");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void every_metric_on_the_dashboard_is_told_and_every_one_that_is_told_is_on_it()
            throws IOException, InterruptedException {
        String dashboard = Files.readString(FILES.resolve("grafana.json"));
        String alerts = Files.readString(FILES.resolve("alerts.yml"));
        Set<String> told = told();
        assertThat(names(dashboard)).isEqualTo(told);
        assertThat(told).containsAll(names(alerts)).hasSizeGreaterThan(20);
        assertThat(names(Files.readString(FILES.resolve("README.md")))).isSubsetOf(told);
    }

    @Test
    void the_dashboard_is_a_document() throws IOException, Malformed {
        assertThat(JsonText.read(Bytes.utf8(Files.readString(FILES.resolve("grafana.json"))), Limits.DEFAULT))
                .isNotNull();
    }

    /** What a server tells that has had a session, and has woken a device for it. */
    private Set<String> told() throws IOException, InterruptedException {
        try (ServerApp server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0", "wake-udp", "true"))));
                SleepingDevice device = SleepingDevice.listening()) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            api.addDevice("d");
            api.post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            api.send("PATCH", "/devices/d", "{\"credentials\":{\"server\":{\"userName\":\"s\",\"secret\":\"x\"}}}");
            api.send("PUT", "/devices/d/reach", device.reach());
            api.send("POST", "/devices/d/wake", "");
            device.heard();
            new FieldDevice("d", http).session(server.dmUrl());
            assertThat(api.get("/devices/d/wakes/1")).contains("\"state\":\"answered\"");
            String metrics = http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            assertThat(metrics).contains("grove_messages_total{profile=\"DM 1.2\"} 2.0",
                    "grove_sessions_ended_total{outcome=\"completed\",profile=\"DM 1.2\"} 1.0",
                    "grove_dm_stage_seconds_count{stage=\"write\"} 2",
                    "grove_sessions_refused_total{cause=\"rate\"} 0.0");
            Set<String> names = new TreeSet<>();
            metrics.lines().filter(line -> line.startsWith("grove_")).forEach(line -> names.addAll(names(line)));
            return names;
        }
    }

    /** Names without what Prometheus puts behind those of histograms. */
    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(found.group().replaceFirst("_seconds_(bucket|sum|count|max)$", "_seconds"));
        }
        return names;
    }
}
