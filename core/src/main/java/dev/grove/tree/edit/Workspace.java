package dev.grove.tree.edit;

import dev.grove.tree.Children;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject.Change;
import dev.grove.tree.ManagementObject.Live;
import dev.grove.tree.Mounts.Mount;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Percent;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tree while one operation, or one Atomic, works on it. Mounted objects are drawn into it node by node, when
 * somebody looks ({@link #load}); from then on all checks see one plain tree. What is to change in mounted objects is
 * noted in the {@link Journal} and done when the operation has succeeded as a whole.
 */
final class Workspace {

    private static final Value UNKNOWN = new Value(Format.NULL, "", Bytes.EMPTY);

    /** What is the same for all operations of an editor. */
    record Ground(TreeSetup setup, Description description, boolean anyCase) {
        static Ground of(TreeSetup setup) {
            Description all = setup.mounts().description().and(setup.description());
            return new Ground(setup, all, setup.rules().has(TreeRules.Feature.PERCENT_ENCODING_IS_EQUAL)
                    || all.hasCaseInsensitiveNames());
        }
    }

    final TreeSetup setup;
    final Requester who;
    final Instant now;
    final boolean atomic;
    private final Ground ground;

    private Tree tree;
    private final Journal journal = new Journal();
    private Set<NodeUri> loaded = new HashSet<>();
    /** Here the objects do not know yet what the tree says, so they are not asked. */
    private Set<NodeUri> ahead = new HashSet<>();

    /** Who asks, when, and whether what is done may have to be taken back later. */
    record Occasion(Requester who, Instant now, boolean atomic) {}

    Workspace(Ground ground, Tree tree, Occasion occasion) {
        this.ground = ground;
        this.setup = ground.setup();
        this.who = occasion.who();
        this.now = occasion.now();
        this.atomic = occasion.atomic();
        this.tree = withMountPoints(tree);
    }

    private Tree withMountPoints(Tree plain) {
        Tree complete = plain;
        for (Mount mount : setup.mounts().list()) {
            for (int i = 1; i <= mount.at().segments().size(); i++) {
                NodeUri uri = new NodeUri(mount.at().segments().subList(0, i));
                if (!complete.has(uri)) {
                    complete = complete.with(uri, Node.interior("", now).asPermanent());
                }
            }
        }
        return complete;
    }

    // ---- looking

    Tree tree() {
        return tree;
    }

    Journal journal() {
        return journal;
    }

    /** The node at {@code uri} as it is now, its value and the names of its children included. */
    Optional<Node> at(NodeUri uri) {
        load(uri);
        return tree.at(uri);
    }

    Optional<DescriptionNode> described(NodeUri uri) {
        return ground.description().at(tree, uri);
    }

    Description description() {
        return ground.description();
    }

    /** Whether the device made the node, so that no server can delete or rename it. */
    boolean isPermanent(NodeUri uri) {
        return tree.at(uri).map(Node::permanent).orElse(false)
                || described(uri).map(d -> d.scope() == Scope.PERMANENT).orElse(false)
                || isMount(uri);
    }

    boolean isMount(NodeUri uri) {
        return setup.mounts().list().stream().anyMatch(mount -> mount.at().equals(uri));
    }

    /** {@code uri} with each name spelled as in the tree, where descriptions or rules let it be spelled otherwise. */
    NodeUri spelled(NodeUri uri) {
        if (!ground.anyCase()) {
            return uri;
        }
        NodeUri known = NodeUri.ROOT;
        for (String name : uri.segments()) {
            known = known.child(spelled(known, name));
        }
        return known;
    }

    private String spelled(NodeUri parent, String name) {
        Optional<Node> above = at(parent);
        if (above.isEmpty() || above.get().children().contains(name)) {
            return name;
        }
        return above.get().children().names().stream().filter(n -> isSame(parent, n, name)).findFirst().orElse(name);
    }

    private boolean isSame(NodeUri parent, String known, String asked) {
        if (setup.rules().has(TreeRules.Feature.PERCENT_ENCODING_IS_EQUAL)
                && Percent.decode(known).equals(Percent.decode(asked))) {
            return true;
        }
        return known.equalsIgnoreCase(asked)
                && described(parent.child(known)).map(d -> d.nameCase() == NameCase.INSENSITIVE).orElse(false);
    }

    // ---- mounted objects

    /** Draws the path to {@code uri} in from the object that covers it, if one does. */
    void load(NodeUri uri) {
        setup.mounts().covering(uri).ifPresent(mount -> {
            int from = mount.at().segments().size();
            for (int i = from; i <= uri.segments().size(); i++) {
                if (!loadOne(mount, new NodeUri(uri.segments().subList(0, i)))) {
                    return;
                }
            }
        });
    }

    /** Draws everything in that is at {@code uri} or below. */
    void loadAll(NodeUri uri) {
        loadAll(uri, node -> true);
    }

    /** Draws in what is at {@code uri} or below, without the nodes that a description knows to be leaves. */
    void loadInteriors(NodeUri uri) {
        loadAll(uri, node -> described(node).map(DescriptionNode::isInterior).orElse(true));
    }

    /** Draws in what is at {@code uri} or below, only nodes that a description knows to be interior. */
    void loadDescribed(NodeUri uri) {
        loadAll(uri, node -> described(node).map(DescriptionNode::isInterior).orElse(false));
    }

    private void loadAll(NodeUri uri, Predicate<NodeUri> wanted) {
        load(uri);
        setup.mounts().covering(uri).ifPresent(mount -> loadBelow(mount, uri, wanted));
        setup.mounts().below(uri).forEach(mount -> loadBelow(mount, mount.at(), wanted));
    }

    private void loadBelow(Mount mount, NodeUri uri, Predicate<NodeUri> wanted) {
        if (wanted.test(uri) && loadOne(mount, uri)) {
            tree.at(uri).orElseThrow().children().names().forEach(name -> loadBelow(mount, uri.child(name), wanted));
        }
    }

    /** Reads one node from its object, once; answers whether it is there. */
    private boolean loadOne(Mount mount, NodeUri uri) {
        if (loaded.contains(uri) || isAhead(uri)) {
            return tree.has(uri);
        }
        loaded.add(uri);
        Optional<Live> live = mount.object().read(mount.inside(uri));
        if (live.isEmpty()) {
            tree = tree.without(uri);
            return false;
        }
        Node known = tree.at(uri).orElseGet(() -> Node.of(UNKNOWN, Instant.EPOCH));
        Node drawn = switch (live.get()) {
            case Live.Interior interior -> drawn(known, interior);
            case Live.Leaf leaf -> drawn(known, leaf.value());
            case Live.WriteOnly secret -> drawn(known, new Value(secret.format(), secret.type(), Bytes.EMPTY));
        };
        if (live.get() instanceof Live.WriteOnly) {
            journal.cannotRestore(uri);
        }
        tree = tree.with(uri, drawn);
        return true;
    }

    private boolean isAhead(NodeUri uri) {
        return ahead.stream().anyMatch(uri::startsWith);
    }

    /** A leaf as its object has it: a value that is not the one we knew was changed by the device meanwhile. */
    private Node drawn(Node known, Value value) {
        if (known.value().equals(value)) {
            return known;
        }
        Node changed = known.withValue(value);
        return known.timestamp().equals(Instant.EPOCH) ? changed.withVersion(now, 0) : changed.touched(now);
    }

    private Node drawn(Node known, Live.Interior live) {
        Value value = Value.interior(live.moid());
        Node node = known.value().equals(value) ? known : known.withValue(value);
        if (known.timestamp().equals(Instant.EPOCH)) {
            node = node.withVersion(now, 0);
        }
        if (node.children().names().equals(live.children())) {
            return node;
        }
        Map<String, Node> children = new LinkedHashMap<>();
        for (String name : live.children()) {
            children.put(name, node.child(name).orElseGet(() -> Node.of(UNKNOWN, Instant.EPOCH)));
        }
        return node.withChildren(Children.of(children));
    }

    // ---- changing

    /** Puts a new node in; the journal tells its object. */
    void add(NodeUri uri, Node node) {
        setup.mounts().covering(uri).ifPresent(mount -> {
            journal.note(mount, new Change.Add(mount.inside(uri), node.value()),
                    List.of(new Change.Delete(mount.inside(uri))));
            ahead.add(uri);
        });
        tree = tree.with(uri, node);
    }

    /** Changes the value of a leaf; the journal tells its object. */
    void replace(NodeUri uri, Node changed) {
        Node old = tree.at(uri).orElseThrow();
        setup.mounts().covering(uri).ifPresent(mount -> {
            NodeUri path = mount.inside(uri);
            journal.note(mount, new Change.Replace(path, changed.value()),
                    journal.canRestore(uri) ? List.of(new Change.Replace(path, old.value())) : List.of());
        });
        tree = tree.with(uri, changed);
    }

    /** Takes a node out with all below; the journal tells its object. */
    void delete(NodeUri uri) {
        setup.mounts().covering(uri).ifPresent(mount -> {
            journal.note(mount, new Change.Delete(mount.inside(uri)), restoring(mount, uri));
            ahead.add(uri);
        });
        tree = tree.without(uri);
    }

    private List<Change> restoring(Mount mount, NodeUri uri) {
        List<Change> adds = new ArrayList<>();
        boolean[] whole = {true};
        tree.walk(uri, (at, node) -> {
            whole[0] &= journal.canRestore(at) && (loaded.contains(at) || isAhead(at));
            adds.add(new Change.Add(mount.inside(at), node.value()));
        });
        return whole[0] ? adds : List.of();
    }

    void rename(NodeUri uri, String name) {
        setup.mounts().covering(uri).ifPresent(mount -> {
            NodeUri renamed = uri.parent().child(name);
            journal.note(mount, new Change.Rename(mount.inside(uri), name),
                    List.of(new Change.Rename(mount.inside(renamed), uri.name())));
            ahead.add(uri);
            ahead.add(renamed);
        });
        tree = tree.renamed(uri, name).change(uri.parent().child(name), node -> node.touched(now));
    }

    /** Changes what only the library keeps of a node: ACL, title, version. */
    void change(NodeUri uri, Node changed) {
        tree = tree.with(uri, changed);
    }

    // ---- going back

    /** What {@link #restore} needs to forget everything that comes after. */
    record Mark(Tree tree, int journal, Set<NodeUri> loaded, Set<NodeUri> ahead) {}

    Mark mark() {
        return new Mark(tree, journal.size(), Set.copyOf(loaded), Set.copyOf(ahead));
    }

    void restore(Mark mark) {
        tree = mark.tree();
        journal.cut(mark.journal());
        loaded = new HashSet<>(mark.loaded());
        ahead = new HashSet<>(mark.ahead());
    }
}
