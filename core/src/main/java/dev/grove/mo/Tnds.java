package dev.grove.mo;

import dev.grove.mo.TreeDocument.Content;
import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.tree.edit.SubtreeFormat;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag.Ddf;
import dev.grove.wire.TokenWriter;
import dev.grove.wire.Tokens;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.XmlWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TNDS: a sub-tree as one document ([TNDS 1.2 §9]). Read liberally: properties may be missing, any namespace, any
 * minor version, both spellings whatever the media type says. Written strictly, in DTD order.
 */
public final class Tnds implements SubtreeFormat {

    /** Reads both spellings, writes XML. */
    public static final Tnds XML = new Tnds(Limits.DEFAULT, false);

    /** Reads both spellings, writes WBXML. */
    public static final Tnds WBXML = new Tnds(Limits.DEFAULT, true);

    private final Limits limits;
    private final boolean writesWbxml;

    public Tnds(Limits limits, boolean writesWbxml) {
        this.limits = limits;
        this.writesWbxml = writesWbxml;
    }

    @Override
    public boolean isDocument(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        String base = (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return base.equals(TNDS_XML) || base.equals(TNDS_WBXML);
    }

    // ---- reading

    @Override
    public List<SubtreeNode> read(Value document) throws Malformed {
        return read(document.data());
    }

    /** The nodes at the top of a document. */
    public List<SubtreeNode> read(Bytes document) throws Malformed {
        Tokens in = TreeDocument.open(document, limits);
        List<SubtreeNode> nodes = new ArrayList<>();
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            if (tag == Ddf.NODE) {
                nodes.add(node(in));
            } else if (tag == Ddf.VER_DTD) {
                checkVersion(in);
            } else {
                in.skip();
            }
        }
        if (nodes.isEmpty()) {
            throw in.malformed("a MgmtTree has at least one Node (TNDS 9)");
        }
        return nodes;
    }

    private static void checkVersion(Tokens in) throws Malformed {
        String version = in.leaf();
        if (!version.startsWith("1.")) {
            throw in.malformed("the VerDTD of a tree document is 1.something (TNDS 9)");
        }
    }

