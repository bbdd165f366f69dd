package dev.grove.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "GET /api/v1/devices/IMEI%3A1/alerts", "{\"items\":[{\"data\":\"1\"},{\"data\":\"2\"}],\"next\":\"2/b\"}",
            "GET /api/v1/devices/IMEI%3A1/alerts?after=2%2Fb", "{\"items\":[{\"data\":\"3\"}]}",
            "DELETE /api/v1/devices/old", "", "POST /api/v1/devices", "{}");

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ApiClient api;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        api = new ApiClient("http://127.0.0.1:" + server.getAddress().getPort(), "the-token");
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        String found = ANSWERS.get(request);
        byte[] body = (found == null ? "{\"title\":\"Not Found\",\"detail\":\"no such thing\"}" : found)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(found == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void reads_every_page_of_the_alerts() {
        assertThat(api.alerts("IMEI:1")).extracting(alert -> alert.at("data").text()).containsExactly("1", "2", "3");
        assertThat(tokens).containsExactly("Bearer the-token", "Bearer the-token");
    }

    @Test
    void makes_a_device_known_whether_it_was_before_or_not() {
        api.addDevice("old", json -> json.text("id", "old"));
        api.addDevice("new", json -> json.text("id", "new"));
        assertThat(requests).containsExactly("DELETE /api/v1/devices/old", "POST /api/v1/devices",
                "DELETE /api/v1/devices/new", "POST /api/v1/devices");
    }

    @Test
    void says_what_was_refused_and_why() {
        assertThatThrownBy(() -> api.job("IMEI:1", "7")).isInstanceOf(ApiClient.Refused.class)
                .hasMessage("GET /devices/IMEI%3A1/jobs/7: 404 Not Found no such thing").message()
                .doesNotContain("the-token");
    }
}
