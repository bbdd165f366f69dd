package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What all resources answer alike. */
final class Answers {

    private Answers() {}

    static HttpAnswer.Whole json(int status, Json body) {
        return json(status, JsonText.write(body));
    }

    static HttpAnswer.Whole json(int status, Bytes body) {
        return new HttpAnswer.Whole(status,
                Headers.of("Content-Type", "application/json").with("Cache-Control", "no-store"), body);
    }

    /** Done, and nothing to say. */
    static HttpAnswer.Whole none() {
        return new HttpAnswer.Whole(204, Headers.of("Cache-Control", "no-store"), Bytes.EMPTY);
    }

    static HttpAnswer.Whole unknownDevice(Asked asked) {
        return Problem.of(404, "no device has the id " + asked.place(0));
    }

    /** A segment of a path, percent-encoded. */
    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
