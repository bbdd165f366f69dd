package dev.grove.tools.inspect;

import dev.grove.syncml.Encoding;
import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import dev.grove.wire.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the content of a document fit the other spelling, so that it still means the same ([METINF 1.2 §5.3], [DMTNDS
 * 1.2 §7]):
 *
 * <ul>
 * <li>to XML: binary data becomes base64 of format {@code b64}; a tree in opaque WBXML becomes mark-up, and its type
 * ends with {@code +xml};
 * <li>to WBXML: base64 of format {@code bin} becomes opaque bytes; a tree in mark-up becomes opaque WBXML, and its
 * type ends with {@code +wbxml}.
 * </ul>
 */
final class Respelling {

    private final Encoding to;

    private Respelling(Encoding to) {
        this.to = to;
    }

    /** What becomes of a value, and what its item has to say about it from now on. */
    private record Change(Content data, @Nullable String format, @Nullable String type) {}

    /** The element as it is to be written in the encoding; nested documents must have been opened. */
    static Part to(Encoding encoding, Part part) {
        return new Respelling(encoding).respelled(part, "", "");
    }

    private Part respelled(Part part, String outerFormat, String outerType) {
        String format = or(part.textAt("Meta", "Format"), outerFormat);
        String type = or(part.textAt("Meta", "Type"), outerType);
        if (part.name().equals("Item")) {
            return item(part, format, type);
        }
        Part inner = part.withContent(part.content().stream().map(piece -> piece instanceof Content.Child(Part child)
                ? new Content.Child(respelled(child, format, type))
                : piece).toList());
        return inner.name().equals("Node") ? node(inner) : raised(part, inner);
    }

    /** What the only item of a command came to say anew stands where it stood before: in the Meta of the command. */
    private static Part raised(Part before, Part command) {
        Part item = command.child("Item").orElse(null);
        Part meta = command.child("Meta").orElse(null);
        if (item == null || meta == null || command.children("Item").count() != 1) {
            return command;
        }
        Part itemBefore = before.child("Item").orElse(item);
        Part result = command;
        for (String name : List.of("Format", "Type")) {
            String text = item.textAt("Meta", name);
            if (!text.isEmpty() && itemBefore.textAt("Meta", name).isEmpty() && meta.child(name).isPresent()) {
                meta = withChild(meta, name, text);
                item = without(item, name);
                result = replaced(replaced(result, "Meta", meta), "Item", item);
            }
        }
        return result;
    }

    private static Part without(Part item, String name) {
        Part meta = item.child("Meta").orElseThrow();
        Part rest = meta.withContent(meta.content().stream()
                .filter(piece -> !(piece instanceof Content.Child(Part child) && child.name().equals(name))).toList());
        return rest.content().isEmpty()
                ? item.withContent(item.content().stream()
                        .filter(piece -> !(piece instanceof Content.Child(Part child) && child.name().equals("Meta")))
                        .toList())
                : replaced(item, "Meta", rest);
    }

    private static String or(String own, String outer) {
        return own.isEmpty() ? outer : own;
    }

    private Part item(Part item, String format, String type) {
        Part data = item.child("Data").orElse(null);
        Change change = data == null || data.content().size() != 1
                ? null
                : change(data.content().getFirst(), format, type);
        if (data == null || change == null) {
            return item;
        }
        Part changed = replaced(item, "Data", data.withContent(List.of(change.data())));
        return withMeta(changed, change.format(), change.type());
    }

    private @Nullable Change change(Content data, String format, String type) {
        return switch (data) {
            case Content.Nested(Document document) -> nested(document, type);
            case Content.Child(Part root) -> inLine(respelled(root, "", ""), type);
            case Content.Opaque(Bytes bytes) -> to == Encoding.XML && isBinary(bytes, format)
                    ? new Change(new Content.Text(bytes.base64()), "b64", null)
                    : null;
            case Content.Text(String text) -> to == Encoding.WBXML && format.equalsIgnoreCase("bin")
                    ? new Change(unwrapped(text), null, null)
                    : null;
        };
    }

