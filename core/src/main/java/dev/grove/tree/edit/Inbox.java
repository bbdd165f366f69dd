package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.Placement.Graft;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Inbox ([STDOBJ 1.2 §5]): a server adds objects there of which it knows the identifier, and the device puts
 * each where its descriptions show objects of that identifier. Nothing ever stays in the Inbox, and nothing is read
 * from it.
 */
final class Inbox {

    /** The identifier that marks an interior node as the Inbox. */
    static final String MOID = "urn:oma:mo:oma-dm-inbox:1.0";

    private static final NodeUri INBOX = NodeUri.parse("./Inbox");
    private static final String PREFIX = INBOX + "/";

    private final Workspace work;

    Inbox(Workspace work) {
        this.work = work;
    }

    /** Whether {@code uri} is the Inbox: there is one place for it, and somebody must have said that it is there. */
    boolean is(NodeUri uri) {
        return uri.equals(INBOX) && (work.described(uri).map(d -> d.types().contains(MOID)).orElse(false)
                || work.tree().at(uri).map(node -> node.type().equals(MOID)).orElse(false));
    }

    /** Whether {@code uri} is the Inbox or below it. */
    boolean covers(NodeUri uri) {
        return uri.startsWith(INBOX) && is(INBOX);
    }

    /** Puts every object of the document in its place; one outcome for all. */
    Outcome place(NodeUri inbox, List<SubtreeNode> document) {
        Optional<Outcome> refusal = new AccessControl(work).refuse(Right.ADD, inbox);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Map<NodeUri, NodeUri> places = new LinkedHashMap<>();
        List<Graft> grafts = Placement.of(inbox, inbox, named(document));
        for (Graft graft : grafts) {
            if (graft.uri().segments().size() == inbox.segments().size() + 1) {
                Optional<NodeUri> place = placeFor(graft, places);
                if (place.isEmpty()) {
                    return Outcome.of(StatusCode.NOT_FOUND, "no description says where objects of type '"
                            + type(graft.node()) + "' are");
                }
                places.put(graft.uri(), place.get());
            }
        }
        List<Graft> moved = new ArrayList<>();
        for (Graft graft : grafts) {
            NodeUri uri = moved(graft.uri(), places);
            if (uri.equals(graft.uri())) {
                return Outcome.of(StatusCode.NOT_FOUND, "the document has no object for " + graft.uri());
            }
            moved.add(new Graft(uri, withReferences(graft.node(), inbox, places)));
        }
        return new Grafting(work).addAll(moved);
    }

    private static String type(SubtreeNode node) {
        return node.properties().getOrDefault(NodePart.TYPE, "");
    }

    /** Objects without a name get one that no other has, so that they can be told apart until they are placed. */
    private static List<SubtreeNode> named(List<SubtreeNode> document) {
        List<SubtreeNode> named = new ArrayList<>();
        for (SubtreeNode node : document) {
            named.add(node.name().isEmpty() && node.path() == null
                    ? new SubtreeNode("*" + (named.size() + 1), null, node.format(), node.properties(), node.value(),
                            node.children())
                    : node);
        }
        return named;
    }

    /** Under the node where such objects are; under its own name if that is free, or else under a number. */
    private Optional<NodeUri> placeFor(Graft graft, Map<NodeUri, NodeUri> taken) {
        Optional<Description.Place> place = work.description().placeOf(type(graft.node()));
        return place.map(found -> {
            DescriptionNode described = found.node();
            if (described.isNamed()) {
                return found.parent().child(described.name());
            }
            String name = graft.node().name();
            NodeUri wished = found.parent().child(name);
            for (int i = 1; name.startsWith("*") || work.at(wished).isPresent() || taken.containsValue(wished); i++) {
                name = Integer.toString(i);
                wished = found.parent().child(name);
            }
            return wished;
        });
    }

    private static NodeUri moved(NodeUri uri, Map<NodeUri, NodeUri> places) {
        for (Map.Entry<NodeUri, NodeUri> place : places.entrySet()) {
            if (uri.startsWith(place.getKey())) {
                int depth = place.getKey().segments().size();
                return place.getValue().resolve(new NodeUri(uri.segments().subList(depth, uri.segments().size())));
            }
        }
        return uri;
    }

    /** Values that name another object of the document, {@code ./Inbox/exampleNet}, name its place instead. */
    private static SubtreeNode withReferences(SubtreeNode node, NodeUri inbox, Map<NodeUri, NodeUri> places) {
        if (node.value() == null || !node.value().utf8().startsWith(PREFIX)) {
            return node;
        }
        try {
            NodeUri meant = NodeUri.parse(node.value().utf8());
            NodeUri inside = new NodeUri(meant.segments().subList(1, meant.segments().size()));
            NodeUri moved = moved(inbox.resolve(inside), places);
            return moved.equals(inbox.resolve(inside)) ? node
                    : new SubtreeNode(node.name(), node.path(), node.format(), node.properties(),
                            Bytes.utf8(moved.toString()), node.children());
        } catch (IllegalArgumentException notAUri) {
            return node;
        }
    }
}