    private static SubtreeNode node(Tokens in) throws Malformed {
        String name = "";
        NodeUri path = null;
        Content content = null;
        Properties properties = new Properties();
        List<SubtreeNode> children = new ArrayList<>();
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Ddf.NODE_NAME -> name = name(in);
                case Ddf.PATH -> path = path(in);
                case Ddf.RT_PROPERTIES -> properties.read(in);
                case Ddf.NODE -> children.add(node(in));
                case Ddf.VALUE -> content = Content.read(in);
                default -> in.skip();
            }
        }
        Format format = properties.format != null ? properties.format
                : children.isEmpty() && !properties.isObject ? null : Format.NODE;
        return new SubtreeNode(name, path, format, properties.texts, value(in, content, format), children);
    }

    private static @Nullable Bytes value(Tokens in, @Nullable Content content, @Nullable Format format)
            throws Malformed {
        if (content == null) {
            return null;
        }
        try {
            return content.value(format == null ? Format.CHR : format);
        } catch (IllegalArgumentException notBase64) {
            throw in.malformed("a binary Value is base64 in XML (TND 7.7.2)");
        }
    }

    private static String name(Tokens in) throws Malformed {
        String name = in.leaf();
        if (!name.isEmpty()) {
            NodeUri parsed = uri(in, name);
            if (parsed.segments().size() != 1) {
                throw in.malformed("a NodeName is one segment of a URI (TND 7.4)");
            }
        }
        return name;
    }

    /** Below the node that the command aims at; the slashes and dots that people put around it mean nothing. */
    private static NodeUri path(Tokens in) throws Malformed {
        String path = in.leaf();
        int from = path.startsWith("./") ? 2 : path.startsWith("/") ? 1 : 0;
        int to = path.endsWith("/") && path.length() > from ? path.length() - 1 : path.length();
        String inner = path.substring(from, to);
        return inner.isEmpty() || inner.equals(".") ? NodeUri.ROOT : uri(in, inner);
    }

    private static NodeUri uri(Tokens in, String text) throws Malformed {
        try {
            return NodeUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** What an RTProperties element says. */
    private static final class Properties {
        final Map<NodePart, String> texts = new EnumMap<>(NodePart.class);
        @Nullable
        Format format;
        boolean isObject;

        void read(Tokens in) throws Malformed {
            for (int tag; (tag = in.nextTag()) != Tokens.END;) {
                switch (tag) {
                    case Ddf.ACL -> texts.put(NodePart.ACL, in.leaf());
                    case Ddf.FORMAT -> format = TreeDocument.format(in).orElse(format);
                    case Ddf.NAME -> texts.put(NodePart.NAME, in.leaf());
                    case Ddf.SIZE -> texts.put(NodePart.SIZE, in.leaf());
                    case Ddf.TITLE -> texts.put(NodePart.TITLE, in.leaf());
                    case Ddf.TSTAMP -> texts.put(NodePart.TSTAMP, in.leaf());
                    case Ddf.TYPE -> type(in);
                    case Ddf.VER_NO -> texts.put(NodePart.VERNO, in.leaf());
                    default -> in.skip();
                }
            }
        }

        private void type(Tokens in) throws Malformed {
            for (int tag; (tag = in.nextTag()) != Tokens.END;) {
                isObject |= tag == Ddf.DDF_NAME;
                texts.put(NodePart.TYPE, in.leaf());
            }
        }
    }

    // ---- writing

    @Override
    public Value write(List<SubtreeNode> nodes) {
        TokenWriter out = writesWbxml ? new WbxmlWriter(1024, WbxmlWriter.PublicId.DDF_1_2) : new XmlWriter(1024);
        out.start(Ddf.MGMT_TREE);
        out.leaf(Ddf.VER_DTD, "1.2");
        nodes.forEach(node -> write(out, node));
        out.end();
        return writesWbxml ? new Value(Format.BIN, TNDS_WBXML, out.toBytes())
                : new Value(Format.XML, TNDS_XML, out.toBytes());
    }

    private void write(TokenWriter out, SubtreeNode node) {
        out.start(Ddf.NODE);
        out.leaf(Ddf.NODE_NAME, node.name());
        if (node.path() != null) {
            out.leaf(Ddf.PATH, String.join("/", node.path().segments()));
        }
        writeProperties(out, node);
        node.children().forEach(child -> write(out, child));
        if (node.value() != null) {
            writeValue(out, node.format() == null ? Format.CHR : node.format(), node.value());
        }
        out.end();
    }

    private static void writeProperties(TokenWriter out, SubtreeNode node) {
        Map<NodePart, String> texts = node.properties();
        if (texts.isEmpty()) {
            return;
        }
        out.start(Ddf.RT_PROPERTIES);
        optional(out, Ddf.ACL, texts.get(NodePart.ACL));
        if (node.format() != null && texts.containsKey(NodePart.FORMAT)) {
            out.start(Ddf.FORMAT);
            out.empty(TreeDocument.tag(node.format()));
            out.end();
        }
        optional(out, Ddf.NAME, texts.get(NodePart.NAME));
        optional(out, Ddf.SIZE, texts.get(NodePart.SIZE));
        optional(out, Ddf.TITLE, texts.get(NodePart.TITLE));
        optional(out, Ddf.TSTAMP, texts.get(NodePart.TSTAMP));
        String type = texts.get(NodePart.TYPE);
        if (type != null) {
            out.start(Ddf.TYPE);
            out.leaf(node.format() == Format.NODE ? Ddf.DDF_NAME : Ddf.MIME, type);
            out.end();
        }
        optional(out, Ddf.VER_NO, texts.get(NodePart.VERNO));
        out.end();
    }

    private static void optional(TokenWriter out, int tag, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            out.leaf(tag, text);
        }
    }

    private void writeValue(TokenWriter out, Format format, Bytes value) {
        out.start(Ddf.VALUE);
        boolean binary = format == Format.B64 || format == Format.BIN;
        if (binary && writesWbxml) {
            out.opaque(value);
        } else {
            out.text(binary ? value.base64() : value.utf8());
        }
        out.end();
    }
}
