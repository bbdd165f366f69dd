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
            mirror.put(deviceId, new MirrorNode(uri, told.value(), now));
            if (told.value().format() == Format.NODE && !told.value().data().isEmpty()) {
                hasChildren(uri, Set.copyOf(Arrays.asList(told.value().text().split("/", -1))));
            }
        });
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

    /** The device has done what it was asked. */
    void done(Operation operation) {
        switch (operation) {
            case Operation.Add(Address target, Value value) -> written(target, value);
            case Operation.Replace(Address target, Value value) -> written(target, value);
            case Operation.Delete(Address.Absolute(NodeUri node, Address.Itself _)) -> mirror.remove(deviceId, node);
            case Operation.Copy(Address.Absolute(NodeUri from, Address.Itself _), Address.Absolute(NodeUri to, Address.Itself _)) ->
                mirror.find(deviceId, from).map(MirrorNode::value)
                        .ifPresent(value -> mirror.put(deviceId, new MirrorNode(to, value, now)));
            case Operation.Delete _,Operation.Copy _,Operation.Get _,Operation.Exec _,Operation.Atomic _,Operation.Sequence _,Operation.Display _,Operation.Confirm _,Operation.Input _,Operation.Choose _ -> {
                // nothing of the tree changes, or nobody knows where
            }
        }
    }

    private void written(Address target, Value value) {
        if (target instanceof Address.Absolute(NodeUri node, Address.Itself _)) {
            mirror.put(deviceId, new MirrorNode(node, value, now));
        }
    }

    private static Optional<NodeUri> nodeOf(String uri) {
        try {
            return Address.parse(uri) instanceof Address.Absolute(NodeUri node, Address.Itself _)
                    ? Optional.of(node)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
