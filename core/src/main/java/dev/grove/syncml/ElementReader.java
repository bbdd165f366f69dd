package dev.grove.syncml;

import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Content;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Keeps an element that the model has no place for. White space between elements is dropped. */
final class ElementReader {

    private ElementReader() {}

    /** Reads the element on whose start the cursor stands, to its end. */
    static Element read(Tokens in) throws Malformed {
        String namespace = in.namespace();
        String name = in.name();
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
                    return new Element(namespace, name, children);
                }
                case TEXT, MARKUP -> text.append(in.text());
                case OPAQUE -> {
                    flush(text, children, true);
                    children.add(new Element.Text(new Data.Opaque(in.bytes())));
                }
            }
        }
    }

    private static void flush(StringBuilder text, List<Content> children, boolean dropBlank) {
        if (!text.isEmpty() && !(dropBlank && text.toString().isBlank())) {
            children.add(new Element.Text(Data.of(text.toString())));
        }
        text.setLength(0);
    }
}
