package dev.grove.tools.inspect;

import dev.grove.syncml.Element;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Transcoder;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.WbxmlHeader;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * A document of the SyncML family as it was found.
 *
 * @param bytes all of it
 * @param spelling how it is written
 * @param root its outermost element, in the form it has in XML
 */
record Document(Bytes bytes, Spelling spelling, Element root) {

    /** What documents there are. */
    enum Kind {
        /** A message of a session. */
        SYNCML,
        /** A device description, or a management tree (TNDS). */
        TREE,
        /** Any other XML. */
        OTHER
    }

    /** How a document is written. */
    sealed interface Spelling {

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

    static Document read(Input input, Limits limits) throws Malformed {
        if (input.encoding() == Encoding.XML) {
            return new Document(input.document(), new Spelling.Xml(), Transcoder.read(input.document(), limits));
        }
        WbxmlHeader header = WbxmlHeader.read(input.document());
        Element root = PhoneTree.isOne(input.document(), header)
                ? PhoneTree.read(input.document(), limits)
                : Transcoder.read(input.document(), limits);
        return new Document(input.document(), wbxml(header), root);
    }

    Kind kind() {
        return switch (root.name()) {
            case "SyncML" -> Kind.SYNCML;
            case "MgmtTree" -> Kind.TREE;
            default -> Kind.OTHER;
        };
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
