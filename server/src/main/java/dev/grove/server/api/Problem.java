package dev.grove.server.api;

import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import dev.grove.server.fleet.JobCheck;
import dev.grove.server.http.HttpAnswer;
import dev.grove.tree.Operation;
import dev.grove.wire.Headers;
import java.util.List;

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
            problem.with("errors", Json.list(List.of(Json.object().with("pointer", invalid.pointer())
                    .with("operation", OperationView.path(invalid.pointer())).with("detail", invalid.rule())
                    .build())));
        }
        return answer(invalid.status(), problem);
    }

    /** Names each operation that need not be sent: its place, node, and what the device would answer. */
    static HttpAnswer.Whole of(List<Operation> operations, List<JobCheck.Refusal> refusals) {
        JobCheck.Refusal first = refusals.getFirst();
        Json.Builder problem = members(422, "operation " + first.path() + ", " + first.uri() + ": " + first.rule());
        return answer(422, problem.with("errors", Json.list(refusals.stream()
                .map(refusal -> Json.object().with("pointer", OperationView.pointer(operations, refusal.path()))
                        .with("operation", refusal.path()).with("uri", refusal.uri())
                        .with("status", refusal.status().code()).with("detail", refusal.rule()).build())
                .toList())));
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
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "Error";
        };
    }
}
