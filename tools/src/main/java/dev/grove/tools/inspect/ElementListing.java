package dev.grove.tools.inspect;

import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.wire.Bytes;
import dev.grove.wire.Tokens.Attribute;

/** Any element as a person reads it: one line an element, its children indented. */
final class ElementListing {

    private final Lines out;

    ElementListing(Lines out) {
        this.out = out;
    }

    /** Shows a document by its root: a tree as a tree, anything else element by element. */
    static Runnable of(Element root, Lines out) {
        return root.name().equals("MgmtTree")
                ? () -> new TreeListing(out).show(root)
                : () -> new ElementListing(out).show(root);
    }

    void show(Element part) {
        StringBuilder head = new StringBuilder(part.name());
        for (Attribute attribute : part.attributes()) {
            head.append(' ').append(attribute.name()).append("=\"").append(Lines.visible(attribute.value()))
                    .append('"');
        }
        if (part.children().isEmpty()) {
            out.add(head.toString());
        } else if (part.children().size() == 1
                && part.children().getFirst() instanceof Element.Text(Data.Opaque(Bytes bytes))) {
            out.value(head.toString(), "", bytes);
        } else if (part.elements().findAny().isEmpty()) {
            out.value(head.toString(), "", part.text().strip());
        } else {
            out.add(head.toString());
            part.children().forEach(piece -> out.inside(1, () -> piece(piece)));
        }
    }

    /** The value of an element without elements. */
    static Bytes bytes(Element element) {
        return element.children().size() == 1
                && element.children().getFirst() instanceof Element.Text(Data.Opaque(Bytes bytes))
                        ? bytes
                        : Bytes.utf8(element.text());
    }

    private void piece(Element.Content piece) {
        switch (piece) {
            case Element.Child(Element child) -> show(child);
            case Element.Text(Data.Opaque(Bytes bytes)) -> out.value("-", "", bytes);
            case Element.Text(Data data) -> out.value("-", "", data.text().strip());
        }
    }
}
