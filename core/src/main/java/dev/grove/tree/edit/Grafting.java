package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.Acl;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.Placement.Graft;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Add and Replace of a node or, if the value is a TNDS document, of a whole sub-tree ([REPPRO 1.2 §6.6],
 * [TNDS 1.2]). A document is so many ordinary commands, all or none, with one outcome: that of the first that fails,
 * with the URI of its node.
 */
final class Grafting {

    private final Workspace work;
    private final NodeChanges nodes;
    private final AccessControl access;

    Grafting(Workspace work) {
        this.work = work;
        this.nodes = new NodeChanges(work);
        this.access = new AccessControl(work);
    }

    Outcome add(NodeUri target, Value value) {
        if (!work.setup.tnds().isDocument(value.type())) {
            return nodes.add(target, value);
        }
        return read(target, value, document -> {
            if (new Inbox(work).is(target)) {
                return new Inbox(work).place(target, document);
            }
            return addAll(Placement.of(Placement.base(target, document, work.at(target).isPresent()), target,
                    document));
        });
    }

    Outcome replace(NodeUri target, Value value) {
        if (!work.setup.tnds().isDocument(value.type())) {
            return nodes.replace(target, value);
        }
        return read(target, value, document -> {
            Optional<Node> node = work.at(target);
            if (node.isEmpty()) {
                return NodeChanges.notFound(target);
            }
            NodeUri base = Placement.base(target, document, node.get().child(target.name()).isPresent());
            return replaceAll(Placement.of(base, target, document));
        });
    }

    private interface Action {
        Outcome apply(List<SubtreeNode> document);
    }

    private Outcome read(NodeUri target, Value value, Action action) {
        if (!work.setup.rules().has(Feature.TNDS)) {
            return Outcome.of(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT, "TNDS is not supported here");
        }
        List<SubtreeNode> document;
        try {
            document = work.setup.tnds().read(value);
        } catch (Malformed e) {
            return Outcome.of(StatusCode.BAD_REQUEST, "TNDS for " + target + ": " + e.getMessage());
        }
        return action.apply(document);
    }

    // ---- Add

    Outcome addAll(List<Graft> grafts) {
        for (Graft graft : grafts) {
            Outcome outcome = nodes.add(graft.uri(), value(graft.node()));
            if (!outcome.status().isSuccess()) {
                return Outcome.of(outcome.status(), graft.uri().toString());
            }
        }
        return setProperties(grafts);
    }

    private static Value value(SubtreeNode node) {
        Format format = format(node);
        String type = node.properties().getOrDefault(NodePart.TYPE, "");
        return new Value(format, type, node.value() == null || format == Format.NODE ? Bytes.EMPTY : node.value());
    }

    /** Absent: an interior node if something stands in it, or else text. */
    private static Format format(SubtreeNode node) {
        return node.format() != null ? node.format() : node.children().isEmpty() ? Format.CHR : Format.NODE;
    }

    /**
     * Titles and ACLs, as far as the requester could have set them by commands of their own. Lists come last and from
     * below to above: a list may well take from its sender the right to add what the document has below.
     */
    private Outcome setProperties(List<Graft> grafts) {
        for (Graft graft : grafts.reversed()) {
            Node node = work.tree().at(graft.uri()).orElseThrow();
            String title = graft.node().properties().get(NodePart.TITLE);
            if (title != null && !title.equals(node.title())) {
                Outcome outcome = new PropertyAccess(work).replace(graft.uri(), "Title", Value.text(title));
                if (outcome.status().equals(StatusCode.REQUEST_ENTITY_TOO_LARGE)) {
                    return outcome;
                }
            }
            Optional<Outcome> refusal = setAcl(graft);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return NodeChanges.OK;
    }

    private Optional<Outcome> setAcl(Graft graft) {
        String text = graft.node().properties().get(NodePart.ACL);
        Node node = work.tree().at(graft.uri()).orElseThrow();
        if (text == null || !work.setup.rules().has(Feature.ACCESS_CONTROL)) {
            return Optional.empty();
        }
        try {
            Acl acl = Acl.parse(text);
            if (acl.equals(node.acl()) || (acl.isEmpty() && graft.uri().isRoot())) {
                return Optional.empty();
            }
            Optional<Outcome> refusal = access.refuseAclChange(graft.uri(), node);
            if (refusal.isPresent()) {
                return Optional.of(Outcome.of(refusal.get().status(), graft.uri().toString()));
            }
            work.change(graft.uri(), node.withAcl(acl));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Outcome.of(StatusCode.BAD_REQUEST, graft.uri() + ": " + e.getMessage()));
        }
    }

    // ---- Replace

    /**
     * Makes the sub-trees that the document describes be as it says: what it does not have goes, what is new comes,
     * what differs is overwritten, what is the same is not touched.
     */
    private Outcome replaceAll(List<Graft> grafts) {
        Map<NodeUri, Graft> wanted = new HashMap<>();
        grafts.forEach(graft -> wanted.put(graft.uri(), graft));
        List<NodeUri> tops = grafts.stream().map(Graft::uri)
                .filter(uri -> uri.isRoot() || !wanted.containsKey(uri.parent())).toList();
        for (NodeUri top : tops) {
            Outcome outcome = prune(top, wanted.keySet());
            if (!outcome.status().isSuccess()) {
                return outcome;
            }
        }
        for (Graft graft : grafts) {
            Outcome outcome = overwrite(graft);
            if (!outcome.status().isSuccess()) {
                return Outcome.of(outcome.status(), graft.uri().toString());
            }
        }
        return setProperties(grafts);
    }

    private Outcome prune(NodeUri top, Set<NodeUri> wanted) {
        work.loadAll(top);
        if (work.at(top).isEmpty()) {
            return NodeChanges.notFound(top);
        }
        Optional<Outcome> refusal = access.refuse(Right.REPLACE, top)
                .or(() -> nodes.refuseByDescription(top, Access.REPLACE));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Set<NodeUri> gone = new HashSet<>();
        for (NodeUri uri : work.tree().uris(top)) {
            if (wanted.contains(uri) || (!uri.isRoot() && gone.contains(uri.parent()))) {
                continue;
            }
            Outcome outcome = nodes.delete(uri);
            if (!outcome.status().isSuccess()) {
                return Outcome.of(outcome.status(), uri.toString());
            }
            gone.addAll(work.tree().has(uri) ? List.of() : List.of(uri));
        }
        return NodeChanges.OK;
    }

    private Outcome overwrite(Graft graft) {
        NodeUri uri = graft.uri();
        Value value = value(graft.node());
        Optional<Node> there = work.at(uri);
        if (there.isEmpty()) {
            return nodes.add(uri, value);
        }
        Node node = there.get();
        if (node.isInterior() != (value.format() == Format.NODE)) {
            Outcome gone = nodes.delete(uri);
            return gone.status().isSuccess() ? nodes.add(uri, value) : gone;
        }
        boolean sameType = value.type().isEmpty() || value.type().equals(node.type());
        boolean sameFormat = graft.node().format() == null || value.format() == node.format();
        if (sameType && sameFormat && value.data().equals(node.data())) {
            return NodeChanges.OK;
        }
        return node.isInterior() ? retype(uri, node, value) : nodes.replace(uri, value);
    }

    private Outcome retype(NodeUri uri, Node node, Value value) {
        if (work.isPermanent(uri)) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "the type of a permanent node does not change");
        }
        return access.refuse(Right.REPLACE, uri).orElseGet(() -> {
            work.change(uri, node.withValue(value).touched(work.now));
            return NodeChanges.OK;
        });
    }
}
