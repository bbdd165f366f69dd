package dev.grove.tools.inspect;

import dev.grove.tools.json.JsonWriter;
import dev.grove.syncml.Element;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Spelling;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.syncml.Transcoder;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.WbxmlHeader;

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

    /**
     * How a document is spelled anew.
     *
     * @param indented whether XML has each element on a line of its own
     * @param wbxmlMinor 1, 2 or 3: what WBXML is marked with, 1.1, 1.2 or 1.3
     */
    public record Target(Spelling spelling, boolean indented, int wbxmlMinor) {}

    /** The document in words. */
    public static String show(Input input, View view) throws Malformed {
        Document document = Document.read(input, view.limits());
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
        Bytes document = standard(input, limits);
        if (target.spelling().encoding() == Encoding.XML) {
            return target.indented()
                    ? Bytes.utf8(Transcoder.indented(document, limits))
                    : Transcoder.transcode(document, target.spelling(), limits);
        }
        byte[] wbxml = Transcoder.transcode(document, target.spelling(), limits).toArray();
        wbxml[0] = (byte) target.wbxmlMinor();
        return Bytes.wrap(wbxml);
    }

    /** The document itself, or in XML if its tokens are of no standard. */
    private static Bytes standard(Input input, Limits limits) throws Malformed {
        boolean isPhoneTree = input.encoding() == Encoding.WBXML
                && PhoneTree.isOne(input.document(), WbxmlHeader.read(input.document()));
        return isPhoneTree ? Transcoder.xml(PhoneTree.read(input.document(), limits)) : input.document();
    }

    /** The attributes of a document, which WBXML cannot hold: how many there are. */
    public static int attributesOf(Input input, Limits limits) throws Malformed {
        return attributes(Document.read(input, limits).root());
    }

    private static int attributes(Element element) {
        return element.attributes().size() + element.elements().mapToInt(Inspection::attributes).sum();
    }

    /** A hexadecimal dump for a terminal. */
    public static String dump(Bytes bytes) {
        return HexText.dump(bytes);
    }

    private static String listing(Input input, Document document, View view) throws Malformed {
        Secrets secrets = secrets(view);
        Lines out = new Lines(view.valueCharacters());
        out.add(source(input, document));
        if (document.kind() == Document.Kind.SYNCML) {
            Message message = SyncmlCodec.decode(input.document(), input.encoding(), view.limits());
            new MessageListing(out, input.encoding(), secrets, new Nested(view.limits())).show(message);
        } else {
            ElementListing.of(secrets.masked(document.root()), out).run();
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
        return Transcoder.indented(secrets(view).masked(document.root()));
    }

    private static Secrets secrets(View view) {
        return new Secrets(view.showSecrets(), new Nested(view.limits()));
    }

    private static String json(Input input, Document document, View view) throws Malformed {
        Secrets secrets = secrets(view);
        Message message = document.kind() == Document.Kind.SYNCML
                ? SyncmlCodec.decode(input.document(), input.encoding(), view.limits())
                : null;
        return JsonWriter.object(json -> {
            json.text("kind", switch (document.kind()) {
                case SYNCML -> "syncml";
                case TREE -> "tree";
                case OTHER -> "xml";
            });
            json.number("bytes", document.bytes().length());
            spelling(json, document.spelling());
            if (message != null) {
                new MessageJson(json, input.encoding(), secrets, new Nested(view.limits())).write(message);
            } else {
                new ElementJson(json).root(secrets.masked(document.root()));
            }
        });
    }

    private static void spelling(JsonWriter json, Document.Spelling spelling) {
        switch (spelling) {
            case Document.Spelling.Xml ignored -> json.text("encoding", "xml");
            case Document.Spelling.Wbxml(String version, String id, var charset) ->
                json.text("encoding", "wbxml").child("wbxml", header -> header.text("version", version)
                        .text("publicId", id).text("charset", charset.name()));
        }
    }
}
