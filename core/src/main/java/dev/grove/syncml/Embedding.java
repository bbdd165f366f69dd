package dev.grove.syncml;

import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Content;
import dev.grove.syncml.Element.Text;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tokens;
import dev.grove.wire.WbxmlWriter;
import dev.grove.wire.WbxmlWriter.PublicId;
import dev.grove.wire.XmlText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the data of items from the form of one spelling into that of the other, see {@link Transcoder}. The way of an
 * embedded tree is that of libwbxml: a complete WBXML document in the opaque, and its {@code Type} rewritten
 * ([TNDS 1.2 §9], [DM Bootstrap 1.2 §5]).
 */
final class Embedding {

    private static final String WBXML_SUFFIX = "+wbxml";
    private static final String XML_SUFFIX = "+xml";

    private final Limits limits;
    private int elements;

    Embedding(Limits limits) {
        this.limits = limits;
    }

    /** A document that was WBXML, as it is in XML. */
    Element toXml(Element root) throws Malformed {
        elements = count(root);
        return toXml(root, Meta.NONE, "");
    }

    private static int count(Element element) {
        int count = 1;
        for (Content content : element.children()) {
            count += content instanceof Child(Element child) ? count(child) : 0;
        }
        return count;
    }

    private Element toXml(Element element, Meta outer, String above) throws Malformed {
        String path = above.isEmpty() ? element.name() : above + "/" + element.name();
        if (element.name().equals("Item")) {
            return itemToXml(element, outer, path);
        }
        Meta meta = meta(element, outer);
        List<Content> children = new ArrayList<>();
        for (Content content : element.children()) {
            children.add(content instanceof Child(Element child) ? new Child(toXml(child, meta, path)) : content);
        }
        return element.with(children);
    }

    private Element itemToXml(Element item, Meta outer, String path) throws Malformed {
        Element data = item.child("Data").orElse(null);
        if (data == null || data.children().isEmpty()) {
            return item;
        }
        Meta meta = meta(item, outer);
        String type = meta.type() == null ? "" : meta.type();
        if (data.child("MgmtTree").isPresent()) {
            return retyped(item, type, XML_SUFFIX);
        }
        if (type.endsWith(WBXML_SUFFIX) && data.children().getFirst() instanceof Text(Data.Opaque(Bytes embedded))) {
            Element tree = embedded(embedded, path + "/Data");
            return retyped(withData(item, new Child(tree)), type, XML_SUFFIX);
        }
        Bytes bytes = bytes(data);
        if ("bin".equalsIgnoreCase(meta.format()) || !XmlText.isText(bytes)) {
            return formatted(withData(item, new Text(Data.of(bytes.base64()))), "b64");
        }
        return withData(item, new Text(Data.of(bytes.utf8())));
    }

    private Element embedded(Bytes document, String path) throws Malformed {
        Limits rest = new Limits(limits.maxBodyBytes(), limits.maxDepth(), Math.max(1, limits.maxElements() - elements),
                limits.maxTextBytes());
        try {
            Element tree = Transcoder.root(Tokens.ofWbxml(document, rest));
            elements += count(tree);
            return tree;
        } catch (Malformed e) {
            throw new Malformed(e.offset(), e.path().isEmpty() ? path : path + "/" + e.path(),
                    "in the embedded document: " + e.rule());
        }
    }

    /** A document that was XML, as it is in WBXML. */
    Element toWbxml(Element root) {
        return toWbxml(root, Meta.NONE);
    }

    private Element toWbxml(Element element, Meta outer) {
        if (element.name().equals("Item")) {
            return itemToWbxml(element, outer);
        }
        Meta meta = meta(element, outer);
        List<Content> children = new ArrayList<>();
        for (Content content : element.children()) {
            children.add(content instanceof Child(Element child) ? new Child(toWbxml(child, meta)) : content);
        }
        return element.with(children);
    }

    private Element itemToWbxml(Element item, Meta outer) {
        Element data = item.child("Data").orElse(null);
        if (data == null) {
            return item;
        }
        Meta meta = meta(item, outer);
        Element tree = data.child("MgmtTree").orElse(null);
        if (tree != null) {
            WbxmlWriter out = new WbxmlWriter(512, PublicId.DDF_1_2);
            Elements.write(tree, out);
            Element embedding = withData(item, new Text(new Data.Opaque(out.toBytes())));
            return retyped(embedding, meta.type() == null ? "" : meta.type(), WBXML_SUFFIX);
        }
        if ("bin".equalsIgnoreCase(meta.format())) {
            return binary(item, data);
        }
        return item;
    }

    /** In XML, the format {@code bin} can only mean base64. */
    private static Element binary(Element item, Element data) {
        try {
            return withData(item, new Text(new Data.Opaque(Bytes.base64(data.text()))));
        } catch (IllegalArgumentException notBase64) {
            return item;
        }
    }

    private static Bytes bytes(Element data) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Content content : data.children()) {
            joined.writeBytes(switch (content) {
                case Text(Data part) -> part.bytes().toArray();
                case Child(Element child) -> Bytes.utf8(child.text()).toArray();
            });
        }
        return Bytes.wrap(joined.toByteArray());
    }

    private static Element withData(Element item, Content content) {
        return replaced(item, "Data", item.child("Data").orElseThrow().with(List.of(content)));
    }

    /** The item with the ending of its own {@code Type} changed, if it has a type of trees. */
    private static Element retyped(Element item, String type, String suffix) {
        int plus = type.lastIndexOf('+');
        boolean isOurs = type.endsWith(WBXML_SUFFIX) || type.endsWith(XML_SUFFIX);
        return isOurs ? withMeta(item, "Type", type.substring(0, plus) + suffix) : item;
    }

    private static Element formatted(Element item, String format) {
        return withMeta(item, "Format", format);
    }

    /** The item with an element of its meta set to a text; the meta is made if there is none. */
    private static Element withMeta(Element item, String name, String text) {
        Element meta = item.child("Meta").orElse(null);
        Element leaf = new Element("syncml:metinf", name, List.of(new Text(Data.of(text))));
        if (meta == null) {
            List<Content> children = new ArrayList<>(item.children());
            int data = children.indexOf(new Child(item.child("Data").orElseThrow()));
            children.add(data, new Child(new Element(item.namespace(), "Meta", List.of(new Child(leaf)))));
            return item.with(children);
        }
        Element holder = meta.child("MetInf").orElse(meta);
        Element changed = replaced(holder, name, leaf);
        return replaced(item, "Meta", holder.equals(meta) ? changed : replaced(meta, "MetInf", changed));
    }

    /** The element with its first child of that name replaced, or with a new first child. */
    private static Element replaced(Element element, String name, Element replacement) {
        List<Content> children = new ArrayList<>(element.children());
        Element old = element.child(name).orElse(null);
        if (old == null) {
            children.addFirst(new Child(replacement));
        } else {
            children.set(children.indexOf(new Child(old)), new Child(replacement));
        }
        return element.with(children);
    }

    /** Format and type that hold for the data below an element. */
    private static Meta meta(Element element, Meta outer) {
        Element meta = element.child("Meta").orElse(null);
        if (meta == null) {
            return outer;
        }
        Element holder = meta.child("MetInf").orElse(meta);
        return Meta.of(holder.child("Format").map(Element::text).orElse(null),
                holder.child("Type").map(Element::text).orElse(null)).within(outer);
    }
}
