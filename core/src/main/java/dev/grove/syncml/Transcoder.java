package dev.grove.syncml;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.Tokens;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.WbxmlWriter.PublicId;
import dev.grove.wire.XmlWriter;

/**
 * Turns documents of the SyncML family from one spelling into the other, or into readable XML: SyncML messages, TNDS
 * and DDF. Nothing is understood on the way but what the spellings themselves demand: a TNDS document inside of an item
 * is an embedded WBXML document on one side and elements on the other, and binary data is opaque on one side and base64
 * on the other; {@code Type} and {@code Format} of the item follow.
 *
 * <p>Comments, processing instructions, the document type and white space between elements are lost; WBXML has no place
 * for attributes.
 */
public final class Transcoder {

    private Transcoder() {}

    /** The spelling of a document, from its first bytes: WBXML begins with its version, XML with a character. */
    public static Encoding encodingOf(Bytes document) {
        if (document.isEmpty()) {
            return Encoding.XML;
        }
        byte first = document.at(0);
        boolean isUtf16 = first == 0 && document.length() > 1 && document.at(1) == '<';
        boolean isVersion = first >= 0 && first < 0x10 && !Character.isWhitespace(first);
        return isVersion && !isUtf16 ? Encoding.WBXML : Encoding.XML;
    }

    /** The document in the other spelling, or written anew in the same. */
    public static Bytes transcode(Bytes document, Encoding to, Limits limits) throws Malformed {
        Element root = read(document, limits);
        return switch (to) {
            case XML -> write(root, xmlWriter(root, document.length()));
            case WBXML -> write(new Embedding(limits).toWbxml(root), wbxmlWriter(root, document.length()));
        };
    }

    private static Bytes write(Element root, TokenWriter out) {
        Elements.write(root, out);
        return out.toBytes();
    }

    /** The document as XML with each element on a line of its own; ends with a line break. */
    public static String indented(Bytes document, Limits limits) throws Malformed {
        Element root = read(document, limits);
        XmlWriter out = xmlWriter(root, document.length());
        Elements.writeIndented(root, 0, out);
        return out.toBytes().utf8() + "\n";
    }

    /** The document as a tree in the form it has in XML, embedded documents included. */
    public static Element read(Bytes document, Limits limits) throws Malformed {
        return switch (encodingOf(document)) {
            case XML -> readXml(document, limits);
            case WBXML -> new Embedding(limits).toXml(root(Tokens.ofWbxml(document, limits)));
        };
    }

    private static Element readXml(Bytes document, Limits limits) throws Malformed {
        try {
            return root(Tokens.ofXml(document, limits));
        } catch (Malformed broken) {
            Bytes mended = document.length() > limits.maxBodyBytes()
                    ? document
                    : Tokens.withEscapedAmpersands(document);
            if (mended.equals(document)) {
                throw broken;
            }
            return root(Tokens.ofXml(mended, limits));
        }
    }

    static Element root(Tokens in) throws Malformed {
        in.nextTag();
        if (!in.name().equals("SyncML") && !in.name().equals("MgmtTree")) {
            throw in.malformed("the root element is SyncML or MgmtTree (REPPRO 6.1, TND 8.5)");
        }
        return Elements.read(in);
    }

    private static boolean isOld(Element root) {
        return root.child("SyncHdr").flatMap(header -> header.child("VerDTD")).filter(dtd -> dtd.text().equals("1.1"))
                .isPresent();
    }

    private static XmlWriter xmlWriter(Element root, int size) {
        return isOld(root) ? new XmlWriter(size, "SYNCML:SYNCML1.1") : new XmlWriter(size);
    }

    private static WbxmlWriter wbxmlWriter(Element root, int size) {
        if (root.name().equals("MgmtTree")) {
            return new WbxmlWriter(size, PublicId.DDF_1_2);
        }
        return new WbxmlWriter(size, isOld(root) ? PublicId.SYNCML_1_1 : PublicId.SYNCML_1_2);
    }
}
