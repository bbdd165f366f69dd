package dev.grove.tools.inspect;

import dev.grove.mo.DdfReader;
import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Content;
import dev.grove.syncml.Element.Text;
import dev.grove.tree.Description.Place;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.WbxmlHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The binary trees that Motorola's phones have on board, in the form that a device description has in XML ([TND 1.2
 * §8.5]): their tokens are no standard's, but what they say is.
 */
final class PhoneTree {

    private static final String NAMESPACE = "syncml:dmddf1.2";
    private static final int UNKNOWN_PUBLIC_ID = 1;
    /** The first byte of the body: their MgmtTree, with content. */
    private static final int ROOT = 0x5E;

    private PhoneTree() {}

    static boolean isOne(Bytes document, WbxmlHeader header) {
        return header.publicId() == UNKNOWN_PUBLIC_ID && header.bodyOffset() < document.length()
                && document.at(header.bodyOffset()) == ROOT;
    }

    static Element read(Bytes document, Limits limits) throws Malformed {
        List<Content> nodes = new ArrayList<>();
        nodes.add(leaf("VerDTD", "1.2"));
        for (Place place : DdfReader.read(document, limits).description().places()) {
            nodes.add(node(place.node()));
        }
        return new Element(NAMESPACE, "MgmtTree", nodes);
    }

    private static Child node(DescriptionNode node) {
        List<Content> parts = new ArrayList<>();
        parts.add(leaf("NodeName", node.name()));
        parts.add(element("DFProperties", properties(node)));
        node.children().forEach(child -> parts.add(node(child)));
        return element("Node", parts);
    }

    private static List<Content> properties(DescriptionNode node) {
        List<Content> properties = new ArrayList<>();
        properties.add(element("AccessType", node.access().stream().sorted().map(PhoneTree::access).toList()));
        String value = node.defaultValue();
        if (value != null) {
            properties.add(leaf("DefaultValue", value));
        }
        properties.add(element("DFFormat",
                node.formats().stream().sorted().map(format -> empty(format.wireName())).toList()));
        if (!node.types().isEmpty()) {
            properties.add(element("DFType", node.types().stream().map(type -> leaf("MIME", type)).toList()));
        }
        return properties;
    }

    private static Content access(Access access) {
        String name = access.name();
        return empty(name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
    }

    private static Content empty(String name) {
        return element(name, List.of());
    }

    private static Content leaf(String name, String text) {
        return element(name, text.isEmpty() ? List.of() : List.of(new Text(Data.of(text))));
    }

    private static Child element(String name, List<Content> content) {
        return new Child(new Element(NAMESPACE, name, content));
    }
}
