package dev.grove.tools.simulate;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tools.json.JsonView;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Makes a fleet known to a Grove server over its HTTP API, some thousands at a time. */
final class Enrolment {

    private static final int BATCH = 5000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI batches;
    private final String token;
    private final Identities identities;

    /**
     * @param api the administration listener, such as {@code http://127.0.0.1:9090}
     * @param token of the administrator
     */
    Enrolment(String api, String token, Identities identities) {
        this.batches = URI.create(api.replaceAll("/+$", "") + "/api/v1/devices:batch");
        this.token = token;
        this.identities = identities;
    }

    /**
     * Makes the devices known, or sets the credentials of those that are known anew.
     *
     * @throws IOException if the server does not take all; the message names the first that it refused
     */
    void run(int first, int count, ProgressLine progress) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            for (int from = first; from < first + count; from += BATCH) {
                progress.say(String.format(Locale.ROOT, "making devices known: %,d of %,d", from - first, count));
                int to = Math.min(from + BATCH, first + count);
                send(http, IntStream.range(from, to).mapToObj(this::device).toList());
            }
        }
    }

    private Json device(int number) {
        String id = identities.id(number);
        Json.Builder device = Json.object().with("id", id).with("name", "simulated");
        Json.Builder credentials = Json.object();
        Login client = identities.client(id);
        if (client != null) {
            credentials.with("client", login(client)
                    .with("schemes", Json.list(List.of(Json.of(client.scheme().name().toLowerCase(Locale.ROOT)))))
                    .build());
        }
        if (identities.proof() != null) {
            credentials.with("server", login(identities.proof()).build());
        }
        return device.with("credentials", credentials.build()).build();
    }

    private static Json.Builder login(Login login) {
        return Json.object().with("userName", login.userName()).with("secret", login.secret()).with("nonce",
                login.nonce().base64());
    }

    private void send(HttpClient http, List<Json> devices) throws IOException, InterruptedException {
        Json document = Json.object().with("devices", Json.list(devices)).with("update", true).build();
        HttpRequest request = HttpRequest.newBuilder(batches).timeout(PATIENCE)
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonText.write(document).toArray())).build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        JsonView view = view(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(batches + ": HTTP " + answer.statusCode() + " " + view.at("detail").text());
        }
        if (view.at("refused").number().orElse(0L) > 0) {
            JsonView refused = view.at("items").items().stream().filter(item -> item.has("detail")).findFirst()
                    .orElse(JsonView.NOTHING);
            throw new IOException(batches + " refuses " + view.at("refused").text() + " devices, the first "
                    + refused.at("id").text() + ": " + refused.at("detail").text());
        }
    }

    private static JsonView view(String body) {
        try {
            return JsonView.read(body);
        } catch (IllegalArgumentException noJson) {
            return JsonView.NOTHING;
        }
    }
}
