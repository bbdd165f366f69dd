package dev.grove.tree;

import dev.grove.wire.Bytes;
import java.util.Locale;
import java.util.Optional;

/** The format of a node: the kind of value of a leaf, or an interior node ([TND 1.2 §7.7.2], [METINF 1.2 §5.3]). */
public enum Format {
    /** Base64 text: in a tree, a leaf that natively holds base64; on the wire, also binary data in XML. */
    B64,
    /** Binary. */
    BIN,
    /** {@code true} or {@code false}. */
    BOOL,
    /** Text; the default. */
    CHR,
    /** A 32-bit signed decimal integer. */
    INT,
    /** An interior node. */
    NODE,
    /** A leaf without a value. */
    NULL,
    /** Mark-up. */
    XML,
    /** An ISO 8601 date. */
    DATE,
    /** An ISO 8601 time. */
    TIME,
    /** A single-precision number in the lexical form of XML Schema. */
    FLOAT;

    /** The format as it is written on the wire, such as {@code chr}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A value of this format as it is stored: as given, or in the usual spelling ({@code True} becomes {@code true}).
     * Empty if it is no value of this format ([TND 1.2 §8.5]).
     */
    public Optional<Bytes> normal(Bytes data) {
        return LexicalForm.normal(this, data);
    }

    /** Reads a wire name without regard to case or surrounding blanks; empty for a format nobody defined. */
    public static Optional<Format> of(String wireName) {
        return switch (wireName.strip().toLowerCase(Locale.ROOT)) {
            case "b64" -> Optional.of(B64);
            case "bin" -> Optional.of(BIN);
            case "bool" -> Optional.of(BOOL);
            case "chr" -> Optional.of(CHR);
            case "int" -> Optional.of(INT);
            case "node" -> Optional.of(NODE);
            case "null" -> Optional.of(NULL);
            case "xml" -> Optional.of(XML);
            case "date" -> Optional.of(DATE);
            case "time" -> Optional.of(TIME);
            case "float" -> Optional.of(FLOAT);
            default -> Optional.empty();
        };
    }
}
