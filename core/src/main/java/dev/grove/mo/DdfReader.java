package dev.grove.mo;

import dev.grove.tree.Description;
import dev.grove.tree.Description.Place;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads device description files: OMA's DDF 1.1 and 1.2 in XML and WBXML, Microsoft's version 2, and the binary form of
 * a maker's phones ([TND 1.2 §8.5]).
 *
 * <p>Read liberally, since real files have no default namespace, a {@code Path} on nested nodes, {@code .} or
 * {@code *} as a name, the media type of interior nodes, and elements of other namespaces. An un-named node is one with
 * an empty name or {@code *}. Elements that mean nothing here are passed over.
 */
public final class DdfReader {

    /** Enough for the largest description in use: one file of Windows policies has some ten thousand nodes. */
    public static final Limits LIMITS = new Limits(16 << 20, 128, 1_000_000, 4 << 20);

    private DdfReader() {}

    public static Ddf read(Bytes document) throws Malformed {
        return read(document, LIMITS);
    }

    public static Ddf read(Bytes document, Limits limits) throws Malformed {
        Tokens in = TreeDocument.cursor(document, limits);
        int root = in.nextTag();
        if (root == PhoneTreeReader.ROOT) {
            List<Place> places = PhoneTreeReader.nodes(in).stream().map(node -> new Place(NodeUri.ROOT, node)).toList();
            return new Ddf("", "", "", new Description(places));
        }
        TreeDocument.checkRoot(in, root);
        return read(in);
    }

    private static Ddf read(Tokens in) throws Malformed {
        String verDtd = "";
        String man = "";
        String mod = "";
        List<Place> places = new ArrayList<>();
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Tag.Ddf.VER_DTD -> verDtd = in.leaf();
                case Tag.Ddf.MAN -> man = in.leaf();
                case Tag.Ddf.MOD -> mod = in.leaf();
                case Tag.Ddf.NODE -> place(in, DdfNodeReader.read(in), places);
                default -> in.skip();
            }
        }
        if (places.isEmpty()) {
            throw in.malformed("a MgmtTree has at least one Node (TND 8.5)");
        }
        return new Ddf(verDtd, man, mod, new Description(places));
    }

    /**
     * A node at the top stands where its Path says: inside of one that came before, if that was left to be continued,
     * or else somewhere in the tree.
     */
    private static void place(Tokens in, DdfNodeReader.Read read, List<Place> places) throws Malformed {
        List<String> path = segments(read.path());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            List<String> own = new ArrayList<>(place.parent().segments());
            if (!place.node().name().equals(".")) {
                own.add(place.node().name());
            }
            if (path.size() >= own.size() && !path.isEmpty() && path.subList(0, own.size()).equals(own)) {
                DescriptionNode grown = continued(place.node(), path.subList(own.size(), path.size()), read.node());
                if (grown != null) {
                    places.set(i, new Place(place.parent(), grown));
                    return;
                }
            }
        }
        try {
            places.add(new Place(path.isEmpty() ? NodeUri.ROOT : NodeUri.parse(String.join("/", path)), read.node()));
        } catch (IllegalArgumentException e) {
            throw in.malformed("Path: " + e.getMessage());
        }
    }

    /** The segments of a Path, whatever dots and slashes stand around them; an empty one is an un-named node. */
    private static List<String> segments(String path) {
        String inner = path.startsWith("./") ? path.substring(2) : path.startsWith("/") ? path.substring(1) : path;
        if (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        if (inner.isEmpty() || inner.equals(".")) {
            return List.of();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : inner.split("/", -1)) {
            segments.add(DdfNodeReader.isUnnamed(segment) ? "" : segment);
        }
        return segments;
    }

    /** {@code node} with {@code addition} put in below it; null if the path leads nowhere. */
    private static @Nullable DescriptionNode continued(DescriptionNode node,
            List<String> path, DescriptionNode addition) {
        List<DescriptionNode> children = new ArrayList<>(node.children());
        if (path.isEmpty()) {
            children.add(addition);
            return node.withChildren(children);
        }
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i).name().equals(path.getFirst())) {
                DescriptionNode grown = continued(children.get(i), path.subList(1, path.size()), addition);
                if (grown != null) {
                    children.set(i, grown);
                    return node.withChildren(children);
                }
            }
        }
        return null;
    }
}
