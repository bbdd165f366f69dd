package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import dev.grove.wire.Tokens.Attribute;
import dev.grove.wire.XmlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Elements and trees as JSON; docs/operations/command-line.md describes the shape. */
final class PartJson {

    private static final Set<String> NODE_MEMBERS = Set.of("NodeName", "Path", "Value", "Node", "RTProperties",
            "DFProperties");

    private final Json out;

    PartJson(Json out) {
        this.out = out;
    }

    /** The members {@code tree} or {@code element} of a document. */
    void root(Part root) {
        if (root.name().equals("MgmtTree")) {
            out.child("tree", tree -> tree(root));
        } else {
            out.child("element", element -> element(root));
        }
    }

    private void tree(Part tree) {
        optional("verDtd", tree.textAt("VerDTD"));
        optional("man", tree.textAt("Man"));
        optional("mod", tree.textAt("Mod"));
        others(tree, Set.of("VerDTD", "Man", "Mod", "Node"));
        nodes(tree);
    }

    private void nodes(Part parent) {
        if (parent.children("Node").findAny().isPresent()) {
            out.array("nodes", nodes -> parent.children("Node").forEach(node -> out.element(json -> node(node))));
        }
    }

    private void node(Part node) {
        out.text("name", node.textAt("NodeName"));
        optional("path", node.textAt("Path"));
        node.child("RTProperties").ifPresent(part -> properties("runtime", part));
        node.child("DFProperties").ifPresent(part -> properties("description", part));
        others(node, NODE_MEMBERS);
        node.child("Value").ifPresent(value -> value(value.content().size() == 1
                && value.content().getFirst() instanceof Content.Opaque(Bytes bytes)
                        ? bytes
                        : Bytes.utf8(value.text())));
        nodes(node);
    }

    /**
     * Properties by their names: {@code <Format><chr/></Format>} is {@code "Format": ["chr"]}, and
     * {@code <Type><MIME>text/plain</MIME></Type>} is {@code "Type": {"MIME": "text/plain"}}.
     */
    private void properties(String name, Part properties) {
        out.child(name, json -> properties.children().collect(Collectors.groupingBy(Part::name,
                LinkedHashMap::new, Collectors.toList())).forEach(this::property));
    }

    private void property(String name, List<Part> parts) {
        Part only = parts.getFirst();
        if (parts.size() == 1 && isText(only)) {
            out.text(name, only.text().strip());
        } else if (parts.size() == 1 && isChoice(only)) {
            out.array(name, words -> only.children().forEach(child -> out.element(child.name())));
        } else if (parts.size() == 1 && isRecord(only)) {
            out.child(name, json -> only.children().forEach(child -> out.text(child.name(), child.text().strip())));
        } else {
            out.array(name, list -> parts.forEach(part -> out.element(json -> element(part))));
        }
    }

    private static boolean isRecord(Part part) {
        return part.hasChildren() && part.attributes().isEmpty() && part.children().allMatch(PartJson::isText)
                && part.children().map(Part::name).distinct().count() == part.children().count();
    }

    private static boolean isText(Part part) {
        return !part.hasChildren() && part.attributes().isEmpty();
    }

    private static boolean isChoice(Part part) {
        return part.hasChildren() && part.attributes().isEmpty()
                && part.children().allMatch(child -> child.content().isEmpty() && child.attributes().isEmpty());
    }

    private void others(Part part, Set<String> known) {
        if (part.children().anyMatch(child -> !known.contains(child.name()))) {
            out.array("others", list -> part.children().filter(child -> !known.contains(child.name()))
                    .forEach(other -> out.element(json -> element(other))));
        }
    }

    /** Any element. */
    void element(Part part) {
        out.text("name", part.name());
        optional("namespace", part.namespace());
        if (!part.attributes().isEmpty()) {
            out.child("attributes", json -> part.attributes().forEach(this::attribute));
        }
        if (part.content().size() == 1 && !part.hasChildren()) {
            only(part.content().getFirst());
        } else if (!part.content().isEmpty()) {
            out.array("content", list -> part.content().forEach(this::piece));
        }
    }

    private void attribute(Attribute attribute) {
        String prefix = attribute.prefix().isEmpty() ? "" : attribute.prefix() + ":";
        out.text(prefix + attribute.name(), attribute.value());
    }

    private void only(Content piece) {
        switch (piece) {
            case Content.Text(String text) -> out.text("text", text);
            case Content.Opaque(Bytes bytes) -> out.text("base64", bytes.base64());
            case Content.Nested(Document document) -> out.child("document", json -> root(document.root()));
            case Content.Child(Part child) -> out.child("element", json -> element(child));
        }
    }

    private void piece(Content piece) {
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
