package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a collector of OpenTelemetry beside it. */
class TracesEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @TempDir
    Path data;

    @BeforeEach
    void collect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            received.add(Bytes.wrap(exchange.getRequestBody().readAllBytes()).utf8());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void a_session_is_a_trace_with_a_span_for_each_message_and_its_stages()
            throws IOException, InterruptedException, Malformed {
        try (ServerApp server = server("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces")) {
            manage(server);
        }
        List<Map<String, Json>> spans = spans();
        assertThat(new HashSet<>(texts(spans, "traceId"))).hasSize(1)
                .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{32}"));
        assertThat(texts(spans, "name")).containsExactlyInAnyOrder("session", "message", "message", "read", "turn",
                "write", "read", "turn", "write");
        Map<String, String> names = spans.stream()
                .collect(Collectors.toMap(span -> text(span, "spanId"), span -> text(span, "name")));
        for (Map<String, Json> span : spans) {
            String name = text(span, "name");
            String parent = names.getOrDefault(text(span, "parentSpanId"), "none");
            assertThat(parent).as(name)
                    .isEqualTo(name.equals("session") ? "none" : name.equals("message") ? "session" : "message");
            assertThat(Long.parseLong(text(span, "endTimeUnixNano"))).as(name)
                    .isGreaterThanOrEqualTo(Long.parseLong(text(span, "startTimeUnixNano")));
        }
        assertThat(String.join("", received)).contains("\"IMEI:1\"", "\"completed\"", "\"DM 1.2\"", "service.name")
                .doesNotContain("dTpw", "./X");
    }

    @Test
    void goes_on_without_a_collector() throws IOException, InterruptedException {
        int port = collector.getAddress().getPort();
        collector.stop(0);
        try (ServerApp server = server("http://127.0.0.1:" + port + "/v1/traces")) {
            manage(server);
        }
        assertThat(received).isEmpty();
    }

    private ServerApp server(String address) throws IOException {
        return ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0", "store", "memory", "otlp", address))));
    }

    private void manage(ServerApp server) throws IOException, InterruptedException {
        ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
        api.addDevice("IMEI:1");
        api.post("/devices/IMEI:1/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
        new FieldDevice("IMEI:1", http).session(server.dmUrl());
        assertThat(api.get("/devices/IMEI:1/jobs")).contains("\"state\":\"done\"");
    }

    private List<Map<String, Json>> spans() throws Malformed {
        List<Map<String, Json>> all = new ArrayList<>();
        for (String body : received) {
            for (Map<String, Json> resource : items(JsonText.read(Bytes.utf8(body), Limits.DEFAULT), "resourceSpans")) {
                for (Map<String, Json> scope : items(new Json.Obj(resource), "scopeSpans")) {
                    all.addAll(items(new Json.Obj(scope), "spans"));
                }
            }
        }
        return all;
    }

    private static List<Map<String, Json>> items(Json object, String name) {
        return ((Json.Arr) Objects.requireNonNull(((Json.Obj) object).fields().get(name))).items().stream()
                .map(item -> ((Json.Obj) item).fields()).toList();
    }

    private static List<String> texts(List<Map<String, Json>> spans, String name) {
        return spans.stream().map(span -> text(span, name)).toList();
    }

    private static String text(Map<String, Json> span, String name) {
        return span.get(name) instanceof Json.Str(String text) ? text : "";
    }
}
