package dev.grove.mo;

import dev.grove.tree.Description;
import dev.grove.tree.Description.Place;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import java.time.Instant;

/** A tree as a description says that it is when the device leaves the factory. */
public final class DescribedTree {

    private DescribedTree() {}

    /** The named nodes of which there is always one, with their default values, in an otherwise empty tree. */
    public static Tree of(Description description, Instant now) {
        return plant(Tree.empty(now), description, now);
    }

    /** {@code tree} with the described nodes that are missing; what is there stays as it is. */
    public static Tree plant(Tree tree, Description description, Instant now) {
        Tree grown = tree;
        for (Place place : description.places()) {
            DescriptionNode node = place.node();
            if (node.name().equals(".")) {
                grown = plantChildren(grown, NodeUri.ROOT, node, now);
            } else if (node.isNamed() && node.occurrence().least() > 0) {
                grown = plantOne(interiorsTo(grown, place.parent(), now), place.parent(), node, now);
            }
        }
        return grown;
    }

    private static Tree interiorsTo(Tree tree, NodeUri uri, Instant now) {
        if (tree.has(uri)) {
            return tree;
        }
        Tree above = interiorsTo(tree, uri.parent(), now);
        return above.with(uri, Node.interior("", now).asPermanent());
    }

    private static Tree plantOne(Tree tree, NodeUri parent, DescriptionNode described, Instant now) {
        NodeUri uri = parent.child(described.name());
        Tree grown = tree;
        if (!tree.has(uri)) {
            Node node = Node.of(described.initialValue(), now);
            grown = tree.with(uri, described.scope() == Scope.PERMANENT ? node.asPermanent() : node);
        }
        return plantChildren(grown, uri, described, now);
    }

    private static Tree plantChildren(Tree tree, NodeUri uri, DescriptionNode described, Instant now) {
        Tree grown = tree;
        for (DescriptionNode child : described.children()) {
            if (child.isNamed() && child.occurrence().least() > 0) {
                grown = plantOne(grown, uri, child, now);
            }
        }
        return grown;
    }
}
