package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Words;
import dev.grove.wire.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Firebase says of an error: {@code {"error":{"status":…,"details":[{"errorCode":…},{"fieldViolations":…}]}}}.
 *
 * @param status such as {@code NOT_FOUND}; empty if there is none
 * @param codes of Firebase itself, such as {@code UNREGISTERED}
 * @param fields with which it does not agree
 */
record FcmError(String status, List<String> codes, List<String> fields) {

    static FcmError of(Json.Obj answer) {
        List<Json.Obj> error = objects(Stream.ofNullable(answer.fields().get("error")));
        List<Json.Obj> details = error.stream().flatMap(e -> items(e, "details").stream()).toList();
        return new FcmError(error.stream().flatMap(e -> text(e, "status")).findFirst().orElse(""),
                details.stream().flatMap(detail -> text(detail, "errorCode")).toList(),
                details.stream().flatMap(detail -> items(detail, "fieldViolations").stream())
                        .flatMap(violation -> text(violation, "field")).toList());
    }

    boolean is(String code) {
        return codes.contains(code);
    }

    boolean blamesToken() {
        return fields.contains("message.token");
    }

    String words() {
        return Words.of(String.join(" ", Stream.concat(Stream.of(status), codes.stream())
                .filter(word -> !word.isEmpty()).distinct().toList()));
    }

    private static Stream<String> text(Json.Obj object, String name) {
        return object.fields().get(name) instanceof Json.Str(String text) ? Stream.of(text) : Stream.empty();
    }

    private static List<Json.Obj> items(Json.Obj object, String name) {
        return object.fields().get(name) instanceof Json.Arr(List<Json> items) ? objects(items.stream()) : List.of();
    }

    private static List<Json.Obj> objects(Stream<Json> values) {
        return values.filter(value -> value instanceof Json.Obj).map(value -> (Json.Obj) value).toList();
    }
}
