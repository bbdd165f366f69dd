package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.tree.edit.ValueRules.Fit;
import java.util.List;
import java.util.Optional;

/**
 * Add, Replace, Delete and Copy of nodes. Each checks in this order: limits (414), existence (404, 418), rights (425),
 * access types and permanence (405), the value (415, 413), room (420); and changes the {@link Workspace} only if all
 * is well.
 */
final class NodeChanges {

    static final Outcome OK = Outcome.of(StatusCode.OK);

    private final Workspace work;
    private final AccessControl access;
    private final ValueRules values;

    NodeChanges(Workspace work) {
        this.work = work;
        this.access = new AccessControl(work);
        this.values = new ValueRules(work.setup.rules());
    }

    // ---- Add

    /** [REPPRO 1.2 §6.6] */
    Outcome add(NodeUri uri, Value value) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (work.at(uri).isPresent()) {
            return Outcome.of(StatusCode.ALREADY_EXISTS, uri + " is there");
        }
        return addMissing(uri, value);
    }

    private Outcome addMissing(NodeUri uri, Value value) {
        NodeUri nearest = work.tree().nearest(uri);
        int missing = uri.segments().size() - nearest.segments().size() - 1;
        if (missing > 0 && !work.setup.rules().has(Feature.IMPLICIT_PARENTS)) {
            return Outcome.of(StatusCode.NOT_FOUND, uri.parent() + " is not there");
        }
        for (int i = 1; i <= missing; i++) {
            NodeUri implicit = new NodeUri(uri.segments().subList(0, nearest.segments().size() + i));
            Outcome made = addOne(implicit, Value.interior(""));
            if (!made.status().isSuccess()) {
                return Outcome.of(made.status(), implicit.toString());
            }
        }
        return addOne(uri, value);
    }

    private Outcome addOne(NodeUri uri, Value given) {
        Optional<Outcome> refusal = access.refuse(Right.ADD, uri.parent()).or(() -> refuseAdd(uri));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (values.forNew(given, work.described(uri).orElse(null))) {
            case Fit.Refused(Outcome outcome) -> outcome;
            case Fit.Stored(Value value) -> {
                int most = work.setup.limits().maxNodes();
                if (most > 0 && work.tree().root().nodeCount() >= most) {
                    yield Outcome.of(StatusCode.DEVICE_FULL, "the tree holds at most " + most + " nodes");
                }
                boolean interior = value.format() == Format.NODE;
                work.add(uri, Node.of(value, work.now).withAcl(access.forNew(uri, interior)));
                addPermanentChildren(uri);
                yield OK;
            }
        };
    }

    /** What a description says is always there comes with a new object, unless a mounted object sees to that. */
    private void addPermanentChildren(NodeUri uri) {
        List<DescriptionNode> children = work.described(uri).map(DescriptionNode::children).orElse(List.of());
        if (work.setup.mounts().covering(uri).isPresent()) {
            return;
        }
        for (DescriptionNode child : children) {
            if (child.isNamed() && child.scope() == Scope.PERMANENT && child.occurrence().least() > 0) {
                NodeUri childUri = uri.child(child.name());
                work.add(childUri, Node.of(child.initialValue(), work.now));
                addPermanentChildren(childUri);
            }
        }
    }

    private Optional<Outcome> refuseAdd(NodeUri uri) {
        if (!work.tree().at(uri.parent()).orElseThrow().isInterior()) {
            return notAllowed(uri.parent() + " is a leaf (TND 7.2)");
        }
        Optional<DescriptionNode> described = work.described(uri);
        if (described.isEmpty()) {
            return refuseUndescribed(uri);
        }
        if (!described.get().allows(Access.ADD)) {
            return notAllowed("the description of " + uri + " has no Add");
        }
        if (described.get().scope() == Scope.PERMANENT) {
            return notAllowed("permanent nodes are made by the device (TND 7.5)");
        }
        return refuseOneMore(uri, described.get());
    }

    private Optional<Outcome> refuseUndescribed(NodeUri uri) {
        boolean closed = work.described(uri.parent()).map(above -> !above.isOpen()).orElse(false);
        if (closed) {
            return notAllowed("the description of " + uri.parent() + " has no such node");
        }
        return work.setup.rules().has(Feature.UNDESCRIBED_NODES) || work.described(uri.parent()).isPresent()
                ? Optional.empty() : Optional.of(Outcome.of(StatusCode.NOT_FOUND, "no description has " + uri));
    }

    /** An un-named node can be there as often as its description says; named ones are unique anyway. */
    private Optional<Outcome> refuseOneMore(NodeUri uri, DescriptionNode described) {
        int most = described.occurrence().most();
        if (described.isNamed() || most == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        Node above = work.tree().at(uri.parent()).orElseThrow();
        long there = above.children().names().stream()
                .filter(name -> work.described(uri.parent().child(name)).map(d -> !d.isNamed()).orElse(false)).count();
        return there < most ? Optional.empty()
                : notAllowed("the description allows " + most + " such nodes under " + uri.parent());
    }

    // ---- Replace

    /** [REPPRO 1.2 §6.6] */
    Outcome replace(NodeUri uri, Value given) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Node> found = work.at(uri);
        if (found.isEmpty()) {
            return work.setup.rules().has(Feature.REPLACE_CREATES) ? addMissing(uri, given) : notFound(uri);
        }
        Node node = found.get();
        refusal = access.refuse(Right.REPLACE, uri).or(() -> refuseReplace(uri, node));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (values.forExisting(given, node, work.described(uri).orElse(null), work.isPermanent(uri))) {
            case Fit.Refused(Outcome outcome) -> outcome;
            case Fit.Stored(Value value) -> {
                work.replace(uri, node.withValue(value).touched(work.now));
                yield OK;
            }
        };
    }

    private Optional<Outcome> refuseReplace(NodeUri uri, Node node) {
        if (node.isInterior()) {
            return notAllowed("an interior node has no value to replace (TND 7.2)");
        }
        return refuseByDescription(uri, Access.REPLACE);
    }

    // ---- Delete

    /** [REPPRO 1.2 §6.6] */
    Outcome delete(NodeUri uri) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (uri.isRoot()) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "the root cannot be deleted");
        }
        if (work.at(uri).isEmpty()) {
            return notFound(uri);
        }
        refusal = access.refuse(Right.DELETE, uri).or(() -> refuseByDescription(uri, Access.DELETE))
                .or(() -> refuseDelete(uri));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        work.delete(uri);
        return OK;
    }

    /** A permanent node stays; and so does a sub-tree that holds one, as a whole. */
    Optional<Outcome> refuseDelete(NodeUri uri) {
        if (work.atomic) {
            // To put it back, if a later command of the Atomic fails, all of it must be known.
            work.loadAll(uri);
        }
        return work.isPermanent(uri) ? notAllowed(uri + " is permanent (TND 7.5)")
                : refuseBelow(uri, work.tree().at(uri).orElseThrow(), false);
    }

    /**
     * A node that is permanent only because the description of a dynamic object says so came with the object, and goes
     * with it: Microsoft's descriptions have many such.
     */
    private Optional<Outcome> refuseBelow(NodeUri uri, Node node, boolean insideDynamic) {
        Optional<DescriptionNode> described = work.described(uri);
        boolean dynamic = insideDynamic || described.map(d -> d.scope() == Scope.DYNAMIC).orElse(false);
        if (node.permanent() || work.isMount(uri) || (!dynamic && described.isPresent())) {
            return notAllowed(uri + " is permanent (TND 7.5)");
        }
        Optional<Outcome> refusal = Optional.empty();
        for (String name : node.children().names()) {
            if (refusal.isEmpty()) {
                refusal = refuseBelow(uri.child(name), node.child(name).orElseThrow(), dynamic);
            }
        }
        return refusal;
    }

    // ---- Copy

    /** [REPPRO 1.2 §6.6]; a target that is not there is made. */
    Outcome copy(NodeUri from, NodeUri to) {
        Optional<Outcome> refusal = work.setup.limits().refuse(from, "")
                .or(() -> work.setup.limits().refuse(to, ""));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Node> source = work.at(from);
        if (source.isEmpty()) {
            return notFound(from);
        }
        Optional<Node> target = work.at(to);
        refusal = access.refuse(Right.GET, from).or(() -> refuseCopyOf(from, source.get()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return target.isEmpty() ? addMissing(to, source.get().value()) : copyOver(source.get(), to, target.get());
    }

    private Optional<Outcome> refuseCopyOf(NodeUri from, Node source) {
        if (source.isInterior()) {
            return Optional.of(Outcome.of(StatusCode.FORBIDDEN, "only leaves are copied (REPPRO 6.6)"));
        }
        boolean allowed = work.described(from).map(d -> d.allows(Access.GET) || d.allows(Access.COPY)).orElse(true);
        return allowed ? Optional.empty() : notAllowed("the description of " + from + " has neither Copy nor Get");
    }

    private Outcome copyOver(Node source, NodeUri to, Node target) {
        Optional<Outcome> refusal = access.refuse(Right.REPLACE, to);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (target.isInterior()) {
            return Outcome.of(StatusCode.FORBIDDEN, "only leaves are copied over (REPPRO 6.6)");
        }
        if (work.described(to).map(d -> !d.allows(Access.REPLACE) && !d.allows(Access.COPY)).orElse(false)) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "the description of " + to + " has no Replace");
        }
        Fit fit = values.forExisting(source.value(), target, work.described(to).orElse(null), true);
        return switch (fit) {
            case Fit.Refused refused -> Outcome.of(StatusCode.FORBIDDEN, "the copy would have to be converted");
            case Fit.Stored(Value value) -> {
                work.replace(to, target.withValue(value).touched(work.now));
                yield OK;
            }
        };
    }

    // ---- common

    /** 405 if the node is described, and the command is not among those that it supports. */
    Optional<Outcome> refuseByDescription(NodeUri uri, Access command) {
        return work.described(uri).map(d -> d.allows(command)).orElse(true) ? Optional.empty()
                : notAllowed("the description of " + uri + " has no " + command);
    }

    static Outcome notFound(NodeUri uri) {
        return Outcome.of(StatusCode.NOT_FOUND, uri + " is not there");
    }

    static Optional<Outcome> notAllowed(String why) {
        return Optional.of(Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, why));
    }
}
