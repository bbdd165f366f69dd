package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.CodePage;
import dev.grove.wire.Malformed;
import dev.grove.wire.Token;
import dev.grove.wire.Tokens;
import dev.grove.wire.Tokens.Attribute;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole document as a {@link Part}. */
final class PartReader {

    private final Tokens in;
    // A root that is none of SyncML's: elements without a namespace have none.
    private final boolean foreign;

    private PartReader(Tokens in) {
        this.in = in;
        this.foreign = in.tag() == Tokens.UNKNOWN;
    }

    static Part read(Tokens in) throws Malformed {
        while (in.next() != Token.START) {
            // White space before the root element.
        }
        return new PartReader(in).element();
    }

    private Part element() throws Malformed {
        String namespace = foreign && in.namespace().equals(CodePage.namespace(CodePage.SYNCML)) ? "" : in.namespace();
        String name = in.name();
        List<Attribute> attributes = attributes();
        List<Content> content = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (;;) {
            switch (in.next()) {
                case START -> {
                    flush(text, content);
                    content.add(new Content.Child(element()));
                }
                case END -> {
                    flush(text, content);
                    return new Part(namespace, name, attributes, withoutBlanks(content));
                }
                case TEXT, MARKUP -> text.append(in.text());
                case OPAQUE -> {
                    flush(text, content);
                    content.add(new Content.Opaque(in.bytes()));
                }
            }
        }
    }

    private List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < in.attributeCount(); i++) {
            attributes.add(in.attribute(i));
        }
        return attributes;
    }

    private static void flush(StringBuilder text, List<Content> content) {
        if (!text.isEmpty()) {
            content.add(new Content.Text(text.toString()));
            text.setLength(0);
        }
    }

    /** Beside elements, white space means nothing. */
    private static List<Content> withoutBlanks(List<Content> content) {
        if (content.stream().noneMatch(Content.Child.class::isInstance)) {
            return content;
        }
        return content.stream().filter(piece -> !(piece instanceof Content.Text(String text) && text.isBlank()))
                .toList();
    }
}
