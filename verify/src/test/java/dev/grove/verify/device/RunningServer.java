package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole server on free ports, and its HTTP API in the hands of an operator. */
final class RunningServer implements AutoCloseable {

    private final ServerApp app;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(ServerApp app) {
        this.app = app;
    }

    static RunningServer start(Path data, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0"));
        all.putAll(options);
        return new RunningServer(ServerApp.start(Config.of(Settings.of(all))));
    }

    /** Where devices call. */
    String url() {
        return app.dmUrl() + "/dm";
    }

    String apiUrl() {
        return app.apiUrl();
    }

    /** Makes a device known, as the API takes it. */
    void add(String device) throws IOException, InterruptedException {
        post("/devices", device);
    }

    /** Changes a device, as the API takes it. */
    void change(String device, String patch) throws IOException, InterruptedException {
        send("PATCH", "/devices/" + pathOf(device), patch);
    }

    /** Makes a device known; the server's own credentials are {@code server} and {@code server-secret}. */
    void knows(String device, String scheme) throws IOException, InterruptedException {
        post("/devices", """
                {"id": "%s", "credentials": {
                  "client": {"userName": "device", "secret": "device-secret", "schemes": ["%s"], "nonce": ""},
                  "server": {"userName": "server", "secret": "server-secret", "nonce": ""}}}"""
                .formatted(device, scheme));
    }

    /** Hands in a job of these operations; answers its id. */
    String job(String device, String... operations) throws IOException, InterruptedException {
        String made = post("/devices/" + pathOf(device) + "/jobs",
                "{\"operations\": [" + String.join(", ", operations) + "]}");
        return first("\"id\"\\s*:\\s*\"([^\"]+)\"", made);
    }

    /** The job as the API tells it. */
    String told(String device, String job) throws IOException, InterruptedException {
        return get("/devices/" + pathOf(device) + "/jobs/" + job);
    }

    static String stateOf(String job) {
        return first("\"state\"\\s*:\\s*\"([a-z]+)\"", job);
    }

    /** The statuses of all outcomes, in the order in which they are told. */
    static List<Integer> statuses(String job) {
        return all("\"status\"\\s*:\\s*([0-9]+)", outcomesOf(job)).stream().map(Integer::valueOf).toList();
    }

    /** All text values among the results. */
    static List<String> valuesOf(String job) {
        return all("\"value\"\\s*:\\s*\"([^\"]*)\"", outcomesOf(job));
    }

    /** The part of a job that tells what came of it; the operations themselves stand before it. */
    static String outcomesOf(String job) {
        return job.substring(job.indexOf("\"outcomes\""));
    }

    static List<String> all(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String first(String pattern, String text) {
        List<String> found = all(pattern, text);
        assertThat(found).as(pattern + " in " + text).isNotEmpty();
        return found.getFirst();
    }

    void put(String path, String json) throws IOException, InterruptedException {
        send("PUT", path, json);
    }

    String send(String method, String path, String json) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(app.apiUrl() + "/api/v1" + path))
                .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    String get(String path) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(app.apiUrl() + "/api/v1" + path)).GET());
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, json);
    }

    private String sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.header("Authorization", "Bearer " + app.token()).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    static String pathOf(String device) {
        return URLEncoder.encode(device, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        app.close();
    }
}
