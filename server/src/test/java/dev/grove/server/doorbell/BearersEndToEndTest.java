package dev.grove.server.doorbell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.doorbell.FakeGateway.Call;
import dev.grove.server.doorbell.FakeGateway.Say;
import dev.grove.server.doorbell.kannel.Kannel;
import dev.grove.server.doorbell.sms.Smsc;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server wakes a device through gateways, a real Kannel among them, and hears that the message has arrived. */
@Timeout(120)
class BearersEndToEndTest {

    private static final String REPORTS = "/reports/0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_wake_goes_out_as_a_text_message_and_is_delivered_when_kannel_says_so(@TempDir Path folder)
            throws Exception {
        int port = freePort();
        try (Kannel kannel = Kannel.start(folder);
                ServerApp server = server(folder, Map.of("dm-listen", "127.0.0.1:" + port, "wake-kannel",
                        kannel.sendsms().toString(), "wake-kannel-user", "grove", "wake-kannel-password", "secret",
                        "wake-kannel-from", "100", "wake-kannel-reports", "http://127.0.0.1:" + port + REPORTS))) {
            addDevice(server, "kannel", "+358401234567");
            String wake = wake(server);

            Bytes shown = kannel.next().userData();
            assertThat(shown.hex()).startsWith("0605040b84c002" + "010603c4af87")
                    .endsWith(Bytes.utf8("\ndm.example").hex());
            assertThat(until(server, wake, "\"deliveredAt\":\"")).contains("\"bearer\":\"kannel\"");
        }
    }

    @Test
    void a_wake_goes_out_by_smpp_and_is_delivered_when_the_centre_says_so(@TempDir Path folder) throws Exception {
        try (Smsc smsc = new Smsc();
                ServerApp server = server(folder, Map.of("dm-listen", "127.0.0.1:0", "wake-retry", "200ms", "wake-sms",
                        "127.0.0.1:" + smsc.port(), "wake-sms-user", "grove", "wake-sms-password", "secret"))) {
            addDevice(server, "sms", "+358401234567");
            String wake = wake(server);

            assertThat(Bytes.wrap(smsc.next().getShortMessage()).hex()).startsWith("0605040b84c002010603c4af87");
            until(server, wake, "\"sentAt\":\"");
            // The first message of this centre.
            smsc.report("id:ac sub:001 dlvrd:001 stat:DELIVRD err:000 text:");
            assertThat(until(server, wake, "\"deliveredAt\":\"")).contains("\"bearer\":\"sms\"");
        }
    }

    @Test
    void a_wake_goes_out_as_a_push_and_is_delivered_when_the_gateway_says_so(@TempDir Path folder) throws Exception {
        int port = freePort();
        try (FakeGateway gateway = new FakeGateway();
                ServerApp server = server(folder, Map.of("dm-listen", "127.0.0.1:" + port, "wake-pap",
                        gateway.at("/wappush").toString(), "wake-pap-reports",
                        "http://127.0.0.1:" + port + REPORTS))) {
            gateway.saying(call -> Say.of(202, "<pap><push-response push-id=\"" + pushId(call)
                    + "\"><response-result code=\"1001\"/></push-response></pap>"));
            addDevice(server, "pap", "+358401234567");
            String wake = wake(server);

            String pushId = pushId(gateway.next());
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(server.dmUrl() + REPORTS))
                    .POST(BodyPublishers.ofString("<pap><resultnotification-message push-id=\"" + pushId
                            + "\" message-state=\"delivered\" code=\"1000\"><address address-value=\"x\"/>"
                            + "</resultnotification-message></pap>"))
                    .build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).contains("resultnotification-response push-id=\"" + pushId);
            assertThat(until(server, wake, "\"deliveredAt\":\"")).contains("\"bearer\":\"pap\"");
        }
    }

    private static String pushId(Call push) {
        String text = push.body().utf8();
        int start = text.indexOf("push-id=\"") + 9;
        return text.substring(start, text.indexOf('"', start));
    }

    @Test
    void an_address_that_can_be_nobodys_is_refused_when_it_is_given(@TempDir Path folder) throws Exception {
        try (ServerApp server = server(folder, Map.of("dm-listen", "127.0.0.1:0", "wake-obex", "true", "wake-pap",
                "http://127.0.0.1:1/", "wake-sms", "127.0.0.1:1"))) {
            for (String line : List.of("sms\",\"address\":\"twelve", "pap\",\"address\":\"a b",
                    "obex\",\"address\":\"http://h/")) {
                HttpResponse<String> answer = call(server, "POST", "/devices", device(line));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            }
        }
    }

    // ---- how it is done

    private static ServerApp server(Path folder, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(options);
        all.put("data", folder.resolve("data").toString());
        all.put("store", "memory");
        all.put("api-listen", "127.0.0.1:0");
        return ServerApp.start(Config.of(Settings.of(all)));
    }

    private void addDevice(ServerApp server, String bearer, String address) throws Exception {
        HttpResponse<String> answer = call(server, "POST", "/devices", device(bearer + "\",\"address\":\"" + address));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String device(String line) {
        return "{\"id\":\"IMEI:1\",\"credentials\":{\"server\":{\"userName\":\"dm.example\",\"secret\":\"s\","
                + "\"nonce\":\"\"}},\"reach\":{\"bearers\":[{\"bearer\":\"" + line + "\"}]}}";
    }

    private String wake(ServerApp server) throws Exception {
        HttpResponse<String> answer = call(server, "POST", "/devices/IMEI%3A1/wake", "{\"reason\":\"a test\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/devices", "/devices");
    }

    private String until(ServerApp server, String wake, String sign) throws Exception {
        String view = "";
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); !view.contains(sign)
                && System.nanoTime() < end;) {
            view = call(server, "GET", wake, "").body();
        }
        assertThat(view).contains(sign);
        return view;
    }

    private HttpResponse<String> call(ServerApp server, String method, String path, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1" + path))
                .header("Authorization", "Bearer " + server.token()).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
