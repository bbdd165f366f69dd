package dev.grove.syncml;

import dev.grove.wire.Bytes;

/** The content of a {@code Data} element as it stood on the wire ([REPPRO 1.2 §6.3]). */
public sealed interface Data {

    /** Characters. */
    record Text(String text) implements Data {}

    /** Opaque bytes of WBXML; text, binary or an embedded WBXML document, as the {@link Meta} says. */
    record Opaque(Bytes bytes) implements Data {}

    /** Mark-up that stood in the document itself, such as an in-line {@code MgmtTree}, written out as XML. */
    record Markup(String xml) implements Data {}

    static Data of(String text) {
        return new Text(text);
    }

    /** The content as text: opaque bytes are read as UTF-8. */
    default String text() {
        return switch (this) {
            case Text(String text) -> text;
            case Opaque(Bytes bytes) -> bytes.utf8();
            case Markup(String xml) -> xml;
        };
    }

    /** The content as bytes: text is written as UTF-8. */
    default Bytes bytes() {
        return switch (this) {
            case Text(String text) -> Bytes.utf8(text);
            case Opaque(Bytes bytes) -> bytes;
            case Markup(String xml) -> Bytes.utf8(xml);
        };
    }
}
