package dev.grove.tools.inspect;

import dev.grove.syncml.Encoding;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tokens;
import dev.grove.wire.WbxmlHeader;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * A document of the SyncML family as it was found.
 *
 * @param bytes all of it
 * @param spelling how it is written
 * @param root its outermost element
 */
public record Document(Bytes bytes, Spelling spelling, Part root) {

    /** What documents there are. */
    public enum Kind {
        /** A message of a session. */
        SYNCML,
        /** A device description, or a management tree (TNDS). */
        TREE,
        /** Any other XML. */
        OTHER
    }

    /** How a document is written. */
    public sealed interface Spelling {

        /** XML. */
        record Xml() implements Spelling {}

        /**
         * WBXML.
         *
         * @param version such as {@code 1.3}
         * @param publicId the public identifier as people write it, or its number if it is unknown
         */
        record Wbxml(String version, String publicId, Charset charset) implements Spelling {}
    }

    /** Reads a document whose encoding is known; in XML, ampersands that begin no reference are taken literally. */
    public static Document read(Bytes bytes, Encoding encoding, Limits limits) throws Malformed {
        return switch (encoding) {
            case XML -> new Document(bytes, new Spelling.Xml(), xml(bytes, limits));
            case WBXML -> new Document(bytes, wbxml(WbxmlHeader.read(bytes)),
                    PartReader.read(Tokens.ofWbxml(bytes, limits)));
        };
    }

    private static Part xml(Bytes bytes, Limits limits) throws Malformed {
        try {
            return PartReader.read(Tokens.ofXml(bytes, limits));
        } catch (Malformed malformed) {
            Bytes mended = bytes.length() > limits.maxBodyBytes() ? bytes : Tokens.withEscapedAmpersands(bytes);
            if (mended.equals(bytes)) {
                throw malformed;
            }
            return PartReader.read(Tokens.ofXml(mended, limits));
        }
    }

    Encoding encoding() {
        return switch (spelling) {
            case Spelling.Xml ignored -> Encoding.XML;
            case Spelling.Wbxml ignored -> Encoding.WBXML;
        };
    }

    Kind kind() {
        return switch (root.name()) {
            case "SyncML" -> Kind.SYNCML;
            case "MgmtTree" -> Kind.TREE;
            default -> Kind.OTHER;
        };
    }

    /** The version of the document type that a message or tree names; empty if it names none. */
    String verDtd() {
        return kind() == Kind.SYNCML ? root.textAt("SyncHdr", "VerDTD") : root.textAt("VerDTD");
    }

    Document with(Part otherRoot) {
        return new Document(bytes, spelling, otherRoot);
    }

    static Spelling.Wbxml wbxml(WbxmlHeader header) {
        return new Spelling.Wbxml((header.version() >> 4) + 1 + "." + (header.version() & 0x0F), publicId(header),
                header.charset());
    }

    private static String publicId(WbxmlHeader header) {
        return header.publicId() == 0 ? header.publicText() : switch (header.publicId()) {
            case 1 -> "unknown";
            case 0xFD1 -> "-//SYNCML//DTD SyncML 1.0//EN";
            case 0xFD3 -> "-//SYNCML//DTD SyncML 1.1//EN";
            case 0xFD4 -> "-//SYNCML//DTD DevInf 1.1//EN";
            case 0x1201 -> "-//SYNCML//DTD SyncML 1.2//EN";
            case 0x1202 -> "-//SYNCML//DTD MetInf 1.2//EN";
            case 0x1203 -> "-//SYNCML//DTD DevInf 1.2//EN";
            default -> String.format(Locale.ROOT, "0x%X", header.publicId());
        };
    }
}
