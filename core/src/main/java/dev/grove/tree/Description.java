package dev.grove.tree;

import dev.grove.tree.DescriptionNode.NameCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a device's tree beforehand: descriptions of management objects, each at the place where it is, and
 * by its identifier wherever it may be ([TND 1.2 §8.5]).
 *
 * <p>Where several speak of a node, the more local one wins ([TND 1.2 §7.7.7]). A node of which none speaks is free:
 * servers may do with it what its ACL allows.
 */
public record Description(List<Place> places) {

    /**
     * A description at its place.
     *
     * @param parent the node that the described node stands under; ignored if the described node is the root itself
     * @param node what is described; un-named if there can be several
     */
    public record Place(NodeUri parent, DescriptionNode node) {
        /** Whether it is the root of the tree that is described. */
        boolean isRoot() {
            return node.name().equals(".");
        }
    }

    /** Nothing is known. */
    public static final Description NONE = new Description(List.of());

    public Description {
        places = List.copyOf(places);
    }

    /** A description of one object at its place. */
    public static Description of(NodeUri parent, DescriptionNode node) {
        return new Description(List.of(new Place(parent, node)));
    }

    /** This and {@code other}. */
    public Description and(Description other) {
        List<Place> all = new ArrayList<>(places);
        all.addAll(other.places);
        return new Description(all);
    }

    /** What is said of {@code uri} in a tree that holds nothing that would change it. */
    public Optional<DescriptionNode> at(NodeUri uri) {
        return at(null, uri);
    }

    /**
     * What is said of {@code uri} in {@code tree}, where an interior node of a known identifier brings the description
     * of that object with it, wherever it stands.
     */
    public Optional<DescriptionNode> at(@Nullable Tree tree, NodeUri uri) {
        Optional<DescriptionNode> said = places.stream().filter(Place::isRoot).map(Place::node).findFirst();
        Optional<Node> node = tree == null ? Optional.empty() : Optional.of(tree.root());
        for (int i = 0; i < uri.segments().size(); i++) {
            String name = uri.segments().get(i);
            node = node.flatMap(n -> n.child(name));
            Optional<DescriptionNode> local = placedAt(uri, i);
            said = local.isPresent() ? local : said.flatMap(d -> d.child(name));
            Optional<DescriptionNode> byType = node.filter(Node::isInterior).map(Node::type).flatMap(this::ofType);
            if (byType.isPresent() && (said.isEmpty() || said.get().children().isEmpty())) {
                said = byType;
            }
        }
        return said;
    }

    /** What is said by place of a node on the way to {@code uri}: that whose name is its segment {@code index}. */
    private Optional<DescriptionNode> placedAt(NodeUri uri, int index) {
        Optional<DescriptionNode> unnamed = Optional.empty();
        for (Place place : places) {
            boolean isAbove = place.parent().segments().size() == index && uri.startsWith(place.parent());
            if (!isAbove || place.isRoot()) {
                continue;
            }
            DescriptionNode node = place.node();
            if (!node.isNamed()) {
                unnamed = Optional.of(node);
            } else if (sameName(node, uri.segments().get(index))) {
                return Optional.of(node);
            }
        }
        return unnamed;
    }

    private static boolean sameName(DescriptionNode node, String name) {
        return node.nameCase() == NameCase.INSENSITIVE ? node.name().equalsIgnoreCase(name) : node.name().equals(name);
    }

    /** What is said of an object by its identifier; empty for the empty identifier. */
    public Optional<DescriptionNode> ofType(String moid) {
        if (moid.isEmpty()) {
            return Optional.empty();
        }
        for (Place place : places) {
            DescriptionNode found = describing(place.node(), moid);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static @Nullable DescriptionNode describing(DescriptionNode node, String moid) {
        if (node.isInterior() && node.types().contains(moid)) {
            return node;
        }
        for (DescriptionNode child : node.children()) {
            DescriptionNode found = describing(child, moid);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Where the device keeps objects of an identifier: the node above them, for a server that knows the identifier but
     * not the place ([STDOBJ 1.2 §5], Inbox).
     */
    public Optional<Place> placeOf(String moid) {
        return moid.isEmpty() ? Optional.empty()
                : places.stream().flatMap(p -> placesOf(p.parent(), p.node(), moid)).findFirst();
    }

    private static Stream<Place> placesOf(NodeUri parent, DescriptionNode node, String moid) {
        if (node.isInterior() && node.types().contains(moid)) {
            return Stream.of(new Place(parent, node));
        }
        if (!node.isNamed()) {
            return Stream.empty();
        }
        NodeUri here = node.name().equals(".") ? NodeUri.ROOT : parent.child(node.name());
        return node.children().stream().flatMap(child -> placesOf(here, child, moid));
    }

    /** Whether some name may be spelled in either case. */
    public boolean hasCaseInsensitiveNames() {
        for (Place place : places) {
            if (isInsensitive(place.node())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInsensitive(DescriptionNode node) {
        if (node.nameCase() == NameCase.INSENSITIVE) {
            return true;
        }
        for (DescriptionNode child : node.children()) {
            if (isInsensitive(child)) {
                return true;
            }
        }
        return false;
    }
}
