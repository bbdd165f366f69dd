package dev.grove.server.api;

import dev.grove.server.http.HttpAnswer;
import dev.grove.wire.Headers;

/** Problem documents ([RFC 9457]). */
final class Problem {

    private Problem() {}

    static HttpAnswer.Whole of(int status, String detail) {
        return answer(status, members(status, detail));
    }

    /** Names the place in the document that was sent, as JSON Pointer. */
    static HttpAnswer.Whole of(Invalid invalid) {
        Json.Builder problem = members(invalid.status(), invalid.pointer().isEmpty()
                ? invalid.rule()
                : invalid.pointer() + ": " + invalid.rule());
        if (!invalid.pointer().isEmpty()) {
            problem.with("errors", Json.list(java.util.List.of(
                    Json.object().with("pointer", invalid.pointer()).with("detail", invalid.rule()).build())));
        }
        return answer(invalid.status(), problem);
    }

    static HttpAnswer.Whole with(HttpAnswer.Whole answer, String header, String value) {
        return new HttpAnswer.Whole(answer.status(), answer.headers().with(header, value), answer.body());
    }

    private static Json.Builder members(int status, String detail) {
        return Json.object().with("type", "about:blank").with("title", title(status)).with("status", status)
                .with("detail", detail);
    }

    private static HttpAnswer.Whole answer(int status, Json.Builder problem) {
        return new HttpAnswer.Whole(status,
                Headers.of("Content-Type", "application/problem+json").with("Cache-Control", "no-store"),
                JsonText.write(problem.build()));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
