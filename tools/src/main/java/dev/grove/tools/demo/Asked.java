package dev.grove.tools.demo;

import dev.grove.tools.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An operation of the tour, and what the device is to answer.
 *
 * @param member the operation as the HTTP API takes it: one member of an object
 * @param status the expected status
 * @param result what the expected results have to be
 * @param parts the operations inside of an Atomic or Sequence
 */
record Asked(Consumer<JsonWriter> member, int status, Expected result, List<Asked> parts) {

    /** An operation without results. */
    static Asked asked(int status, Consumer<JsonWriter> member) {
        return new Asked(member, status, new Expected.Anything(), List.of());
    }

    static Asked get(String uri, int status, Expected result) {
        return new Asked(json -> json.child("get", get -> get.text("uri", uri)), status, result, List.of());
    }

    static Asked replace(String uri, String format, String value, int status) {
        return asked(status, json -> json.child("replace",
                replace -> replace.text("uri", uri).text("format", format).text("value", value)));
    }

    static Asked add(String uri, String format, String value, int status) {
        return asked(status,
                json -> json.child("add", add -> add.text("uri", uri).text("format", format).text("value", value)));
    }

    static Asked delete(String uri, int status) {
        return asked(status, json -> json.child("delete", delete -> delete.text("uri", uri)));
    }

    /** An Atomic or a Sequence. */
    static Asked group(String kind, int status, Asked... parts) {
        List<Asked> inner = List.of(parts);
        return new Asked(json -> json.array(kind, list -> inner.forEach(part -> list.element(part.member()))), status,
                new Expected.Anything(), inner);
    }

    /** This operation and those inside of it, each with its path. */
    List<Placed> placed(String path) {
        List<Placed> all = new ArrayList<>();
        all.add(new Placed(path, this));
        for (int i = 0; i < parts.size(); i++) {
            all.addAll(parts.get(i).placed(path + "." + i));
        }
        return all;
    }

    /** @param path as the HTTP API names it, such as {@code 1.0} */
    record Placed(String path, Asked asked) {}
}
