package dev.grove.syncml;

import java.util.List;

/**
 * An element that the model has no place for, kept so that it survives a round trip.
 *
 * @param name its local name; one that WBXML knows only by its token is written {@code x<page>-<token>} in hexadecimal
 * @param children elements and texts in document order
 */
public record Element(String namespace, String name, List<Content> children) {

    /** What an element can hold. */
    public sealed interface Content {}

    /** A child element. */
    public record Child(Element element) implements Content {}

    /** Character or opaque data. */
    public record Text(Data data) implements Content {}

    public Element {
        children = List.copyOf(children);
    }
}
