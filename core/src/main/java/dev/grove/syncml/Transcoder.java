package dev.grove.syncml;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
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

    // What a writer begins with.
    private static final int SIZE = 4096;

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
        return transcode(document, Spelling.of(to), limits);
    }

    /** The document in a spelling with options. */
    public static Bytes transcode(Bytes document, Spelling to, Limits limits) throws Malformed {
        Element root = read(document, limits);
        return switch (to.encoding()) {
            case XML -> xml(root);
            case WBXML -> {
                checkFamily(root);
                WbxmlWriter out = wbxmlWriter(root, to.textualPublicId());
                Elements.write(new Embedding(limits).toWbxml(root), out);
                yield out.toBytes();
            }
        };
    }

    /** The document as XML with each element on a line of its own; ends with a line break. */
    public static String indented(Bytes document, Limits limits) throws Malformed {
        return indented(read(document, limits));
    }

    /** XML with each element on a line of its own; ends with a line break. */
    public static String indented(Element root) {
        XmlWriter out = xmlWriter(root);
        Elements.writeIndented(root, 0, out);
        return out.toBytes().utf8() + "\n";
    }

    /** Minimal XML. */
    public static Bytes xml(Element root) {
        XmlWriter out = xmlWriter(root);
        Elements.write(root, out);
        return out.toBytes();
    }

    /**
     * The document as a tree in the form it has in XML, embedded documents included. XML may have any root: documents
     * of other families can be looked at, and written as XML.
     */
    public static Element read(Bytes document, Limits limits) throws Malformed {
        return switch (encodingOf(document)) {
            case XML -> readXml(document, limits);
            case WBXML -> new Embedding(limits).toXml(root(Tokens.ofWbxml(document, limits)));
        };
    }

    private static Element readXml(Bytes document, Limits limits) throws Malformed {
        try {
            return anyRoot(Tokens.ofXml(document, limits));
        } catch (Malformed broken) {
            Bytes mended = document.length() > limits.maxBodyBytes()
                    ? document
                    : Tokens.withEscapedAmpersands(document);
            if (mended.equals(document)) {
                throw broken;
            }
            return anyRoot(Tokens.ofXml(mended, limits));
        }
    }

    private static Element anyRoot(Tokens in) throws Malformed {
        in.nextTag();
        return Elements.read(in);
    }

    static Element root(Tokens in) throws Malformed {
        Element root = anyRoot(in);
        checkFamily(root);
        return root;
    }

    private static void checkFamily(Element root) throws Malformed {
        if (!root.name().equals("SyncML") && !root.name().equals("MgmtTree")) {
            throw new Malformed(0, root.name(),
                    "the root element of a WBXML document is SyncML or MgmtTree (REPPRO 6.1, TND 8.5)");
        }
    }

    private static boolean isOld(Element root) {
        return root.textAt("SyncHdr", "VerDTD").equals("1.1");
    }

    private static XmlWriter xmlWriter(Element root) {
        return isOld(root) ? new XmlWriter(SIZE, "SYNCML:SYNCML1.1") : new XmlWriter(SIZE);
    }

    private static WbxmlWriter wbxmlWriter(Element root, boolean textualPublicId) {
        PublicId id = root.name().equals("MgmtTree")
                ? PublicId.DDF_1_2
                : isOld(root) ? PublicId.SYNCML_1_1 : PublicId.SYNCML_1_2;
        return new WbxmlWriter(SIZE, textualPublicId ? id.asText() : id);
    }
}
