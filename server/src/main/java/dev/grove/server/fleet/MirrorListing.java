package dev.grove.server.fleet;

import dev.grove.mo.Tnds;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Placement;
import dev.grove.tree.edit.Placement.Graft;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whole sub-trees in the mirror: what a structure query tells ([TND 1.2 §7.6]), and what a TNDS document puts there. A
 * listing names all the nodes that there are; what it does not name is gone.
 */
final class MirrorListing {

    private static final Tnds DOCUMENTS = new Tnds(new Limits(256 << 20, 256, 2_000_000, 256 << 20), false);
    private static final int MAX_NODES = 1_000_000;

    private final DeviceMirror mirror;
    private final Instant now;

    MirrorListing(DeviceMirror mirror, Instant now) {
        this.mirror = mirror;
        this.now = now;
    }

    static boolean isDocument(Value value) {
        return DOCUMENTS.isDocument(value.type());
    }

    /** The device has listed a sub-tree. */
    void listed(Address asked, String form, List<Outcome.Result> results) {
        String name = form.toLowerCase(Locale.ROOT);
        List<MirrorNode> told = new ArrayList<>();
        for (Outcome.Result result : results) {
            Optional<NodeUri> uri = MirrorUpdate.uriOf(result.uri());
            if (uri.isPresent() && (isDocument(result.value()) || name.startsWith("tnds"))) {
                told.addAll(document(uri.get(), result.value(), false));
            } else if (uri.isPresent()) {
                told.add(node(uri.get(), result.value(), name.equals("structdata")));
            }
        }
        if (!told.isEmpty()) {
            replace(asked instanceof Address.Absolute(NodeUri start, var _) ? start : told.getFirst().uri(), told);
        }
    }

    /** A document was put at a node, where it stays beside what is there. */
    void added(NodeUri target, Value document) {
        document(target, document, isChildMeant(target)).forEach(this::put);
    }

    /** A document took the place of a sub-tree. */
    void replaced(NodeUri target, Value document) {
        List<MirrorNode> nodes = document(target, document, isChildMeant(target));
        if (!nodes.isEmpty()) {
            replace(nodes.getFirst().uri(), nodes);
        }
    }

    private boolean isChildMeant(NodeUri target) {
        return !target.isRoot() && mirror.find(target.child(target.name())).isPresent();
    }

    private void replace(NodeUri start, List<MirrorNode> nodes) {
        Set<NodeUri> named = new HashSet<>();
        for (MirrorNode node : nodes) {
            for (NodeUri uri = node.uri(); named.add(uri) && !uri.isRoot();) {
                uri = uri.parent();
            }
        }
        for (MirrorNode known : mirror.below(start, MAX_NODES)) {
            if (!named.contains(known.uri())) {
                mirror.remove(known.uri());
            }
        }
        nodes.forEach(this::put);
    }

    /** What is told without a value leaves the value that is known, if it may still be that. */
    private void put(MirrorNode told) {
        Value value = told.value();
        boolean isKnown = !told.isRead() && mirror.find(told.uri()).filter(MirrorNode::isRead)
                .map(MirrorNode::value).filter(known -> value == null || known.format() == value.format()).isPresent();
        if (!isKnown) {
            mirror.put(told);
        }
    }

    private MirrorNode node(NodeUri uri, Value value, boolean hasData) {
        boolean isInterior = value.format() == Format.NODE;
        String type = isInterior && value.type().equals(Value.DEFAULT_TYPE) ? "" : value.type();
        return new MirrorNode(uri, new Value(value.format(), type, isInterior ? Bytes.EMPTY : value.data()),
                hasData || isInterior, now);
    }

    /** The nodes of a document; none if it is no document after all. */
    private List<MirrorNode> document(NodeUri target, Value value, boolean childIsMeant) {
        try {
            List<SubtreeNode> document = DOCUMENTS.read(value);
            NodeUri base = Placement.base(target, document, childIsMeant);
            return Placement.of(base, target, document).stream().map(this::node).toList();
        } catch (Malformed _) {
            return List.of();
        }
    }

    private MirrorNode node(Graft graft) {
        SubtreeNode node = graft.node();
        Bytes data = node.value();
        if (node.format() == null && data == null && node.children().isEmpty()) {
            return new MirrorNode(graft.uri(), null, now);
        }
        Format format = node.format() != null ? node.format() : node.children().isEmpty() ? Format.CHR : Format.NODE;
        String type = node.properties().getOrDefault(NodePart.TYPE, "");
        boolean isInterior = format == Format.NODE;
        return new MirrorNode(graft.uri(),
                new Value(format, type, isInterior || data == null ? Bytes.EMPTY : data).orDefaultType(),
                isInterior || data != null, now);
    }
}
