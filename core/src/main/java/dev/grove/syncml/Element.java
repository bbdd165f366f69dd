package dev.grove.syncml;

import dev.grove.wire.Tokens.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element that the model has no place for, kept so that it survives a round trip.
 *
 * @param name its local name; one that WBXML knows only by its token is written {@code x<page>-<token>} in hexadecimal
 * @param attributes in XML only
 * @param children elements and texts in document order
 */
public record Element(String namespace, String name, List<Attribute> attributes, List<Content> children) {

    /** What an element can hold. */
    public sealed interface Content {}

    /** A child element. */
    public record Child(Element element) implements Content {}

    /** Character or opaque data. */
    public record Text(Data data) implements Content {}

    public Element {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    /** An element without attributes. */
    public Element(String namespace, String name, List<Content> children) {
        this(namespace, name, List.of(), children);
    }

    /** The first child element of that name. */
    public Optional<Element> child(String childName) {
        for (Content content : children) {
            if (content instanceof Child(Element child) && child.name.equals(childName)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** The child elements in document order. */
    public Stream<Element> elements() {
        return children.stream().filter(Child.class::isInstance).map(content -> ((Child) content).element());
    }

    /** The child elements of that name. */
    public Stream<Element> elements(String childName) {
        return elements().filter(child -> child.name.equals(childName));
    }

    /** The {@link #text} of the first element down that path; empty if there is none. */
    public String textAt(String... names) {
        Optional<Element> at = Optional.of(this);
        for (String next : names) {
            at = at.flatMap(element -> element.child(next));
        }
        return at.map(Element::text).orElse("");
    }

    /** The character and opaque data directly inside, joined and read as text, without white space around it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Content content : children) {
            if (content instanceof Text(Data data)) {
                text.append(data.text());
            }
        }
        return text.toString().strip();
    }

    /** The same element with other content. */
    public Element with(List<Content> newChildren) {
        return new Element(namespace, name, attributes, newChildren);
    }
}
