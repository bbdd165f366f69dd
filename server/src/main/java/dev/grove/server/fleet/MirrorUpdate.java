package dev.grove.server.fleet;

import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps the mirror of one device true to what it says of its tree, and to what it has accepted to do with it. */
final class MirrorUpdate {

    private final Mirror mirror;
    private final String deviceId;
    private final Instant now;

    MirrorUpdate(Mirror mirror, String deviceId, Instant now) {
        this.mirror = mirror;
        this.deviceId = deviceId;
        this.now = now;
    }

    /** The device told a value; what is not the value of a node (a property, a listing) has no place in the mirror. */
    void learned(Outcome.Result told) {
        Optional<NodeUri> node = nodeOf(told.uri());
        node.ifPresent(uri -> {
            boolean isInterior = told.value().format() == Format.NODE;
            mirror.put(deviceId, new MirrorNode(uri, isInterior ? interior(told.value()) : told.value(), now));
            if (isInterior && !told.value().data().isEmpty()) {
                hasChildren(uri, Set.copyOf(Arrays.asList(told.value().text().split("/", -1))));
            }
        });
    }

    /** The names of the children are nodes of their own here; the type of such a list says nothing of the node. */
    private static Value interior(Value told) {
        return Value.interior(told.type().equals(Value.DEFAULT_TYPE) ? "" : told.type());
    }

    /** The names that a Get of an interior node brings are all its children ([TND 1.2 §7.5]). */
    private void hasChildren(NodeUri parent, Set<String> names) {
        Set<String> known = new HashSet<>(mirror.children(deviceId, parent));
        for (String name : names) {
            if (!name.isEmpty() && !known.remove(name)) {
                mirror.put(deviceId, new MirrorNode(parent.child(name), null, now));
            }
        }
        known.forEach(gone -> mirror.remove(deviceId, parent.child(gone)));
    }

    /** The device has done what it was asked. Elsewhere nothing of the tree changes, or nobody knows where. */
    void done(Operation operation) {
        if (operation instanceof Operation.Add(Address target, Value value)) {
            nodeOf(target).ifPresent(node -> mirror.put(deviceId, new MirrorNode(node, value, now)));
        } else if (operation instanceof Operation.Replace(Address target, Value value)) {
            nodeOf(target).ifPresent(node -> mirror.put(deviceId, new MirrorNode(node, replaced(node, value), now)));
        } else if (operation instanceof Operation.Delete(Address target)) {
            nodeOf(target).ifPresent(node -> mirror.remove(deviceId, node));
        } else if (operation instanceof Operation.Copy(Address from, Address to)) {
            MirrorNode source = nodeOf(from).flatMap(node -> mirror.find(deviceId, node))
                    .orElse(new MirrorNode(NodeUri.ROOT, null, now));
            // known no better than its source is
            nodeOf(to).ifPresent(node -> mirror.put(deviceId, new MirrorNode(node, source.value(), source.at())));
        }
    }

    /** The device has not found what it was to read, change or delete: it was gone already. */
    void missed(Operation operation) {
        Optional<Address> target = switch (operation) {
            case Operation.Get get -> Optional.of(get.target());
            case Operation.Replace replace -> Optional.of(replace.target());
            case Operation.Delete delete -> Optional.of(delete.target());
            case Operation.Exec exec -> Optional.of(exec.target());
            case Operation.Add _,Operation.Copy _,Operation.Atomic _,Operation.Sequence _ -> Optional.empty();
            case Operation.Interaction _ -> Optional.empty();
        };
        target.flatMap(MirrorUpdate::nodeOf).filter(node -> !node.isRoot())
                .ifPresent(node -> mirror.remove(deviceId, node));
    }

    /** Plain text is sent without format and type, and then the node keeps the ones it has. */
    private Value replaced(NodeUri node, Value value) {
        boolean isPlain = value.format() == Format.CHR
                && (value.type().isEmpty() || value.type().equals(Value.DEFAULT_TYPE));
        return mirror.find(deviceId, node).map(MirrorNode::value).filter(known -> isPlain)
                .map(known -> new Value(known.format(), known.type(), value.data())).orElse(value);
    }

    private static Optional<NodeUri> nodeOf(Address target) {
        return target instanceof Address.Absolute(NodeUri node, Address.Itself _)
                ? Optional.of(node)
                : Optional.empty();
    }

    private static Optional<NodeUri> nodeOf(String uri) {
        try {
            return nodeOf(Address.parse(uri));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
