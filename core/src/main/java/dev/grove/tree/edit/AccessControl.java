package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.Acl;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.Optional;

/** Which rights an operation needs, and which a new node gives ([TND 1.2 §7.7.1]). */
final class AccessControl {

    private final Workspace work;

    AccessControl(Workspace work) {
        this.work = work;
    }

    /** Whether the requester holds the right on the node; for a node that is not there, on the nearest one above. */
    boolean allows(Right right, NodeUri uri) {
        return switch (work.who) {
            case Requester.Device device -> true;
            case Requester.Server(String id) -> !work.setup.rules().has(Feature.ACCESS_CONTROL)
                    || work.tree().effectiveAcl(uri).allows(right, id);
        };
    }

    /** 425 if the right is missing. */
    Optional<Outcome> refuse(Right right, NodeUri uri) {
        return allows(right, uri) ? Optional.empty() : denied(right + " on " + uri);
    }

    /**
     * 425 unless the requester may change the node's ACL: Replace on the node above and, for an interior node only,
     * Replace on the node itself does too ([TND 1.2 §7.7.1.3]). The root has nothing above it.
     */
    Optional<Outcome> refuseAclChange(NodeUri uri, Node node) {
        boolean allowed = (node.isInterior() && allows(Right.REPLACE, uri))
                || (!uri.isRoot() && allows(Right.REPLACE, uri.parent()));
        return allowed ? Optional.empty() : denied("Replace on " + uri + (node.isInterior() ? " or" : ":")
                + " the node above");
    }

    private static Optional<Outcome> denied(String right) {
        return Optional.of(Outcome.of(StatusCode.PERMISSION_DENIED, "the ACL does not give " + right + " (TND 7.7.1)"));
    }

    /**
     * The list of a new node: none, so that it inherits; but an interior node whose creator cannot Replace the node
     * above gives its creator Add, Delete and Replace ([TND 1.2 §7.7.1.3]).
     */
    Acl forNew(NodeUri uri, boolean interior) {
        if (!interior || allows(Right.REPLACE, uri.parent())
                || !(work.who instanceof Requester.Server(String id)) || !Acl.isIdentifier(id)) {
            return Acl.NONE;
        }
        Acl own = Acl.NONE.with(Right.ADD, id).with(Right.DELETE, id).with(Right.REPLACE, id);
        return work.setup.rules().has(Feature.CREATOR_LISTS_ALLOW_GET) ? own.with(Right.GET, Acl.EVERYONE) : own;
    }
}
