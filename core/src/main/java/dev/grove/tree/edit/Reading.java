package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.Optional;

/** Get of a leaf's value or of the names of an interior node's children ([REPPRO 1.2 §6.6]). */
final class Reading {

    private final Workspace work;
    private final AccessControl access;
    private final NodeChanges nodes;

    Reading(Workspace work) {
        this.work = work;
        this.access = new AccessControl(work);
        this.nodes = new NodeChanges(work);
    }

    Outcome get(NodeUri uri) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Node> node = work.at(uri);
        if (node.isEmpty()) {
            return missing(uri);
        }
        return refuse(uri).orElseGet(() -> Outcome.ok(uri.toString(), content(node.get())));
    }

    /** 404; but the Inbox does not even say what is not in it ([STDOBJ 1.2 §5]). */
    Outcome missing(NodeUri uri) {
        return new Inbox(work).covers(uri)
                ? Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "nothing is read from the Inbox (STDOBJ 5)")
                : NodeChanges.notFound(uri);
    }

    /** Why the requester may not Get a node that is there. */
    Optional<Outcome> refuse(NodeUri uri) {
        return access.refuse(Right.GET, uri).or(() -> nodes.refuseByDescription(uri, Access.GET))
                .or(() -> new Inbox(work).covers(uri) ? Optional.of(missing(uri)) : Optional.empty());
    }

    private static Value content(Node node) {
        return node.isInterior()
                ? new Value(Format.NODE, Value.DEFAULT_TYPE, Bytes.utf8(String.join("/", node.children().names())))
                : node.value();
    }
}
