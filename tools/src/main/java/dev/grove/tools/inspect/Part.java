package dev.grove.tools.inspect;

import dev.grove.wire.Bytes;
import dev.grove.wire.Tokens.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An element of a document, with nothing of it lost but comments and prefixes: what is shown, masked and spelled anew.
 *
 * @param namespace empty if the element has none
 * @param name local name
 * @param content in document order; white space between elements is not kept
 */
public record Part(String namespace, String name, List<Attribute> attributes, List<Content> content) {

    /** What an element holds. */
    public sealed interface Content {

        /** An element. */
        record Child(Part part) implements Content {}

        /** Characters. */
        record Text(String text) implements Content {}

        /** Bytes: WBXML's OPAQUE. */
        record Opaque(Bytes bytes) implements Content {}

        /** A whole document that stood inside of opaque data. */
        record Nested(Document document) implements Content {}
    }

    public Part {
        attributes = List.copyOf(attributes);
        content = List.copyOf(content);
    }

    Part withContent(List<Content> other) {
        return new Part(namespace, name, attributes, other);
    }

    Part withText(String text) {
        return withContent(List.of(new Content.Text(text)));
    }

    /** The elements inside. */
    Stream<Part> children() {
        return content.stream().filter(Content.Child.class::isInstance).map(c -> ((Content.Child) c).part());
    }

    Stream<Part> children(String childName) {
        return children().filter(child -> child.name.equals(childName));
    }

    /** The first element inside that has the name. */
    Optional<Part> child(String childName) {
        return children(childName).findFirst();
    }

    /** The text of an element that lies below this one; empty if there is no such element. */
    String textAt(String... names) {
        Part at = this;
        for (String childName : names) {
            Optional<Part> next = at.child(childName);
            if (next.isEmpty()) {
                return "";
            }
            at = next.get();
        }
        return at.text().strip();
    }

    boolean hasChildren() {
        return content.stream().anyMatch(Content.Child.class::isInstance);
    }

    /** The characters inside, opaque data read as UTF-8, elements left out. */
    String text() {
        return content.stream().map(piece -> switch (piece) {
            case Content.Text(String text) -> text;
            case Content.Opaque(Bytes bytes) -> bytes.utf8();
            case Content.Child ignored -> "";
            case Content.Nested ignored -> "";
        }).collect(Collectors.joining());
    }
}