    private Change inLine(Part root, String type) {
        return to == Encoding.WBXML && root.name().equals("MgmtTree")
                ? new Change(new Content.Opaque(PartWriter.wbxml(root, WbxmlStyle.USUAL)), null,
                        spoken(type, "+xml", "+wbxml"))
                : new Change(new Content.Child(root), null, null);
    }

    /** A tree in WBXML goes in-line into XML; characters of XML stay characters everywhere. */
    private Change nested(Document document, String type) {
        if (document.encoding() == Encoding.XML) {
            return new Change(XmlText.isText(document.bytes())
                    ? new Content.Text(document.bytes().utf8())
                    : new Content.Opaque(document.bytes()), null, null);
        }
        return to == Encoding.XML
                ? new Change(new Content.Child(respelled(document.root(), "", "")), null,
                        spoken(type, "+wbxml", "+xml"))
                : new Change(new Content.Opaque(document.bytes()), null, null);
    }

    private static @Nullable String spoken(String type, String from, String to) {
        return type.endsWith(from) ? type.substring(0, type.length() - from.length()) + to : null;
    }

    private static boolean isBinary(Bytes bytes, String format) {
        return format.equalsIgnoreCase("bin") || !XmlText.isText(bytes);
    }

    private static Content unwrapped(String base64) {
        try {
            return new Content.Opaque(Bytes.base64(base64));
        } catch (IllegalArgumentException notBase64) {
            return new Content.Text(base64);
        }
    }

    /** The value of a node of a tree; its format is an element. */
    private Part node(Part node) {
        Part value = node.child("Value").orElse(null);
        if (value == null || value.content().size() != 1) {
            return node;
        }
        Part properties = node.child("RTProperties").orElse(null);
        Part format = properties == null ? null : properties.child("Format").orElse(null);
        boolean bin = format != null && format.child("bin").isPresent();
        Change change = change(value.content().getFirst(), bin ? "bin" : "", "");
        if (change == null) {
            return node;
        }
        Part changed = replaced(node, "Value", value.withContent(List.of(change.data())));
        if (change.format() == null || properties == null || format == null || !bin) {
            return changed;
        }
        Part base64 = new Part(format.namespace(), change.format(), List.of(), List.of());
        Part newFormat = format.withContent(List.of(new Content.Child(base64)));
        return replaced(changed, "RTProperties", replaced(properties, "Format", newFormat));
    }

    private static Part replaced(Part part, String name, Part by) {
        return part.withContent(part.content().stream().map(piece -> piece instanceof Content.Child(Part child)
                && child.name().equals(name) ? new Content.Child(by) : piece).toList());
    }

    /** An item that says so itself, whatever its command says. */
    private static Part withMeta(Part item, @Nullable String format, @Nullable String type) {
        if (format == null && type == null) {
            return item;
        }
        Part meta = item.child("Meta").orElse(new Part(item.namespace(), "Meta", List.of(), List.of()));
        Part typed = type == null ? meta : withChild(meta, "Type", type);
        Part changed = format == null ? typed : withChild(typed, "Format", format);
        if (item.child("Meta").isPresent()) {
            return replaced(item, "Meta", changed);
        }
        List<Content> content = new ArrayList<>();
        for (Content piece : item.content()) {
            if (piece instanceof Content.Child(Part child) && child.name().equals("Data")) {
                content.add(new Content.Child(changed));
            }
            content.add(piece);
        }
        return item.withContent(content);
    }

    /** With an element of MetInf; a new one stands first. */
    private static Part withChild(Part meta, String name, String text) {
        Part child = new Part("syncml:metinf", name, List.of(), List.of(new Content.Text(text)));
        if (meta.child(name).isPresent()) {
            return replaced(meta, name, child);
        }
        return meta.withContent(Stream.concat(Stream.of(new Content.Child(child)), meta.content().stream()).toList());
    }
}
