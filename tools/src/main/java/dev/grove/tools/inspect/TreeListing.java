package dev.grove.tools.inspect;

import dev.grove.syncml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@code MgmtTree} as a person reads it: one line a node, with what its properties say of it. */
final class TreeListing {

    private static final Set<String> STRUCTURE = Set.of("NodeName", "Path", "RTProperties", "DFProperties", "Node",
            "Value");
    // Properties with a place of their own in a line.
    private static final Set<String> PLACED = Set.of("Format", "DFFormat", "Type", "DFType", "AccessType",
            "Occurrence", "Scope", "DFTitle", "Description", "DefaultValue");

    private final Lines out;

    TreeListing(Lines out) {
        this.out = out;
    }

    void show(Element tree) {
        String maker = (tree.textAt("Man") + " " + tree.textAt("Mod")).strip();
        out.add("Management tree, DTD " + tree.textAt("VerDTD") + (maker.isEmpty() ? "" : ", of " + maker));
        tree.elements().filter(child -> !Set.of("VerDTD", "Man", "Mod", "Node").contains(child.name()))
                .forEach(other -> out.inside(1, () -> new ElementListing(out).show(other)));
        tree.elements("Node").forEach(node -> out.inside(1, () -> node(node)));
    }

    private void node(Element node) {
        String path = node.textAt("Path");
        String name = node.textAt("NodeName");
        String interior = node.elements("Node").findAny().isPresent() ? "/" : "";
        String head = Lines.visible((path.isEmpty() ? "" : path + " / ") + (name.isEmpty() ? "*" : name) + interior);
        String note = String.join(", ", notes(node));
        Element value = node.child("Value").orElse(null);
        if (value == null) {
            out.add(note.isEmpty() ? head : head + "  (" + note + ")");
        } else {
            out.value(head, note, ElementListing.bytes(value));
        }
        out.inside(1, () -> details(node));
    }

    /** Format, type, and what may be done with the node. */
    private static List<String> notes(Element node) {
        Element run = node.child("RTProperties").orElse(null);
        Element described = node.child("DFProperties").orElse(null);
        List<String> notes = new ArrayList<>();
        notes.add(choice(run, "Format"));
        notes.add(choice(described, "DFFormat"));
        notes.add(choice(run, "Type"));
        notes.add(choice(described, "DFType"));
        notes.add(choices(described, "AccessType"));
        notes.add(choice(described, "Occurrence"));
        notes.add(choice(described, "Scope"));
        notes.removeIf(String::isEmpty);
        return notes;
    }

    /** What an element with one of several children, or a text, says: {@code <Format><chr/></Format>}. */
    private static String choice(@Nullable Element properties, String name) {
        return properties == null ? "" : properties.child(name).map(TreeListing::word).orElse("");
    }

    private static String choices(@Nullable Element properties, String name) {
        return properties == null
                ? ""
                : properties.child(name)
                        .map(part -> part.elements().map(Element::name).collect(Collectors.joining(" "))).orElse("");
    }

    private static String word(Element part) {
        return part.elements().findFirst()
                .map(child -> child.elements().findAny().isPresent() || child.text().isBlank()
                        ? child.elements().findFirst().map(TreeListing::word).filter(w -> !w.isEmpty())
                                .orElse(child.name())
                        : child.text().strip())
                .orElse(part.text().strip());
    }

    private void details(Element node) {
        node.child("DFProperties").ifPresent(properties -> {
            out.remark(properties.textAt("DFTitle"));
            out.remark(properties.textAt("Description"));
            if (properties.child("DefaultValue").isPresent()) {
                out.value("default", "", properties.textAt("DefaultValue"));
            }
        });
        node.elements().filter(part -> part.name().endsWith("Properties")).flatMap(Element::elements)
                .filter(property -> !PLACED.contains(property.name()))
                .forEach(property -> new ElementListing(out).show(property));
        node.elements().filter(part -> !STRUCTURE.contains(part.name()))
                .forEach(other -> new ElementListing(out).show(other));
        node.elements("Node").forEach(this::node);
    }
}
