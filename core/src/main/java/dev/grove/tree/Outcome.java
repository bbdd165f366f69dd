package dev.grove.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an {@link Operation}: a status and what was read. A refusal is an outcome, never an exception.
 *
 * @param status the exact code of the specification
 * @param results what was read, in the order in which it came; for user input, one result a text or choice, without URI
 * @param detail what else the peer said, such as a Windows HRESULT or the URI of the node that failed; none if absent
 */
public record Outcome(StatusCode status, List<Result> results, @Nullable String detail) {

    /** A node, property or answer that was read. */
    public record Result(String uri, Value value) {}

    public Outcome {
        results = List.copyOf(results);
    }

    public static Outcome of(StatusCode status) {
        return new Outcome(status, List.of(), null);
    }

    public static Outcome of(StatusCode status, String detail) {
        return new Outcome(status, List.of(), detail);
    }

    public static Outcome ok(List<Result> results) {
        return new Outcome(StatusCode.OK, results, null);
    }

    public static Outcome ok(String uri, Value value) {
        return ok(List.of(new Result(uri, value)));
    }
}
