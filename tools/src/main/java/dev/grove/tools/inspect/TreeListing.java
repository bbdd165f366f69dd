package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
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

    void show(Part tree) {
        String maker = (tree.textAt("Man") + " " + tree.textAt("Mod")).strip();
        out.add("Management tree, DTD " + tree.textAt("VerDTD") + (maker.isEmpty() ? "" : ", of " + maker));
        tree.children().filter(child -> !Set.of("VerDTD", "Man", "Mod", "Node").contains(child.name()))
                .forEach(other -> out.inside(1, () -> new PartListing(out).show(other)));
        tree.children("Node").forEach(node -> out.inside(1, () -> node(node)));
    }

    private void node(Part node) {
        String path = node.textAt("Path");
        String name = node.textAt("NodeName");
        String interior = node.children("Node").findAny().isPresent() ? "/" : "";
        String head = Lines.visible((path.isEmpty() ? "" : path + " / ") + (name.isEmpty() ? "*" : name) + interior);
        String note = String.join(", ", notes(node));
        Part value = node.child("Value").orElse(null);
        if (value == null) {
            out.add(note.isEmpty() ? head : head + "  (" + note + ")");
        } else if (value.content().size() == 1 && value.content().getFirst() instanceof Content.Opaque(Bytes bytes)) {
            out.value(head, note, bytes);
        } else {
            out.value(head, note, value.text().strip());
        }
        out.inside(1, () -> details(node));
    }

    /** Format, type, and what may be done with the node. */
    private static List<String> notes(Part node) {
        Part run = node.child("RTProperties").orElse(null);
        Part described = node.child("DFProperties").orElse(null);
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
    private static String choice(@Nullable Part properties, String name) {
        return properties == null ? "" : properties.child(name).map(TreeListing::word).orElse("");
    }

    private static String choices(@Nullable Part properties, String name) {
        return properties == null
                ? ""
                : properties.child(name)
                        .map(part -> part.children().map(Part::name).collect(Collectors.joining(" "))).orElse("");
    }

    private static String word(Part part) {
        return part.children().findFirst()
                .map(child -> child.hasChildren() || child.text().isBlank()
                        ? child.children().findFirst().map(TreeListing::word).filter(w -> !w.isEmpty())
                                .orElse(child.name())
                        : child.text().strip())
                .orElse(part.text().strip());
    }

    private void details(Part node) {
        node.child("DFProperties").ifPresent(properties -> {
            out.remark(properties.textAt("DFTitle"));
            out.remark(properties.textAt("Description"));
            if (properties.child("DefaultValue").isPresent()) {
                out.value("default", "", properties.textAt("DefaultValue"));
            }
        });
        node.children().filter(part -> part.name().endsWith("Properties")).flatMap(Part::children)
                .filter(property -> !PLACED.contains(property.name()))
                .forEach(property -> new PartListing(out).show(property));
        node.children().filter(part -> !STRUCTURE.contains(part.name()))
                .forEach(other -> new PartListing(out).show(other));
        node.children("Node").forEach(this::node);
    }
}
