package dev.grove.syncml;

import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Content;
import dev.grove.syncml.Element.Text;
import dev.grove.wire.Malformed;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.Tokens;
import dev.grove.wire.Tokens.Attribute;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes elements as they are. White space between elements is dropped. */
final class Elements {

    private Elements() {}

    /** Reads the element on whose start the cursor stands, to its end. */
    static Element read(Tokens in) throws Malformed {
        String namespace = in.namespace();
        String name = in.name();
        List<Attribute> attributes = attributes(in);
        List<Content> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (;;) {
            switch (in.next()) {
                case START -> {
                    flush(text, children, true);
                    children.add(new Child(read(in)));
                }
                case END -> {
                    flush(text, children, !children.isEmpty());
                    return new Element(namespace, name, attributes, children);
                }
                case TEXT, MARKUP -> text.append(in.text());
                case OPAQUE -> {
                    flush(text, children, true);
                    children.add(new Text(new Data.Opaque(in.bytes())));
                }
            }
        }
    }

    private static List<Attribute> attributes(Tokens in) {
        int count = in.attributeCount();
        if (count == 0) {
            return List.of();
        }
        List<Attribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attributes.add(in.attribute(i));
        }
        return attributes;
    }

    private static void flush(StringBuilder text, List<Content> children, boolean dropBlank) {
        if (!text.isEmpty() && !(dropBlank && text.toString().isBlank())) {
            children.add(new Text(Data.of(text.toString())));
        }
        text.setLength(0);
    }

    static void write(Element element, TokenWriter out) {
        out.start(element.namespace(), element.name());
        element.attributes().forEach(out::attribute);
        for (Content content : element.children()) {
            switch (content) {
                case Child(Element child) -> write(child, out);
                case Text(Data data) -> write(data, out);
            }
        }
        out.end();
    }

    static void write(Data data, TokenWriter out) {
        switch (data) {
            case Data.Text(String text) -> out.text(text);
            case Data.Opaque(var bytes) -> out.opaque(bytes);
            case Data.Markup(String xml) -> out.markup(xml);
        }
    }

    /** Writes an element with each child on a line of its own, wherever white space means nothing. */
    static void writeIndented(Element element, int depth, TokenWriter out) {
        boolean elementsOnly = element.children().stream().allMatch(Child.class::isInstance);
        out.start(element.namespace(), element.name());
        element.attributes().forEach(out::attribute);
        for (Content content : element.children()) {
            if (elementsOnly) {
                out.text("\n" + "  ".repeat(depth + 1));
            }
            switch (content) {
                case Child(Element child) -> writeIndented(child, depth + 1, out);
                case Text(Data data) -> write(data, out);
            }
        }
        if (elementsOnly && !element.children().isEmpty()) {
            out.text("\n" + "  ".repeat(depth));
        }
        out.end();
    }
}
