package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import dev.grove.engine.KnownObject;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps the mirror of one device true to what it says of its tree, and to what it has accepted to do with it. */
final class MirrorUpdate {

    /** A sub-tree of more nodes is moved in part: no device has so many. */
    private static final int MAX_MOVED = 100_000;

    private final DeviceMirror mirror;
    private final MirrorListing listing;
    private final MirrorObjects objects;
    private final Instant now;
    private final List<Fact.Answered> inAtomic = new ArrayList<>();

    MirrorUpdate(Mirror mirror, String deviceId, Instant now) {
        this.mirror = new DeviceMirror(mirror, deviceId);
        this.listing = new MirrorListing(this.mirror, now);
        this.objects = new MirrorObjects(this.mirror);
        this.now = now;
    }

    /** The device told a value; what is not the value of a node (a property, a listing) has no place in the mirror. */
    void learned(Outcome.Result told) {
        Optional<NodeUri> node = nodeOf(told.uri());
        node.ifPresent(uri -> learned(uri, told));
        node.flatMap(MirrorObjects::wellKnown).ifPresent(uri -> learned(uri, told));
    }

    private void learned(NodeUri uri, Outcome.Result told) {
        boolean isInterior = told.value().format() == Format.NODE;
        mirror.put(new MirrorNode(uri, isInterior ? interior(told.value()) : told.value(), now));
        if (isInterior && !told.value().data().isEmpty()) {
            hasChildren(uri, Set.copyOf(Arrays.asList(told.value().text().split("/", -1))));
        }
    }

    /** The names of the children are nodes of their own here; the type of such a list says nothing of the node. */
    private static Value interior(Value told) {
        return Value.interior(told.type().equals(Value.DEFAULT_TYPE) ? "" : told.type());
    }

    /** The names that a Get of an interior node brings are all its children ([TND 1.2 §7.5]). */
    private void hasChildren(NodeUri parent, Set<String> names) {
        Set<String> known = new HashSet<>(mirror.children(parent));
        for (String name : names) {
            if (!name.isEmpty() && !known.remove(name)) {
                mirror.put(new MirrorNode(parent.child(name), null, now));
            }
        }
        known.forEach(gone -> mirror.remove(parent.child(gone)));
    }

    /** Writes what was gathered. */
    void close() {
        mirror.write();
    }

    /**
     * The device has answered an operation of a job. What it has done inside an Atomic counts once the Atomic has
     * succeeded: some devices answer 200 for what they then roll back.
     */
    void answered(List<Operation> operations, Fact.Answered answer) {
        Operation operation = OperationPath.at(operations, answer.path());
        if (isInAtomic(operations, answer.path())) {
            inAtomic.add(answer);
        } else if (operation instanceof Operation.Atomic) {
            for (Fact.Answered member : List.copyOf(inAtomic)) {
                boolean isMember = member.jobId().equals(answer.jobId())
                        && member.path().startsWith(answer.path() + ".");
                if (isMember && inAtomic.remove(member) && answer.outcome().status().equals(StatusCode.OK)) {
                    follow(OperationPath.at(operations, member.path()), member.outcome());
                }
            }
        } else {
            follow(operation, answer.outcome());
        }
    }

