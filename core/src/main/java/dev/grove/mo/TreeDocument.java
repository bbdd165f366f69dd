package dev.grove.mo;

import dev.grove.tree.Format;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag.Ddf;
import dev.grove.wire.Token;
import dev.grove.wire.Tokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What DDF and TNDS have in common: one DTD, one code page, two spellings ([TND 1.2 §8.5], [TNDS 1.2 §9]). */
final class TreeDocument {

    private TreeDocument() {}

    /** A cursor on the root element of a document in whichever spelling it is. */
    static Tokens open(Bytes document, Limits limits) throws Malformed {
        Tokens in = cursor(document, limits);
        checkRoot(in, in.nextTag());
        return in;
    }

    /** A cursor before the root element. */
    static Tokens cursor(Bytes document, Limits limits) throws Malformed {
        return isWbxml(document) ? Tokens.ofWbxml(document, limits) : Tokens.ofXml(document, limits);
    }

    static void checkRoot(Tokens in, int root) throws Malformed {
        if (root != Ddf.MGMT_TREE) {
            throw in.malformed("the root of a tree document is MgmtTree (TND 8.5)");
        }
    }

    /** WBXML begins with its version, 1.0 to 1.3; XML with a letter, a blank or a byte order mark. */
    static boolean isWbxml(Bytes document) {
        return !document.isEmpty() && document.at(0) >= 0 && document.at(0) <= 3
                && !(document.length() > 1 && document.at(0) == 0 && document.at(1) == '<');
    }

    /** The format that the one child of the open element says, such as {@code <int/>}; reads to the element's end. */
    static Optional<Format> format(Tokens in) throws Malformed {
        Format found = null;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            Format format = format(tag);
            found = format == null ? found : format;
            in.skip();
        }
        return Optional.ofNullable(found);
    }

    private static @Nullable Format format(int tag) {
        return switch (tag) {
            case Ddf.FORMAT_B64 -> Format.B64;
            case Ddf.FORMAT_BIN -> Format.BIN;
            case Ddf.FORMAT_BOOL -> Format.BOOL;
            case Ddf.FORMAT_CHR -> Format.CHR;
            case Ddf.FORMAT_INT -> Format.INT;
            case Ddf.FORMAT_NODE -> Format.NODE;
            case Ddf.FORMAT_NULL -> Format.NULL;
            case Ddf.FORMAT_XML -> Format.XML;
            case Ddf.FORMAT_DATE -> Format.DATE;
            case Ddf.FORMAT_TIME -> Format.TIME;
            case Ddf.FORMAT_FLOAT -> Format.FLOAT;
            default -> null;
        };
    }

    /** The element that stands for a format. */
    static int tag(Format format) {
        return switch (format) {
            case B64 -> Ddf.FORMAT_B64;
            case BIN -> Ddf.FORMAT_BIN;
            case BOOL -> Ddf.FORMAT_BOOL;
            case CHR -> Ddf.FORMAT_CHR;
            case INT -> Ddf.FORMAT_INT;
            case NODE -> Ddf.FORMAT_NODE;
            case NULL -> Ddf.FORMAT_NULL;
            case XML -> Ddf.FORMAT_XML;
            case DATE -> Ddf.FORMAT_DATE;
            case TIME -> Ddf.FORMAT_TIME;
            case FLOAT -> Ddf.FORMAT_FLOAT;
        };
    }

    /** The content of a {@code Value} as it stands in the document. */
    record Content(Token kind, String text, Bytes bytes) {

        static Content read(Tokens in) throws Malformed {
            Token kind = in.content();
            return new Content(kind, kind == Token.OPAQUE ? "" : in.text(),
                    kind == Token.OPAQUE ? in.bytes() : Bytes.EMPTY);
        }

        /**
         * The value in its native form: characters of a binary value are base64.
         *
         * @throws IllegalArgumentException if they are not
         */
        Bytes value(Format format) {
            if (kind == Token.OPAQUE) {
                return bytes;
            }
            boolean binary = format == Format.B64 || format == Format.BIN;
            boolean characters = format == Format.CHR || format == Format.XML;
            return binary ? Bytes.base64(text) : Bytes.utf8(characters ? text : text.strip());
        }
    }
}
