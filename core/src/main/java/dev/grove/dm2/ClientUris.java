package dev.grove.dm2;

import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.tree.ClientUri;
import dev.grove.tree.ClientUri.Condition;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.Percent;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which nodes ClientURIs mean in a tree at one moment ([DM 2.0 §6.1.2]).
 *
 * <p>The tree must hold what mounted objects hold: at least the interior nodes everywhere
 * ({@code TreeEditor.outlined}), and the leaves of the objects that conditions may be about
 * ({@code TreeEditor.drawn}). Rights on the nodes that are found are the caller's business; but a leaf that the
 * requester may not read fulfils no condition, since one could ask for a secret letter by letter.
 */
public final class ClientUris {

    private final ObjectIndex index;
    private final Tree tree;
    private final Predicate<NodeUri> readable;

    /** What a ClientURI comes to. */
    public sealed interface Found {

        /**
         * The nodes that are meant, in the order of the tree.
         *
         * @param hits one, if no wildcard stands in the ClientURI; never none
         */
        record Nodes(List<Hit> hits) implements Found {
            public Nodes {
                hits = List.copyOf(hits);
            }
        }

        /** Why nothing is meant: 404 where there is no such node, 400 where there are several and one is meant. */
        record Nothing(Outcome outcome) implements Found {}
    }

    /**
     * A node that is meant.
     *
     * @param of the object that it belongs to
     * @param uri where it is, or would be
     */
    public record Hit(Instance of, NodeUri uri) {

        /** Its address without variables, wildcards and query. */
        public ClientUri address() {
            return of.address(uri);
        }
    }

    /** @param readable whether the requester may read a leaf's value */
    public ClientUris(ObjectIndex index, Tree tree, Predicate<NodeUri> readable) {
        this.index = index;
        this.tree = tree;
        this.readable = readable;
    }

    /** The nodes that are meant, and are there. */
    public Found find(ClientUri uri) {
        return find(uri, this::existing);
    }

    /**
     * The nodes that are meant, if need be such that are not there yet, for HGET ([DM 2.0 §5.3.1]): names at the end
     * of the path may be new. Instances, and nodes that variables and wildcards stand for, must be there.
     */
    public Found findOrNew(ClientUri uri) {
        return find(uri, this::existingOrNew);
    }

    private interface Walk {
        /** The nodes at the path below the instance's root. */
        List<NodeUri> from(Instance instance, ClientUri uri) throws Several;
    }

    /** More nodes than the one that is meant. */
    private static final class Several extends Exception {
        private static final long serialVersionUID = 1;

        Several(String what) {
            super(what, null, false, false);
        }
    }

    private Found find(ClientUri uri, Walk walk) {
        try {
            List<Hit> hits = new ArrayList<>();
            for (Instance instance : instances(uri)) {
                walk.from(instance, uri).forEach(node -> hits.add(new Hit(instance, node)));
            }
            return !hits.isEmpty() ? new Found.Nodes(hits)
                    : nothing(StatusCode.NOT_FOUND, "no such node");
        } catch (Several several) {
            return nothing(StatusCode.BAD_REQUEST, String.valueOf(several.getMessage()));
        }
    }

    private static Found nothing(StatusCode status, String why) {
        return new Found.Nothing(Outcome.of(status, why + " (DM 2.0 6.1.2)"));
    }

    // ---- step 1: instances

    private List<Instance> instances(ClientUri uri) throws Several {
        List<Instance> all = index.of(uri.moid());
        String name = uri.instance();
        if (name.equals(ClientUri.ANY)) {
            return all;
        }
        if (ClientUri.isVariable(name)) {
            List<Instance> fulfilling = all.stream().filter(one -> fulfils(one, one.root(), name.charAt(1), uri))
                    .toList();
            return atMostOne(fulfilling, "instances fulfil the conditions");
        }
        if (name.isEmpty()) {
            return atMostOne(all, "instances of the object, and none is named");
        }
        List<Instance> named = all.stream().filter(one -> one.miid().equals(name)).toList();
        return atMostOne(!named.isEmpty() ? named : all.stream().filter(one -> isSameName(one.miid(), name)).toList(),
                "instances have this name");
    }

    private static <T> List<T> atMostOne(List<T> found, String what) throws Several {
        if (found.size() > 1) {
            throw new Several(found.size() + " " + what);
        }
        return found;
    }

    // ---- step 2: nodes