    private static boolean isInAtomic(List<Operation> operations, String path) {
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (OperationPath.at(operations, path.substring(0, dot)) instanceof Operation.Atomic) {
                return true;
            }
        }
        return false;
    }

    private void follow(Operation operation, Outcome outcome) {
        if (outcome.status().equals(StatusCode.NOT_FOUND)) {
            missed(operation);
        } else if (outcome.status().equals(StatusCode.OK)) {
            if (operation instanceof Operation.Get(Address target, var _)
                    && target.part() instanceof Address.Listing(String form)) {
                listing.listed(target, form, outcome.results());
            } else {
                done(operation);
            }
        }
    }

    /** The device has not found what it was to read, change or delete: it was gone already. */
    private void missed(Operation operation) {
        Optional<Address> target = switch (operation) {
            case Operation.Get get -> Optional.of(get.target());
            case Operation.Replace replace -> Optional.of(replace.target());
            case Operation.Delete delete -> Optional.of(delete.target());
            case Operation.Exec exec -> Optional.of(exec.target());
            case Operation.Add _,Operation.Copy _,Operation.Atomic _,Operation.Sequence _ -> Optional.empty();
            case Operation.Interaction _,Operation.Service _ -> Optional.empty();
        };
        target.flatMap(this::nodeOf).filter(node -> !node.isRoot()).ifPresent(mirror::remove);
    }

    /** The device has done what it was asked. Elsewhere nothing of the tree changes, or nobody knows where. */
    private void done(Operation operation) {
        if (operation instanceof Operation.Add(Address target, Value value)) {
            nodeOf(target).ifPresent(node -> added(node, value));
        } else if (operation instanceof Operation.Replace(Address target, Value value)) {
            nodeOf(target).ifPresent(node -> replaced(node, value));
            renamed(target, value);
        } else if (operation instanceof Operation.Delete(Address target)) {
            nodeOf(target).ifPresent(mirror::remove);
        } else if (operation instanceof Operation.Copy(Address from, Address to)) {
            nodeOf(from).ifPresent(source -> nodeOf(to).ifPresent(target -> copied(source, target)));
        }
    }

    private void added(NodeUri node, Value value) {
        if (MirrorListing.isDocument(value)) {
            listing.added(node, value);
        } else {
            mirror.put(new MirrorNode(node, value, now));
        }
    }

    private void replaced(NodeUri node, Value value) {
        if (MirrorListing.isDocument(value)) {
            listing.replaced(node, value);
        } else {
            mirror.put(new MirrorNode(node, kept(node, value), now));
        }
    }

    /** What is copied is known no better than its source is. */
    private void copied(NodeUri from, NodeUri to) {
        if (mirror.find(from).isEmpty()) {
            mirror.put(new MirrorNode(to, null, now));
        }
        for (MirrorNode node : mirror.below(from, MAX_MOVED)) {
            mirror.put(new MirrorNode(moved(node.uri(), from, to), node.value(), node.isRead(), node.at()));
        }
    }

    /** A Replace of the name moves the node with all below it ([TND 1.2 §7.7.3]). */
    private void renamed(Address target, Value name) {
        if (!(target instanceof Address.Absolute(NodeUri node, Address.Property(String property)))
                || !property.equalsIgnoreCase("Name") || node.isRoot()) {
            return;
        }
        uriOf("./" + name.text()).filter(uri -> uri.segments().size() == 1).ifPresent(uri -> {
            List<MirrorNode> all = mirror.below(node, MAX_MOVED);
            mirror.remove(node);
            NodeUri renamed = node.parent().child(uri.name());
            all.forEach(known -> mirror.put(
                    new MirrorNode(moved(known.uri(), node, renamed), known.value(), known.isRead(), known.at())));
        });
    }

    private static NodeUri moved(NodeUri uri, NodeUri from, NodeUri to) {
        int depth = from.segments().size();
        return to.resolve(new NodeUri(uri.segments().subList(depth, uri.segments().size())));
    }

    private Value kept(NodeUri node, Value value) {
        return !PlainReplace.isPlain(value) ? value : mirror.find(node).map(MirrorNode::value)
                .map(known -> new Value(known.format(), known.type(), value.data())).orElse(value);
    }

    private Optional<NodeUri> nodeOf(Address target) {
        return switch (target) {
            case Address.Absolute(NodeUri node, Address.Part part) ->
                part instanceof Address.Itself ? Optional.of(node) : Optional.empty();
            case Address.Client(ClientUri uri) -> objects.placeOf(uri);
            case Address.Relative _ -> Optional.empty();
        };
    }

    private Optional<NodeUri> nodeOf(String uri) {
        try {
            return nodeOf(Address.read(uri));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The device told which objects it has ([DM 2.0 §5.2.2]): they and their instances are nodes here. */
    void told(List<KnownObject> told) {
        told.forEach(object -> objects.told(object, now));
    }

    /** What is known of a node and all below it, as the device would tell it. */
    Outcome asLastRead(Address target) {
        return objects.asLastRead(target);
    }

    /** The node of a URI, whatever is asked of it. */
    static Optional<NodeUri> uriOf(String uri) {
        return address(uri).map(Address.Absolute::node);
    }

    private static Optional<Address.Absolute> address(String uri) {
        try {
            return Optional.of(Address.parse(uri));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
