package dev.grove.syncml;

import dev.grove.syncml.Element.Text;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Meta}, with or without a {@code MetInf} around its children, in any order ([METINF 1.2 §5]). */
final class MetaReader {

    private final Tokens in;
    private @Nullable String format;
    private @Nullable String type;
    private @Nullable String mark;
    private @Nullable Long size;
    private @Nullable String nextNonce;
    private @Nullable Long maxMsgSize;
    private @Nullable Long maxObjSize;
    private List<Element> others = List.of();

    private MetaReader(Tokens in) {
        this.in = in;
    }

    /** Reads the element on whose start the cursor stands, to its end. */
    static Meta read(Tokens in) throws Malformed {
        MetaReader reader = new MetaReader(in);
        reader.children();
        Meta meta = new Meta(reader.format, reader.type, reader.mark, reader.size, reader.nextNonce, reader.maxMsgSize,
                reader.maxObjSize, reader.others);
        return meta.isEmpty() ? Meta.NONE : meta;
    }

    private void children() throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.MET_INF -> children();
                case Tag.FORMAT -> format = in.leaf();
                case Tag.TYPE -> type = in.leaf();
                case Tag.MARK -> mark = in.leaf();
                case Tag.NEXT_NONCE -> nextNonce = in.leaf();
                case Tag.SIZE -> size = number();
                case Tag.MAX_MSG_SIZE -> maxMsgSize = number();
                case Tag.MAX_OBJ_SIZE -> maxObjSize = number();
                default -> other(Elements.read(in));
            }
        }
    }

    /** A number of bytes; a text that is none is kept as an unknown element, so that nothing is lost or invented. */
    private @Nullable Long number() throws Malformed {
        String namespace = in.namespace();
        String name = in.name();
        String text = in.leaf();
        Long number = parsed(text);
        if (number == null) {
            other(new Element(namespace, name, text.isEmpty() ? List.of() : List.of(new Text(Data.of(text)))));
        }
        return number;
    }

    private static @Nullable Long parsed(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i == 18) {
                return null;
            }
            number = number * 10 + (c - '0');
        }
        return text.isEmpty() ? null : number;
    }

    private void other(Element element) {
        if (others.isEmpty()) {
            others = new ArrayList<>(2);
        }
        others.add(element);
    }
}
