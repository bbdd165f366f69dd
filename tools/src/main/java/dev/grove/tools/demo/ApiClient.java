package dev.grove.tools.demo;

import dev.grove.tools.json.JsonView;
import dev.grove.tools.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The server's HTTP API, as any program would use it. */
final class ApiClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String base;
    private final String token;

    /**
     * @param url of the administration listener, such as {@code http://127.0.0.1:9090}
     * @param token of the administrator
     */
    ApiClient(String url, String token) {
        this.base = url + "/api/v1";
        this.token = token;
    }

    /** The server said no. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String line) {
            super(line);
        }
    }

    /**
     * Makes a device known, as if it had never been before.
     *
     * @param members those of {@code POST /devices}
     */
    void addDevice(String id, Consumer<JsonWriter> members) {
        HttpResponse<String> removed = exchange("DELETE", "/devices/" + encoded(id), BodyPublishers.noBody());
        if (removed.statusCode() != 404) {
            checked("DELETE", "/devices/" + encoded(id), removed);
        }
        send("POST", "/devices", BodyPublishers.ofString(JsonWriter.object(members)));
    }

    /** Gives a device a job. Returns the job, or the problem that names its {@code errors} if it is refused at once. */
    JsonView addJob(String device, Consumer<JsonWriter> members) {
        String path = "/devices/" + encoded(device) + "/jobs";
        HttpResponse<String> answer = exchange("POST", path, BodyPublishers.ofString(JsonWriter.object(members)));
        if (answer.statusCode() == 422 && JsonView.read(answer.body()).has("errors")) {
            return JsonView.read(answer.body());
        }
        return checked("POST", path, answer);
    }

    /** Tells the server at which UDP address a device listens for pushes. */
    void reach(String device, String address) {
        send("PUT", "/devices/" + encoded(device) + "/reach",
                BodyPublishers.ofString(JsonWriter.object(json -> json.array("bearers",
                        all -> all.element(udp -> udp.text("bearer", "udp").text("address", address))))));
    }

    /** Has a device woken. Returns the wake. */
    JsonView wake(String device) {
        return send("POST", "/devices/" + encoded(device) + "/wake", BodyPublishers.ofString(JsonWriter
                .object(json -> json.text("mode", "background").text("reason", "the tour"))));
    }

    String wakeState(String device, String wake) {
        return send("GET", "/devices/" + encoded(device) + "/wakes/" + encoded(wake), BodyPublishers.noBody())
                .at("state").text();
    }

    JsonView job(String device, String job) {
        return send("GET", "/devices/" + encoded(device) + "/jobs/" + encoded(job), BodyPublishers.noBody());
    }

    /** All alerts that a device has raised. */
    List<JsonView> alerts(String device) {
        return pages("/devices/" + encoded(device) + "/alerts");
    }

    /** All that the server knows of a device's tree. */
    List<JsonView> tree(String device) {
        return pages("/devices/" + encoded(device) + "/tree");
    }

    /** The objects that a device of DM 2.0 has told of. */
    List<JsonView> objects(String device) {
        return send("GET", "/devices/" + encoded(device) + "/objects", BodyPublishers.noBody()).at("items").items();
    }

    /** The server hands out long lists page by page. */
    private List<JsonView> pages(String path) {
        List<JsonView> items = new ArrayList<>();
        JsonView page = send("GET", path, BodyPublishers.noBody());
        items.addAll(page.at("items").items());
        while (page.has("next")) {
            page = send("GET", path + "?after=" + encoded(page.at("next").text()), BodyPublishers.noBody());
            items.addAll(page.at("items").items());
        }
        return items;
    }

    /** The id of the first session that a device has had, which there must have been. */
    String firstSession(String device) {
        return send("GET", "/devices/" + encoded(device) + "/sessions?limit=1", BodyPublishers.noBody()).at("items")
                .items().getFirst().at("id").text();
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonView send(String method, String path, BodyPublisher body) {
        return checked(method, path, exchange(method, path, body));
    }

    private static JsonView checked(String method, String path, HttpResponse<String> answer) {
        JsonView json = answer.body().isEmpty() ? JsonView.NOTHING : JsonView.read(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new Refused(method + " " + path + ": " + answer.statusCode() + " " + json.at("title").text() + " "
                    + json.at("detail").text());
        }
        return json;
    }

    private HttpResponse<String> exchange(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, body).build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(method + " " + path + ": interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
