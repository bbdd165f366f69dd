package dev.grove.dm2.device;

import dev.grove.dm2.ClientUris;
import dev.grove.dm2.Dm2Status;
import dev.grove.dm2.ObjectIndex.Instance;
import dev.grove.dm2.ObjectIndex;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.tree.Children;
import dev.grove.tree.ClientUri;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects of the device at one moment, as ClientURIs name them and as one server may see them. Mounted objects are
 * drawn in where somebody looks.
 */
public final class ObjectView {

    private final Dm2Context context;
    private final ObjectIndex index;
    private final AccessCheck access;
    private Tree tree;

    /**
     * What a ClientURI comes to.
     *
     * @param places none if nothing is meant
     * @param why nothing is meant: 404, or 400 where several nodes are there and one is meant ([DM 2.0 §6.1.2])
     */
    public record Found(List<Place> places, Outcome why) {
        public boolean isEmpty() {
            return places.isEmpty();
        }
    }

    /** A node of an object; it need not be there. */
    public record Place(Instance of, NodeUri uri) {

        List<String> path() {
            return of.path(uri);
        }

        public Part part() {
            return new Part(of.moid(), of.miid(), path());
        }

        /** Its address, spelled out. */
        public ClientUri address() {
            return of.address(uri);
        }
    }

    /** @param plain without what mounted objects hold */
    public ObjectView(Tree plain, Dm2Context context) {
        this.context = context;
        this.tree = context.editor().outlined(plain, context.now());
        this.index = ObjectIndex.of(tree);
        this.access = new AccessCheck(context, this, DelegationObject.in(tree));
    }

    public AccessCheck access() {
        return access;
    }

    List<Instance> instances() {
        return index.instances();
    }

    List<Instance> instances(String moid) {
        return index.of(moid);
    }

    /** Whether the server's bootstrap names the object; its own account need not be named. */
    boolean isProvisioned(Instance instance) {
        Set<String> moids = context.server().moids();
        return context.server().isFor(instance.moid()) || instance.root().equals(context.server().at())
                || moids.stream().anyMatch(moid -> index.of(moid).contains(instance));
    }

    /** The name of an object in rules of delegation. */
    static Part part(Instance instance) {
        return Part.root(instance.moid(), instance.miid());
    }

    /** The roots of all objects, by their names in rules of delegation. */
    public Map<Part, NodeUri> roots() {
        Map<Part, NodeUri> roots = new LinkedHashMap<>();
        instances().forEach(instance -> roots.put(part(instance), instance.root()));
        return roots;
    }

    /** The object that a node belongs to: the innermost one around it. */
    public Optional<Place> placeOf(NodeUri uri) {
        return index.around(uri).map(instance -> new Place(instance, uri));
    }

    public Optional<Node> at(NodeUri uri) {
        return tree.at(uri);
    }

    public Tree tree() {
        return tree;
    }

    Optional<DescriptionNode> described(NodeUri uri) {
        return context.editor().description().at(tree, uri);
    }

    // ---- finding

    /** The nodes that are meant and are there. Objects that are none of the server's are not among all of a kind. */
    public Found find(ClientUri uri) {
        return found(uri, finder(uri).find(uri));
    }

    /** The nodes that are meant, if need be such as can be made. */
    Found findOrNew(ClientUri uri) {
        return found(uri, finder(uri).findOrNew(uri));
    }

    private ClientUris finder(ClientUri uri) {
        boolean isPlain = uri.where().isEmpty() && !uri.path().contains(ClientUri.ANY);
        for (Instance instance : instances(uri.moid())) {
            if (isPlain && isOpen(instance)) {
                NodeUri node = instance.root().resolve(new NodeUri(uri.path()));
                tree = context.editor().drawn(tree, node, context.now());
            } else {
                draw(instance);
            }
        }
        return new ClientUris(index, tree,
                leaf -> placeOf(leaf).filter(place -> isShown(leaf) && access.allows(Right.READ, place)).isPresent());
    }

    private Found found(ClientUri uri, ClientUris.Found found) {
        return switch (found) {
            case ClientUris.Found.Nothing(Outcome why) -> new Found(List.of(), why);
            case ClientUris.Found.Nodes(List<ClientUris.Hit> hits) -> new Found(hits.stream()
                    .map(hit -> placeOf(hit.uri()).orElse(new Place(hit.of(), hit.uri())))
                    .filter(place -> !uri.instance().equals(ClientUri.ANY) || access.sees(place.of())).toList(),
                    Outcome.of(Dm2Status.NOT_FOUND, "no such node"));
        };
    }

    /** Whether an object may hold anything, as a folder does, so that no more is read than is asked for. */
    private boolean isOpen(Instance instance) {
        return described(instance.root()).map(described -> described.children().isEmpty()).orElse(false);
    }

    /** All of an object, live values too. */
    public void draw(Instance instance) {
        tree = context.editor().drawn(tree, instance.root(), context.now());
        if (instance.moid().equals(DelegationObject.MOID)) {
            hideRules(instance);
        }
    }

    /** Of the rules, a server sees those of objects with which it may do something ([DM 2.0 §10]). */
    private void hideRules(Instance rules) {
        String moid = rules.root().name();
        Set<String> seen = instances(moid).stream().filter(access::sees).map(Instance::miid)
                .collect(Collectors.toSet());
        for (String miid : tree.at(rules.root()).orElseThrow().children().names()) {
            if (!seen.contains(miid)) {
                tree = tree.without(rules.root().child(miid));
            }
        }
    }

    /** Whether the node's description lets servers read it ([DM 2.0 §6.3.1.1]). */
    public boolean isShown(NodeUri uri) {
        return described(uri).map(d -> d.allows(Access.GET)).orElse(true);
    }

    // ---- showing

    /** A node as servers see it: without what its description keeps from them. */
    Node shown(NodeUri uri) {
        Node node = tree.at(uri).orElseThrow();
        Node bare = node.isInterior() ? node.withChildren(Children.NONE) : node;
        for (String name : node.children().names()) {
            if (isShown(uri.child(name))) {
                bare = bare.withChild(name, shown(uri.child(name)));
            }
        }
        return bare;
    }
}
