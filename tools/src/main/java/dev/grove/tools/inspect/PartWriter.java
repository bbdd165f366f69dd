package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.Tokens.Attribute;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.WbxmlWriter.PublicId;
import dev.grove.wire.XmlWriter;

/** Writes a {@link Part} that {@link Respelling} has made fit. */
final class PartWriter {

    private static final String OLD_NAMESPACE = "SYNCML:SYNCML1.1";
    private static final String NAMESPACE = "SYNCML:SYNCML1.2";

    private final TokenWriter out;
    private final boolean indented;

    private PartWriter(TokenWriter out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    /** XML, minimal or indented. */
    static Bytes xml(Part root, boolean indented) {
        XmlWriter out = new XmlWriter(4096, isOld(root) ? OLD_NAMESPACE : NAMESPACE);
        new PartWriter(out, indented).element(root, 0);
        return indented ? out.toBytes().plus(Bytes.utf8("\n")) : out.toBytes();
    }

    /** WBXML. */
    static Bytes wbxml(Part root, WbxmlStyle style) {
        PublicId id = publicId(root);
        WbxmlWriter out = new WbxmlWriter(4096, style.textualPublicId() ? id.asText() : id);
        new PartWriter(out, false).element(root, 0);
        byte[] document = out.toBytes().toArray();
        document[0] = (byte) style.minorVersion();
        return Bytes.wrap(document);
    }

    private static PublicId publicId(Part root) {
        if (root.name().equals("MgmtTree")) {
            return PublicId.DDF_1_2;
        }
        return isOld(root) ? PublicId.SYNCML_1_1 : PublicId.SYNCML_1_2;
    }

    private static boolean isOld(Part root) {
        return root.textAt("SyncHdr", "VerDTD").equals("1.1");
    }

    private void element(Part part, int depth) {
        out.start(part.namespace(), part.name());
        for (Attribute attribute : part.attributes()) {
            out.attribute(attribute);
        }
        boolean split = indented && part.hasChildren();
        for (Content piece : part.content()) {
            if (split) {
                newLine(depth + 1);
            }
            content(piece, depth + 1);
        }
        if (split) {
            newLine(depth);
        }
        out.end();
    }

    private void content(Content piece, int depth) {
        switch (piece) {
            case Content.Child(Part child) -> element(child, depth);
            case Content.Text(String text) -> out.text(text);
            case Content.Opaque(Bytes bytes) -> out.opaque(bytes);
            case Content.Nested(Document document) ->
                throw new IllegalStateException("a nested " + document.root().name() + " was not respelled");
        }
    }

    private void newLine(int depth) {
        out.text("\n" + "  ".repeat(depth));
    }
}
