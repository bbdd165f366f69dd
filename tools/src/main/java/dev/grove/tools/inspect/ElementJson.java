package dev.grove.tools.inspect;

import dev.grove.tools.json.JsonWriter;
import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.wire.Bytes;
import dev.grove.wire.Tokens.Attribute;
import dev.grove.wire.XmlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Elements and trees as JSON; docs/operations/command-line.md describes the shape. */
final class ElementJson {

    private static final Set<String> NODE_MEMBERS = Set.of("NodeName", "Path", "Value", "Node", "RTProperties",
            "DFProperties");

    private final JsonWriter out;

    ElementJson(JsonWriter out) {
        this.out = out;
    }

    /** The members {@code tree} or {@code element} of a document. */
    void root(Element root) {
        if (root.name().equals("MgmtTree")) {
            out.child("tree", tree -> tree(root));
        } else {
            out.child("element", element -> element(root));
        }
    }

    private void tree(Element tree) {
        optional("verDtd", tree.textAt("VerDTD"));
        optional("man", tree.textAt("Man"));
        optional("mod", tree.textAt("Mod"));
        others(tree, Set.of("VerDTD", "Man", "Mod", "Node"));
        nodes(tree);
    }

    private void nodes(Element parent) {
        if (parent.elements("Node").findAny().isPresent()) {
            out.array("nodes", nodes -> parent.elements("Node").forEach(node -> out.element(json -> node(node))));
        }
    }

    private void node(Element node) {
        out.text("name", node.textAt("NodeName"));
        optional("path", node.textAt("Path"));
        node.child("RTProperties").ifPresent(part -> properties("runtime", part));
        node.child("DFProperties").ifPresent(part -> properties("description", part));
        others(node, NODE_MEMBERS);
        node.child("Value").ifPresent(value -> value(ElementListing.bytes(value)));
        nodes(node);
    }

    /**
     * Properties by their names: {@code <Format><chr/></Format>} is {@code "Format": ["chr"]}, and
     * {@code <Type><MIME>text/plain</MIME></Type>} is {@code "Type": {"MIME": "text/plain"}}.
     */
    private void properties(String name, Element properties) {
        out.child(name, json -> properties.elements().collect(Collectors.groupingBy(Element::name,
                LinkedHashMap::new, Collectors.toList())).forEach(this::property));
    }

    private void property(String name, List<Element> parts) {
        Element only = parts.getFirst();
        if (parts.size() == 1 && isText(only)) {
            out.text(name, only.text().strip());
        } else if (parts.size() == 1 && isChoice(only)) {
            out.array(name, words -> only.elements().forEach(child -> out.element(child.name())));
        } else if (parts.size() == 1 && isRecord(only)) {
            out.child(name, json -> only.elements().forEach(child -> out.text(child.name(), child.text().strip())));
        } else {
            out.array(name, list -> parts.forEach(part -> out.element(json -> element(part))));
        }
    }

    private static boolean isRecord(Element part) {
        return hasElements(part) && part.attributes().isEmpty() && part.elements().allMatch(ElementJson::isText)
                && part.elements().map(Element::name).distinct().count() == part.elements().count();
    }

    private static boolean hasElements(Element element) {
        return element.elements().findAny().isPresent();
    }

    private static boolean isText(Element part) {
        return !hasElements(part) && part.attributes().isEmpty();
    }

    private static boolean isChoice(Element part) {
        return hasElements(part) && part.attributes().isEmpty()
                && part.elements().allMatch(child -> child.children().isEmpty() && child.attributes().isEmpty());
    }

    private void others(Element part, Set<String> known) {
        if (part.elements().anyMatch(child -> !known.contains(child.name()))) {
            out.array("others", list -> part.elements().filter(child -> !known.contains(child.name()))
                    .forEach(other -> out.element(json -> element(other))));
        }
    }

    /** Any element. */
    void element(Element part) {
        out.text("name", part.name());
        optional("namespace", part.namespace());
        if (!part.attributes().isEmpty()) {
            out.child("attributes", json -> part.attributes().forEach(this::attribute));
        }
        if (part.children().size() == 1 && !hasElements(part)) {
            only(part.children().getFirst());
        } else if (!part.children().isEmpty()) {
            out.array("content", list -> part.children().forEach(this::piece));
        }
    }

    private void attribute(Attribute attribute) {
        String prefix = attribute.prefix().isEmpty() ? "" : attribute.prefix() + ":";
        out.text(prefix + attribute.name(), attribute.value());
    }

    private void only(Element.Content piece) {
        switch (piece) {
            case Element.Child(Element child) -> out.child("element", json -> element(child));
            case Element.Text(Data.Text(String text)) -> out.text("text", text);
            case Element.Text(Data.Markup(String xml)) -> out.text("text", xml);
            case Element.Text(Data.Opaque(Bytes bytes)) -> out.text("base64", bytes.base64());
        }
    }

    private void piece(Element.Content piece) {
        out.element(json -> only(piece));
    }

    /** A value: {@code value} if it is text, else {@code valueBase64}. */
    void value(Bytes bytes) {
        if (XmlText.isText(bytes)) {
            out.text("value", bytes.utf8());
        } else {
            out.text("valueBase64", bytes.base64());
        }
    }

    private void optional(String name, String text) {
        if (!text.isEmpty()) {
            out.text(name, text);
        }
    }
}
