package dev.grove.tree;

import dev.grove.wire.Bytes;

/**
 * What a leaf holds, or what an operation brings: bytes with a format and a media type. Text is UTF-8. Binary data is
 * here in its native form, never as base64; the spelling is the codecs' business ([TND 1.2 §7.7.2]).
 *
 * @param format {@link Format#NODE} means "an interior node" and has no bytes
 * @param type media type of a leaf, or management object identifier of an interior node. In an operation, an empty type
 *     says that the sender gave none; with {@link Format#CHR} it gave no format either
 * @param data the value itself; empty is a value too
 */
public record Value(Format format, String type, Bytes data) {

    /** The media type of a value that names none ([METINF 1.2 §5.3.2]). */
    public static final String DEFAULT_TYPE = "text/plain";

    /** A text value of format {@code chr}. */
    public static Value text(String text) {
        return new Value(Format.CHR, DEFAULT_TYPE, Bytes.utf8(text));
    }

    /** A value of any textual format, such as {@code int} or {@code bool}. */
    public static Value of(Format format, String text) {
        return new Value(format, DEFAULT_TYPE, Bytes.utf8(text));
    }

    /** A binary value. */
    public static Value binary(Bytes data) {
        return new Value(Format.BIN, "application/octet-stream", data);
    }

    /** The value that creates an interior node of the given management object identifier (may be empty). */
    public static Value interior(String moid) {
        return new Value(Format.NODE, moid, Bytes.EMPTY);
    }

    /** This, with the type that text without one has ([METINF 1.2 §5.3.2]). */
    public Value orDefaultType() {
        boolean isText = switch (format) {
            case NODE, BIN, B64, NULL -> false;
            case BOOL, CHR, INT, XML, DATE, TIME, FLOAT -> true;
        };
        return isText && type.isEmpty() ? new Value(format, DEFAULT_TYPE, data) : this;
    }

    /** The data read as UTF-8. */
    public String text() {
        return data.utf8();
    }
}
