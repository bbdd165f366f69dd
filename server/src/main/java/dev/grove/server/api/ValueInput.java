package dev.grove.server.api;

import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the value of an Add, Replace or Exec, and refuses one that is no value of its format. */
final class ValueInput {

    /** Wider than a node's 32 bits ([TND 1.2 §7.7.2]): Windows has unsigned ones. */
    private static final Pattern INT = Pattern.compile("[+-]?[0-9]{1,20}");

    private ValueInput() {}

    /**
     * Text without a format is {@code chr}, and for Replace whatever the node has; bytes without one are {@code bin};
     * in format {@code b64} the text is the base64 itself. {@code True} becomes {@code true}.
     */
    static Value value(Input verb) throws Invalid {
        Optional<Input> text = verb.field("value");
        Optional<Input> base64 = verb.field("valueBase64");
        if (text.isPresent() && base64.isPresent()) {
            throw base64.get().invalid("stands beside value: only one of the two");
        }
        Format format = format(verb, base64.isPresent() ? Format.BIN : Format.CHR);
        boolean isEmptyKind = format == Format.NODE || format == Format.NULL;
        if (text.isEmpty() && base64.isEmpty() && !isEmptyKind) {
            throw Invalid.at(verb.pointer() + "/value", "is missing; format " + format.wireName() + " has a value");
        }
        Bytes bytes = base64.isPresent() ? base64.get().base64() : textBytes(text, format);
        if (isEmptyKind && !bytes.isEmpty()) {
            throw verb.invalid("format " + format.wireName() + " has no value");
        }
        String type = verb.field("type").isPresent() ? verb.required("type").text() : null;
        boolean isLeftToNode = verb.name().equals("replace") && format == Format.CHR && verb.field("format").isEmpty();
        return new Value(format, type != null ? type : isLeftToNode ? "" : defaultType(format),
                checked(text.or(() -> base64).orElse(verb), format, bytes));
    }

    private static Bytes textBytes(Optional<Input> text, Format format) throws Invalid {
        if (text.isEmpty()) {
            return Bytes.EMPTY;
        }
        return format == Format.B64 ? text.get().base64() : Bytes.utf8(text.get().scalar());
    }

    /** The value in its usual spelling; an empty one is a value of every format. */
    private static Bytes checked(Input given, Format format, Bytes bytes) throws Invalid {
        boolean isInt = format == Format.INT && INT.matcher(bytes.utf8().strip()).matches();
        if (bytes.isEmpty() || isInt) {
            return bytes;
        }
        Optional<Bytes> normal = format.normal(bytes);
        if (normal.isEmpty()) {
            throw given.invalid("is no value of format " + format.wireName() + ": " + rule(format) + " (TND 8.5)");
        }
        return normal.get();
    }

    private static String rule(Format format) {
        return switch (format) {
            case BOOL -> "true or false";
            case INT -> "a decimal whole number";
            case FLOAT -> "a number as in XML Schema, such as -1.5E3";
            case DATE -> "a date of ISO 8601 with century, such as 2026-11-21";
            case TIME -> "a time of ISO 8601, such as 15:38:00Z";
            case CHR, XML -> "text in UTF-8";
            case B64, BIN -> "bytes";
            case NODE, NULL -> "nothing";
        };
    }

    private static Format format(Input verb, Format otherwise) throws Invalid {
        Optional<Input> given = verb.field("format");
        if (given.isEmpty()) {
            return otherwise;
        }
        String name = given.get().text();
        return Format.of(name).orElseThrow(() -> given.get().invalid("no node has the format '" + name
                + "'; known: b64, bin, bool, chr, int, node, null, xml, date, time, float (TND 7.7.2)"));
    }

    private static String defaultType(Format format) {
        return switch (format) {
            case NODE -> "";
            case BIN, B64 -> "application/octet-stream";
            case BOOL, CHR, INT, NULL, XML, DATE, TIME, FLOAT -> Value.DEFAULT_TYPE;
        };
    }
}
