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
    public static final Children NONE = new Children(new Names(new String[0]), new Node[0]);

    private final Names names;
    private final Node[] nodes;
    private final int nodeCount;

    private Children(Names names, Node[] nodes) {
        this.names = names;
        this.nodes = nodes;
        int count = 0;
        for (Node node : nodes) {
            count += node.nodeCount();
        }
        this.nodeCount = count;
    }

    /** The children of the given map, in its order. */
    public static Children of(Map<String, Node> children) {
        return new Children(new Names(children.keySet().toArray(new String[0])),
                children.values().toArray(new Node[0]));
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
            return new Children(names, changed);
        }
        String[] moreNames = Arrays.copyOf(names.array, nodes.length + 1);
        Node[] moreNodes = Arrays.copyOf(nodes, nodes.length + 1);
        moreNames[nodes.length] = name;
        moreNodes[nodes.length] = node;
        return new Children(new Names(moreNames), moreNodes);
    }

    /** These without the child of that name, if there is one. */
    public Children without(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            return this;
        }
        String[] fewerNames = Arrays.copyOf(names.array, nodes.length - 1);
        Node[] fewerNodes = Arrays.copyOf(nodes, nodes.length - 1);
        System.arraycopy(names.array, index + 1, fewerNames, index, fewerNames.length - index);
        System.arraycopy(nodes, index + 1, fewerNodes, index, fewerNodes.length - index);
        return new Children(new Names(fewerNames), fewerNodes);
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
        String[] changed = names.array.clone();
        changed[index] = newName;
        return new Children(new Names(changed), nodes);
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

    /** Names in order. Few names are searched one by one; of many, an index is made when they are asked for again. */
    private static final class Names {
        private static final int FEW = 16;
        private static final int SEARCHES_BEFORE_INDEX = 4;

        final String[] array;
        private int searches;
        private volatile @Nullable Map<String, Integer> index;

        Names(String[] array) {
            this.array = array;
        }

        int indexOf(String name) {
            Map<String, Integer> known = index;
            if (known != null) {
                return known.getOrDefault(name, -1);
            }
            // A lost count between threads only delays the index.
            if (array.length > FEW && ++searches > SEARCHES_BEFORE_INDEX) {
                index = buildIndex();
            }
            for (int i = 0; i < array.length; i++) {
                if (array[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        private Map<String, Integer> buildIndex() {
            Map<String, Integer> built = HashMap.newHashMap(array.length);
            for (int i = 0; i < array.length; i++) {
                built.put(array[i], i);
            }
            return built;
        }
    }
}
