package dev.grove.tree.edit;

import dev.grove.tree.NodeUri;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the nodes of a TNDS document are meant to be ([TNDS 1.2 §9]). */
public final class Placement {

    /** A node of a document, at the place where it is meant to be. */
    public record Graft(NodeUri uri, SubtreeNode node) {}

    private Placement() {}

    /**
     * The node that the document's names start under: the target. But a document whose first node has the target's own
     * name is taken as one of the target itself, unless there is a reason to think otherwise.
     */
    public static NodeUri base(NodeUri target, List<SubtreeNode> document, boolean childIsMeant) {
        boolean itself = !childIsMeant && !target.isRoot() && !document.isEmpty()
                && document.getFirst().path() == null && document.getFirst().name().equals(target.name());
        return itself ? target.parent() : target;
    }

    /** All nodes with their URIs, those above before those below. */
    public static List<Graft> of(NodeUri base, NodeUri target, List<SubtreeNode> document) {
        Placing placing = new Placing(base);
        for (SubtreeNode node : document) {
            boolean itself = node.name().isEmpty() && node.path() == null;
            placing.place(node, itself ? target : placing.uri(node, base));
        }
        placing.grafts.sort(Comparator.comparingInt(graft -> graft.uri().segments().size()));
        return placing.grafts;
    }

    /** Collects nodes with their URIs; a Path starts at the base, wherever the node stands in the document. */
    private record Placing(NodeUri base, List<Graft> grafts) {
        Placing(NodeUri base) {
            this(base, new ArrayList<>());
        }

        NodeUri uri(SubtreeNode node, NodeUri above) {
            NodeUri parent = node.path() == null ? above : base.resolve(node.path());
            return node.name().isEmpty() ? parent : parent.child(node.name());
        }

        void place(SubtreeNode node, NodeUri uri) {
            grafts.add(new Graft(uri, node));
            node.children().forEach(child -> place(child, uri(child, uri)));
        }
    }
}
