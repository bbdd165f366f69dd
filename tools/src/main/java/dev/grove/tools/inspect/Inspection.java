package dev.grove.tools.inspect;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;

/** Shows documents and spells them anew: the one door to this package. */
public final class Inspection {

    private Inspection() {}

    /** In what form a document is shown. */
    public enum Form {
        /** A listing for people. */
        TEXT,
        /** Indented XML. */
        XML,
        /** JSON for programs. */
        JSON
    }

    /**
     * How a document is shown.
     *
     * @param showSecrets whether credentials, nonces and passwords are shown; else they are masked
     * @param valueCharacters how many characters of one value a listing shows; 0 for all
     * @param limits of the decoder
     */
    public record View(Form form, boolean showSecrets, int valueCharacters, Limits limits) {}

    /** What an indented or a minimal document, or one in WBXML, is to look like. */
    public record Target(Encoding encoding, boolean indented, WbxmlStyle style) {}

    /** The document in words. */
    public static String show(Input input, View view) throws Malformed {
        Document document = Document.read(input.document(), input.encoding(), view.limits());
        return switch (view.form()) {
            case TEXT -> listing(input, document, view);
            case XML -> xml(document, view);
            case JSON -> json(input, document, view);
        };
    }

    /** WBXML token by token, secrets included. */
    public static String tokens(Input input, Limits limits) throws Malformed {
        if (input.encoding() != Encoding.WBXML) {
            throw new Malformed(0, "", "only WBXML can be shown token by token; this is XML");
        }
        return TokenListing.of(input.document(), limits);
    }

    /** The document in another spelling. Everything stays, but comments, prefixes and, in WBXML, attributes. */
    public static Bytes respell(Input input, Target target, Limits limits) throws Malformed {
        Document document = Document.read(input.document(), input.encoding(), limits);
        Part root = Respelling.to(target.encoding(), new Nesting(limits).opened(document.root()));
        if (target.encoding() == Encoding.XML) {
            return PartWriter.xml(root, target.indented());
        }
        if (document.kind() == Document.Kind.OTHER && !root.namespace().startsWith("syncml:")
                && !root.namespace().startsWith("SYNCML:")) {
            throw new Malformed(0, root.name(), "only documents of SyncML, MetInf, DDF and TNDS have WBXML tokens");
        }
        return PartWriter.wbxml(root, target.style());
    }

    /** The attributes of a document, which WBXML cannot hold: how many there are. */
    public static int attributesOf(Input input, Limits limits) throws Malformed {
        return attributes(Document.read(input.document(), input.encoding(), limits).root());
    }

    private static int attributes(Part part) {
        return part.attributes().size() + part.children().mapToInt(Inspection::attributes).sum();
    }

    /** A hexadecimal dump for a terminal. */
    public static String dump(Bytes bytes) {
        return HexText.dump(bytes);
    }

    private static String listing(Input input, Document document, View view) throws Malformed {
        Secrets secrets = new Secrets(view.showSecrets());
        Lines out = new Lines(view.valueCharacters());
        out.add(source(input, document));
        if (document.kind() == Document.Kind.SYNCML) {
            Message message = SyncmlCodec.decode(input.document(), input.encoding(), view.limits());
            new MessageListing(out, input.encoding(), secrets, new Nesting(view.limits())).show(message);
        } else {
            PartListing.of(secrets.masked(document.root()), out).run();
        }
        return out.toString();
    }

    /** The first line: what it is written in. */
    private static String source(Input input, Document document) {
        String wrapping = switch (input.wrapping()) {
            case NONE -> "";
            case HEX -> " (from hexadecimal)";
            case BASE64 -> " (from base64)";
        };
        return switch (document.spelling()) {
            case Document.Spelling.Xml ignored -> "XML";
            case Document.Spelling.Wbxml(String version, String id, var charset) ->
                "WBXML " + version + ", " + id + ", " + charset;
        } + ", " + document.bytes().length() + " bytes" + wrapping;
    }

    private static String xml(Document document, View view) {
        Part opened = new Nesting(view.limits()).opened(document.root());
        Part masked = new Secrets(view.showSecrets()).masked(opened);
        return PartWriter.xml(Respelling.to(Encoding.XML, masked), true).utf8();
    }

    private static String json(Input input, Document document, View view) throws Malformed {
        Secrets secrets = new Secrets(view.showSecrets());
        Message message = document.kind() == Document.Kind.SYNCML
                ? SyncmlCodec.decode(input.document(), input.encoding(), view.limits())
                : null;
        return Json.object(json -> {
            json.text("kind", switch (document.kind()) {
                case SYNCML -> "syncml";
                case TREE -> "tree";
                case OTHER -> "xml";
            });
            json.number("bytes", document.bytes().length());
            spelling(json, document.spelling());
            if (message != null) {
                new MessageJson(json, input.encoding(), secrets, new Nesting(view.limits())).write(message);
            } else {
                new PartJson(json).root(secrets.masked(document.root()));
            }
        });
    }

    private static void spelling(Json json, Document.Spelling spelling) {
        switch (spelling) {
            case Document.Spelling.Xml ignored -> json.text("encoding", "xml");
            case Document.Spelling.Wbxml(String version, String id, var charset) ->
                json.text("encoding", "wbxml").child("wbxml", header -> header.text("version", version)
                        .text("publicId", id).text("charset", charset.name()));
        }
    }
}