    /** The nodes at the first spelling of the path that means any. */
    private List<NodeUri> existing(Instance instance, ClientUri uri) throws Several {
        for (List<String> path : Aliases.spellings(instance.moid(), uri.path())) {
            List<NodeUri> found = walk(instance, path, uri);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<NodeUri> walk(Instance instance, List<String> path, ClientUri uri) throws Several {
        List<NodeUri> here = List.of(instance.root());
        for (String name : path) {
            List<NodeUri> next = new ArrayList<>();
            for (NodeUri node : here) {
                next.addAll(children(instance, node, name, uri));
            }
            here = next;
        }
        return here;
    }

    private List<NodeUri> children(Instance instance, NodeUri parent, String name, ClientUri uri) throws Several {
        List<String> names = tree.at(parent).map(node -> node.children().names()).orElse(List.of());
        if (name.equals(ClientUri.ANY)) {
            return names.stream().map(parent::child).toList();
        }
        if (ClientUri.isVariable(name)) {
            return atMostOne(names.stream().map(parent::child)
                    .filter(node -> fulfils(instance, node, name.charAt(1), uri)).toList(),
                    "nodes fulfil the conditions");
        }
        return spelled(names, name).map(parent::child).stream().toList();
    }

    /** The name as the tree has it, percent-encoded or not. */
    private static Optional<String> spelled(List<String> names, String name) {
        return names.contains(name) ? Optional.of(name)
                : names.stream().filter(known -> isSameName(known, name)).findFirst();
    }

    private static boolean isSameName(String known, String asked) {
        return (known.indexOf('%') >= 0 || asked.indexOf('%') >= 0)
                && Percent.decode(known).equals(Percent.decode(asked));
    }

    /** What is there; else the path with as many of its names there as can be, and the rest new. */
    private List<NodeUri> existingOrNew(Instance instance, ClientUri uri) throws Several {
        List<NodeUri> there = existing(instance, uri);
        if (!there.isEmpty()) {
            return there;
        }
        Nearest nearest = new Nearest(-1, List.of());
        for (List<String> path : Aliases.spellings(instance.moid(), uri.path())) {
            Nearest found = nearest(instance, path, uri);
            nearest = found.names() > nearest.names() ? found : nearest;
        }
        return nearest.nodes();
    }

    /** New nodes, and how many names of their path are there. */
    private record Nearest(int names, List<NodeUri> nodes) {}

    private Nearest nearest(Instance instance, List<String> path, ClientUri uri) throws Several {
        for (int names = path.size() - 1; names >= 0 && isReal(path.get(names)); names--) {
            NodeUri rest = new NodeUri(path.subList(names, path.size()));
            List<NodeUri> above = walk(instance, path.subList(0, names), uri).stream()
                    .filter(node -> tree.at(node).orElseThrow().isInterior()).toList();
            if (!above.isEmpty()) {
                return new Nearest(names, above.stream().map(node -> node.resolve(rest)).toList());
            }
        }
        return new Nearest(-1, List.of());
    }

    private static boolean isReal(String name) {
        return !name.equals(ClientUri.ANY) && !ClientUri.isVariable(name);
    }

    // ---- conditions

    private boolean fulfils(Instance instance, NodeUri node, char variable, ClientUri uri) {
        return uri.where().stream().filter(condition -> condition.variable() == variable)
                .allMatch(condition -> holds(instance, node, condition));
    }

    private boolean holds(Instance instance, NodeUri node, Condition condition) {
        List<String> path = instance.path(node.resolve(new NodeUri(condition.leaf())));
        for (List<String> spelling : Aliases.spellings(instance.moid(), path)) {
            Optional<NodeUri> leaf = real(instance.root(), spelling);
            if (leaf.isPresent()) {
                return holds(leaf.get(), condition.value());
            }
        }
        return false;
    }

    private Optional<NodeUri> real(NodeUri root, List<String> path) {
        NodeUri here = root;
        for (String name : path) {
            Optional<String> known = tree.at(here).flatMap(node -> spelled(node.children().names(), name));
            if (known.isEmpty()) {
                return Optional.empty();
            }
            here = here.child(known.get());
        }
        return Optional.of(here);
    }

    private boolean holds(NodeUri uri, String value) {
        Node leaf = tree.at(uri).orElseThrow();
        return !leaf.isInterior() && readable.test(uri) && (leaf.value().text().equals(value)
                || leaf.format().normal(Bytes.utf8(value)).filter(leaf.data()::equals).isPresent());
    }
}
