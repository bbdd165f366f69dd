package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.doorbell.web.StandIn;
import dev.grove.server.doorbell.web.StandIn.Answer;
import dev.grove.server.doorbell.web.StandIn.Asked;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that wakes devices through services: from the wish by the API to what the service gets. */
class ServicesWakeTest {

    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private StandIn services;
    private ServerApp app;

    @BeforeEach
    void start() throws Exception {
        services = new StandIn(ServicesWakeTest::answer);
        app = ServerApp.start(Config.of(Settings.of(Map.ofEntries(Map.entry("data", folder.resolve("data").toString()),
                Map.entry("store", "memory"), Map.entry("api-token", TOKEN), Map.entry("dm-listen", "127.0.0.1:0"),
                Map.entry("api-listen", "127.0.0.1:0"), Map.entry("wake-fcm-account", account().toString()),
                Map.entry("wake-fcm-url", services.uri("").toString()), Map.entry("wake-fcm-sender-id", "4930"),
                Map.entry("wake-fcm-token-url", services.uri("/token").toString()),
                Map.entry("wake-wns-client-id", "ms-app://s-1"), Map.entry("wake-wns-client-secret", "geheim"),
                Map.entry("wake-wns-token-url", services.uri("/token").toString()),
                Map.entry("wake-wns-hosts", "http://" + services.host()),
                Map.entry("wake-http-hosts", "http://" + services.host())))));
        post("/devices", "{\"id\":\"dev-1\",\"credentials\":{\"client\":{\"userName\":\"phone\",\"secret\":\"secret\"},"
                + "\"server\":{\"userName\":\"grove\",\"secret\":\"geheim\"}}}");
    }

    @AfterEach
    void stop() {
        app.close();
        services.close();
        http.close();
    }

    @Test
    @Tag("DM-MEC-004-S-O")
    void a_device_registers_where_its_account_says_and_is_woken_by_firebase() throws Exception {
        assertThat(get("/devices/dev-1/bootstrap")).contains("\"RegURI\":\"" + app.dmUrl() + "/push/register\"");
        HttpResponse<String> told = http.send(HttpRequest.newBuilder(URI.create(app.dmUrl() + "/push/register"))
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .header("OMADM-DevID", "dev-1")
                .header("Authorization", "Basic " + base64("phone:secret"))
                .POST(BodyPublishers.ofString("RegId=a%3Ab&DevID=dev-1")).build(), BodyHandlers.ofString());
        assertThat(told.statusCode()).isEqualTo(204);
        assertThat(get("/devices/dev-1/reach")).contains("\"address\":\"a:b\"");

        post("/devices/dev-1/wake", "{}");
        Asked sent = sent("/v1/projects/acme/messages:send");
        assertThat(sent.body().utf8()).contains("\"token\":\"a:b\"", "\"data\":{\"SMS\":\"");
    }

    @Test
    void windows_is_woken_by_the_channel_that_a_job_has_read() throws Exception {
        app.store().write(records -> {
            records.mirror().put("dev-1", List.of(new MirrorNode(
                    NodeUri.parse("./Device/Vendor/MSFT/DMClient/Provider/grove/Push/ChannelURI"),
                    Value.text(services.uri("/channel").toString()), Instant.EPOCH)));
            return true;
        });
        assertThat(get("/devices/dev-1/reach")).contains("\"bearer\":\"wns\"");
        post("/devices/dev-1/wake", "{}");
        assertThat(sent("/channel").headers()).containsEntry("X-WNS-Type", "wns/raw");
    }

    @Test
    void a_channel_that_has_ended_is_not_called_again() throws Exception {
        post("/devices/dev-1/reach", "{\"bearers\":[{\"bearer\":\"wns\",\"address\":\"" + services.uri("/gone")
                + "\"},{\"bearer\":\"http\",\"address\":\"" + services.uri("/notify") + "\"}]}");
        post("/devices/dev-1/wake", "{}");
        sent("/notify");
        assertThat(services.asked("/gone")).hasSize(1);
        assertThat(get("/devices/dev-1/reach")).contains("\"ended\":\"WNS: 410");
    }

    @Test
    void an_address_at_another_host_is_refused_when_it_is_said() throws Exception {
        assertThat(send("PUT", "/devices/dev-1/reach",
                "{\"bearers\":[{\"bearer\":\"http\",\"address\":\"http://127.0.0.1:1/\"}]}").statusCode())
                .isEqualTo(422);
    }

    private static Answer answer(Asked asked) {
        return switch (asked.target()) {
            case "/token" -> Answer.of(200, "{\"access_token\":\"t\",\"expires_in\":3600}");
            case "/channel" -> Answer.of(200, "", "X-WNS-Status: received");
            case "/gone" -> Answer.of(410, "");
            case "/notify" -> Answer.of(204, "");
            default -> Answer.of(200, "{\"name\":\"projects/acme/messages/1\"}");
        };
    }

    private Asked sent(String path) {
        for (int i = 0; i < 400 && services.asked(path).isEmpty(); i++) {
            LockSupport.parkNanos(25_000_000);
        }
        return services.asked(path).getFirst();
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        String method = path.endsWith("/reach") ? "PUT" : "POST";
        assertThat(send(method, path, body)).satisfies(answer -> assertThat(answer.statusCode()).as(answer.body())
                .isBetween(200, 202));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "").body();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(app.apiUrl() + "/api/v1" + path))
                .header("Authorization", "Bearer " + TOKEN).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private Path account() throws IOException, NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
        return Files.writeString(folder.resolve("account.json"), "{\"project_id\":\"acme\",\"client_email\":\"g@acme\","
                + "\"private_key\":\"-----BEGIN PRIVATE KEY-----" + Base64.getEncoder().encodeToString(key)
                + "-----END PRIVATE KEY-----\"}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
