package dev.grove.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The children of an interior node by name, in the order in which they came. Immutable; a changed value shares all
 * other nodes, and where no name changed the names, with the one it came from.
 */
public final class Children {

    /** No children. */
    public static final Children NONE = new Children(new Names(new String[0]), new Node[0], 0);

    private final Names names;
    private final Node[] nodes;
    private final int nodeCount;

    private Children(Names names, Node[] nodes, int nodeCount) {
        this.names = names;
        this.nodes = nodes;
        this.nodeCount = nodeCount;
    }

    /** The children of the given map, in its order. */
    public static Children of(Map<String, Node> children) {
        return new Children(new Names(children.keySet().toArray(new String[0])),
                children.values().toArray(new Node[0]),
                children.values().stream().mapToInt(Node::nodeCount).sum());
    }

    public int size() {
        return nodes.length;
    }

    public boolean isEmpty() {
        return nodes.length == 0;
    }

    /** All nodes in these sub-trees. */
    public int nodeCount() {
        return nodeCount;
    }

    public boolean contains(String name) {
        return names.indexOf(name) >= 0;
    }

    public Optional<Node> get(String name) {
        int index = names.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(nodes[index]);
    }

    /** The names in order. */
    public List<String> names() {
        return List.of(names.array);
    }

    public void forEach(BiConsumer<String, Node> action) {
        for (int i = 0; i < nodes.length; i++) {
            action.accept(names.array[i], nodes[i]);
        }
    }

    /** These, with {@code node} in the place of the child of that name, or at the end. */
    public Children with(String name, Node node) {
        int index = names.indexOf(name);
        if (index >= 0) {
            Node[] changed = nodes.clone();
            changed[index] = node;
            return new Children(names, changed, nodeCount - nodes[index].nodeCount() + node.nodeCount());
        }
        Node[] more = Arrays.copyOf(nodes, nodes.length + 1);
        more[nodes.length] = node;
        return new Children(names.with(name), more, nodeCount + node.nodeCount());
    }

    /** These without the child of that name, if there is one. */
    public Children without(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            return this;
        }
        Node[] fewer = Arrays.copyOf(nodes, nodes.length - 1);
        System.arraycopy(nodes, index + 1, fewer, index, fewer.length - index);
        return new Children(names.without(index), fewer, nodeCount - nodes[index].nodeCount());
    }

    /**
     * These, with one child under another name, in its old place.
     *
     * @throws IllegalStateException if there is no such child, or one of the new name
     */
    public Children renamed(String oldName, String newName) {
        int index = names.indexOf(oldName);
        if (index < 0 || contains(newName)) {
            throw new IllegalStateException("rename of an absent child, or onto a sibling");
        }
        return new Children(names.renamed(index, newName), nodes, nodeCount);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Children that && (this == that || hasEqualContent(that));
    }

    /** Arrays.equals first compares the references, so what two versions share is not walked. */
    private boolean hasEqualContent(Children that) {
        return nodeCount == that.nodeCount && Arrays.equals(names.array, that.names.array)
                && Arrays.equals(nodes, that.nodes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names.array) + Arrays.hashCode(nodes);
    }

    @Override
    public String toString() {
        return Arrays.toString(names.array);
    }

    /**
     * Names in order, with their hash codes beside them: a search passes over ten thousand in some microseconds. When
     * the same names are searched again and again, an index is made: it pays after as many searches as a scan is dear.
     */
    private static final class Names {
        final String[] array;
        private final int[] hashes;
        private int searches;
        private volatile @Nullable Map<String, Integer> index;

        Names(String[] array) {
            this(array, Arrays.stream(array).mapToInt(String::hashCode).toArray());
        }

        private Names(String[] array, int[] hashes) {
            this.array = array;
            this.hashes = hashes;
        }

        int indexOf(String name) {
            Map<String, Integer> known = index;
            if (known != null) {
                return known.getOrDefault(name, -1);
            }
            // A count that is lost between threads only delays the index.
            if (array.length > 32 && ++searches > array.length / 8) {
                index = indexed();
            }
            return scan(name);
        }

        private Map<String, Integer> indexed() {
            Map<String, Integer> built = HashMap.newHashMap(array.length);
            for (int i = 0; i < array.length; i++) {
                built.put(array[i], i);
            }
            return built;
        }

        private int scan(String name) {
            int hash = name.hashCode();
            for (int i = 0; i < hashes.length; i++) {
                if (hashes[i] == hash && array[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        Names with(String name) {
            String[] more = Arrays.copyOf(array, array.length + 1);
            int[] moreHashes = Arrays.copyOf(hashes, array.length + 1);
            more[array.length] = name;
            moreHashes[array.length] = name.hashCode();
            return new Names(more, moreHashes);
        }

        Names without(int index) {
            String[] fewer = Arrays.copyOf(array, array.length - 1);
            int[] fewerHashes = Arrays.copyOf(hashes, array.length - 1);
            System.arraycopy(array, index + 1, fewer, index, fewer.length - index);
            System.arraycopy(hashes, index + 1, fewerHashes, index, fewer.length - index);
            return new Names(fewer, fewerHashes);
        }

        Names renamed(int index, String name) {
            String[] changed = array.clone();
            int[] changedHashes = hashes.clone();
            changed[index] = name;
            changedHashes[index] = name.hashCode();
            return new Names(changed, changedHashes);
        }
    }
}
