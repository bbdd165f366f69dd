package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import dev.grove.wire.Tokens.Attribute;

/** Any element as a person reads it: one line an element, its children indented. */
final class PartListing {

    private final Lines out;

    PartListing(Lines out) {
        this.out = out;
    }

    /** Shows a document by its root: a tree as a tree, anything else element by element. */
    static Runnable of(Part root, Lines out) {
        return root.name().equals("MgmtTree")
                ? () -> new TreeListing(out).show(root)
                : () -> new PartListing(out).show(root);
    }

    void show(Part part) {
        StringBuilder head = new StringBuilder(part.name());
        for (Attribute attribute : part.attributes()) {
            head.append(' ').append(attribute.name()).append("=\"").append(Lines.visible(attribute.value()))
                    .append('"');
        }
        if (part.content().isEmpty()) {
            out.add(head.toString());
        } else if (part.content().size() == 1 && part.content().getFirst() instanceof Content.Opaque(Bytes bytes)) {
            out.value(head.toString(), "", bytes);
        } else if (!part.hasChildren()) {
            out.value(head.toString(), "", part.text().strip());
        } else {
            out.add(head.toString());
            part.content().forEach(piece -> out.inside(1, () -> piece(piece)));
        }
    }

    private void piece(Content piece) {
        switch (piece) {
            case Content.Child(Part child) -> show(child);
            case Content.Text(String text) -> out.value("-", "", text.strip());
            case Content.Opaque(Bytes bytes) -> out.value("-", "", bytes);
            case Content.Nested(Document document) -> of(document.root(), out).run();
        }
    }
}
