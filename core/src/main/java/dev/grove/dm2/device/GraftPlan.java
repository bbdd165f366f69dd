package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Status;
import dev.grove.tree.Address;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be done to the tree so that a node holds the data of an HGET and nothing else ([DM 2.0 §5.3.1]). What is
 * there and is not in the data goes, except what no server may delete: permanent nodes, and those whose description
 * has no Delete or keeps them from servers. What is the same already is left alone.
 */
final class GraftPlan {

    private final ObjectView view;
    private final List<Operation> operations = new ArrayList<>();
    private final List<NodeUri> made = new ArrayList<>();
    private @Nullable Outcome refusal;

    /** @param view with the objects drawn in that are to change */
    GraftPlan(ObjectView view) {
        this.view = view;
    }

    List<Operation> operations() {
        return operations;
    }

    /** Why the data cannot be what it is meant for; empty if nothing speaks against trying. */
    Optional<Outcome> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether a new node will be at {@code uri}. */
    boolean makes(NodeUri uri) {
        return made.contains(uri);
    }

    /** An interior node or leaf with the data in JSON. */
    void put(NodeUri uri, Json data, @Nullable DescriptionNode described, String moid) {
        if (data instanceof Json.Obj(Map<String, Json> fields)) {
            putInterior(uri, fields, described, moid);
            return;
        }
        Optional<Node> there = view.at(uri);
        Optional<Value> value = LeafValue.of(data, described, there.orElse(null));
        if (value.isEmpty()) {
            refuse("the data is no value of the leaf " + uri);
        } else {
            put(uri, value.get());
        }
    }

    private void putInterior(NodeUri uri, Map<String, Json> fields, @Nullable DescriptionNode described,
            String moid) {
        Optional<Node> there = view.at(uri);
        if (there.isPresent() && !there.get().isInterior()) {
            refuse(uri + " is a leaf, the data has nodes below it");
            return;
        }
        boolean isNew = there.isEmpty();
        if (isNew) {
            make(uri, Value.interior(moid));
        } else {
            there.get().children().forEach((name, child) -> {
                if (!fields.containsKey(name) && isDispensable(uri.child(name), child)) {
                    operations.add(new Operation.Delete(Address.of(uri.child(name))));
                }
            });
        }
        fields.forEach((name, value) -> {
            DescriptionNode ofChild = described == null ? null : described.child(name).orElse(null);
            if (!isName(name)) {
                refuse("'" + name + "' is no node name");
            } else if (isNew && comesAlong(ofChild)) {
                putMade(uri.child(name), value, ofChild);
            } else {
                put(uri.child(name), value, ofChild, "");
            }
        });
    }

    /** What the editor makes with the node above, since it is permanent, is there when its turn comes. */
    private static boolean comesAlong(@Nullable DescriptionNode described) {
        return described != null && described.isNamed() && described.scope() == Scope.PERMANENT
                && described.occurrence().least() > 0;
    }

    private void putMade(NodeUri uri, Json data, @Nullable DescriptionNode described) {
        Node initial = Node.of(described == null ? Value.interior("") : described.initialValue(), Instant.EPOCH);
        if (data instanceof Json.Obj(Map<String, Json> fields)) {
            fields.forEach((name, value) -> {
                DescriptionNode ofChild = described == null ? null : described.child(name).orElse(null);
                if (comesAlong(ofChild)) {
                    putMade(uri.child(name), value, ofChild);
                } else {
                    put(uri.child(name), value, ofChild, "");
                }
            });
            return;
        }
        Optional<Value> value = LeafValue.of(data, described, initial);
        if (value.isEmpty() || initial.isInterior()) {
            refuse("the data is no value of the leaf " + uri);
        } else if (!initial.value().equals(value.get())) {
            operations.add(new Operation.Replace(Address.of(uri), value.get()));
        }
    }

    /** A leaf with a value. */
    void put(NodeUri uri, Value value) {
        Optional<Node> there = view.at(uri);
        if (there.isPresent() && there.get().isInterior()) {
            refuse(uri + " has nodes below it, the data is one value");
        } else if (there.isEmpty()) {
            make(uri, value);
        } else if (!there.get().value().equals(value)) {
            operations.add(new Operation.Replace(Address.of(uri), value));
        }
    }

    private void make(NodeUri uri, Value value) {
        made.add(uri);
        operations.add(new Operation.Add(Address.of(uri), value));
    }

    private boolean isDispensable(NodeUri uri, Node node) {
        Optional<DescriptionNode> described = view.described(uri);
        return !node.permanent() && view.isShown(uri) && described
                .map(d -> d.scope() == Scope.DYNAMIC && d.allows(Access.DELETE)).orElse(true);
    }

    static boolean isName(String name) {
        try {
            return NodeUri.parse("./" + name).segments().size() == 1;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private void refuse(String why) {
        if (refusal == null) {
            refusal = Outcome.of(Dm2Status.UNSUPPORTED_MEDIA_TYPE, why);
        }
    }

    // ---- without asking

    /**
     * {@code tree} with the data at {@code uri}, by the device itself: no description stands against it, and what is
     * missing above is made.
     *
     * @throws IllegalArgumentException if the data cannot be nodes
     */
    static Tree grafted(Tree tree, NodeUri uri, Json data, Grounds grounds) {
        Tree above = tree;
        for (int i = 1; i < uri.segments().size(); i++) {
            NodeUri parent = new NodeUri(uri.segments().subList(0, i));
            above = above.has(parent) ? above : above.with(parent, Node.interior("", grounds.now()));
        }
        return graftedBelow(above, uri, data, grounds);
    }

    private static Tree graftedBelow(Tree tree, NodeUri uri, Json data, Grounds grounds) {
        Optional<Node> there = tree.at(uri);
        if (!(data instanceof Json.Obj(Map<String, Json> fields))) {
            Value value = LeafValue.of(data, grounds.described(), there.orElse(null))
                    .orElseThrow(() -> new IllegalArgumentException("the data is no value of the leaf " + uri));
            Node leaf = there.filter(node -> !node.isInterior()).map(node -> node.withValue(value).touched(
                    grounds.now())).orElse(Node.of(value, grounds.now()));
            return tree.with(uri, leaf);
        }
        Node node = Node.interior(there.filter(Node::isInterior).map(Node::type).filter(type -> !type.isEmpty())
                .orElse(grounds.moid()), grounds.now());
        Tree changed = tree.with(uri, there.filter(Node::permanent).isPresent() ? node.asPermanent() : node);
        for (Map.Entry<String, Json> field : fields.entrySet()) {
            if (!isName(field.getKey())) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is no node name");
            }
            Optional<Node> before = there.flatMap(n -> n.child(field.getKey()));
            NodeUri child = uri.child(field.getKey());
            changed = before.isPresent() ? changed.with(child, before.get()) : changed;
            changed = graftedBelow(changed, child, field.getValue(), grounds.below(field.getKey()));
        }
        return changed;
    }

    /** What is known of a node that is grafted: its description, and the identifier of its object if it is a root. */
    record Grounds(@Nullable DescriptionNode described, String moid, Instant now) {
        Grounds below(String name) {
            return new Grounds(described == null ? null : described.child(name).orElse(null), "", now);
        }
    }
}
