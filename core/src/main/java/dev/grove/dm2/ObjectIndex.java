package dev.grove.dm2;

import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The management objects of a tree by identifier and name ([DM 2.0 §6.1.1.1]): an instance is an interior node whose
 * type is the identifier (MOID), and its name (MIID) is that of the node. Where two instances of one object have the
 * same node name, the one nearer to the root keeps it, the first in the order of the alphabet of two that are as near;
 * the others are called by the names from the root down, joined by {@code ~}. So a name never depends on the order of
 * the tree.
 *
 * @param instances outer objects before those inside them
 */
public record ObjectIndex(List<Instance> instances) {

    /**
     * An object and where it stands.
     *
     * @param moid as the tree has it
     * @param miid unique among the instances of the identifier
     */
    public record Instance(String moid, String miid, NodeUri root) {

        /** The address of a node at or below the root, whether it is there or not. */
        public ClientUri address(NodeUri node) {
            return ClientUri.of(moid, miid, path(node));
        }

        /** The names from the root to a node at or below it. */
        public List<String> path(NodeUri node) {
            return node.segments().subList(root.segments().size(), node.segments().size());
        }
    }

    public ObjectIndex {
        instances = List.copyOf(instances);
    }

    /** All objects of a tree into which what mounted objects hold has been drawn, leaves or not. */
    public static ObjectIndex of(Tree tree) {
        List<Found> found = new ArrayList<>();
        tree.walk(NodeUri.ROOT, (uri, node) -> {
            if (node.isInterior() && !node.type().isEmpty() && !uri.isRoot()) {
                found.add(new Found(node.type(), uri));
            }
        });
        found.sort(Comparator.comparingInt((Found one) -> one.uri().segments().size())
                .thenComparing(one -> one.uri().toString()));
        Set<String> taken = new HashSet<>();
        return new ObjectIndex(found.stream().map(one -> named(one, taken)).toList());
    }

    private record Found(String moid, NodeUri uri) {}

    private static Instance named(Found one, Set<String> taken) {
        String name = one.uri().name();
        String miid = name.equals(ClientUri.ANY) || ClientUri.isVariable(name) ? "~" + name : name;
        if (!taken.add(one.moid() + "/" + miid)) {
            miid = String.join("~", one.uri().segments());
            while (!taken.add(one.moid() + "/" + miid)) {
                miid = "~" + miid;
            }
        }
        return new Instance(one.moid(), miid, one.uri());
    }

    /**
     * The instances of an object. Where there is none of exactly this identifier, those of its other spellings and
     * versions are meant ([DM 2.0 §12]): {@code oma:mo:…} for {@code urn:oma:mo:…}, any DevInfo, DMAcc 1.2 for 2.0.
     */
    public List<Instance> of(String moid) {
        List<Instance> exact = instances.stream().filter(instance -> instance.moid().equals(moid)).toList();
        return !exact.isEmpty() ? exact
                : instances.stream().filter(instance -> Aliases.isSame(instance.moid(), moid)).toList();
    }

    /** The object that a node belongs to: the innermost around it; none for a node that belongs to no object. */
    public Optional<Instance> around(NodeUri uri) {
        return instances.stream().filter(instance -> uri.startsWith(instance.root())).reduce((outer, inner) -> inner);
    }

    /** The address of a node, with the name of its instance spelled out; none if it belongs to no object. */
    public Optional<ClientUri> addressOf(NodeUri uri) {
        return around(uri).map(instance -> instance.address(uri));
    }
}
