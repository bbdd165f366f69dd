package dev.grove.tools.demo;

import dev.grove.tools.json.JsonView;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.Optional;

/** What the results of an operation have to be. */
sealed interface Expected {

    /** Whatever there is. */
    record Anything() implements Expected {}

    /** One result with a value that is not empty. */
    record SomeText() implements Expected {}

    /** One result with this value. */
    record Exactly(String value) implements Expected {}

    /** One result with these bytes. */
    record Binary(Bytes bytes) implements Expected {}

    /** An interior node with at least these children. */
    record Children(List<String> names) implements Expected {
        public Children {
            names = List.copyOf(names);
        }
    }

    /** Results for at least nodes of these names. */
    record Nodes(List<String> names) implements Expected {
        public Nodes {
            names = List.copyOf(names);
        }
    }

    /** The texts of all results in order: what the user typed or chose. */
    record Answers(List<String> texts) implements Expected {
        public Answers {
            texts = List.copyOf(texts);
        }
    }

    static Expected exactly(String value) {
        return new Exactly(value);
    }

    /** What is wrong with the results; empty if nothing. */
    default Optional<String> complaint(List<JsonView> results) {
        String value = results.isEmpty() ? "" : results.getFirst().at("value").text();
        boolean isRight = switch (this) {
            case Anything() -> true;
            case SomeText() -> results.size() == 1 && !value.isEmpty();
            case Exactly(String wanted) -> results.size() == 1 && value.equals(wanted);
            case Binary(Bytes bytes) ->
                results.size() == 1 && results.getFirst().at("valueBase64").text().equals(bytes.base64());
            case Children(List<String> names) -> List.of(value.split("/", -1)).containsAll(names);
            case Nodes(List<String> names) -> results.stream().map(result -> result.at("uri").text())
                    .map(uri -> uri.substring(uri.lastIndexOf('/') + 1)).toList().containsAll(names);
            case Answers(List<String> texts) ->
                results.stream().map(result -> result.at("value").text()).toList().equals(texts);
        };
        return isRight ? Optional.empty() : Optional.of("expected " + words() + ", got " + shown(results));
    }

    private String words() {
        return switch (this) {
            case Anything() -> "anything";
            case SomeText() -> "a text";
            case Exactly(String value) -> "\"" + value + "\"";
            case Binary(Bytes bytes) -> bytes.length() + " certain bytes";
            case Children(List<String> names) -> "the children " + String.join(", ", names);
            case Nodes(List<String> names) -> "the nodes " + String.join(", ", names);
            case Answers(List<String> texts) -> "the answers " + texts;
        };
    }

    private static String shown(List<JsonView> results) {
        return results.isEmpty() ? "no result" : String.join(", ", results.stream().map(Expected::shown).toList());
    }

    private static String shown(JsonView result) {
        return result.has("valueBase64")
                ? result.at("valueBase64").text().length() / 4 * 3 + " other bytes"
                : "\"" + result.at("value").text() + "\"";
    }
}
