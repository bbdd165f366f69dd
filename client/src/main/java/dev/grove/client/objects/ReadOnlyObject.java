package dev.grove.client.objects;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A management object that only tells: leaves whose values are asked of the device each time they are read. The shape
 * is
 * fixed; a server can change nothing.
 */
public final class ReadOnlyObject implements ManagementObject {

    private final String moid;
    private final Map<NodeUri, Leaf> leaves;

    private record Leaf(Format format, Supplier<String> text) {}

    private ReadOnlyObject(String moid, Map<NodeUri, Leaf> leaves) {
        this.moid = moid;
        this.leaves = leaves;
    }

    /** An object without leaves yet, of the given identifier. */
    public static ReadOnlyObject of(String moid) {
        return new ReadOnlyObject(moid, Map.of());
    }

    /**
     * This, with one more leaf; the interior nodes above it come by themselves.
     *
     * @param path such as {@code DevId} or {@code URI/MaxDepth}
     */
    public ReadOnlyObject with(String path, Format format, Supplier<String> text) {
        Map<NodeUri, Leaf> more = new LinkedHashMap<>(leaves);
        more.put(NodeUri.parse(path), new Leaf(format, text));
        return new ReadOnlyObject(moid, more);
    }

    /** This, with one more text leaf that never changes. */
    public ReadOnlyObject with(String path, String text) {
        return with(path, Format.CHR, () -> text);
    }

    @Override
    public DescriptionNode describe() {
        DescriptionNode root = describe(NodeUri.ROOT);
        return moid.isEmpty() ? root : root.withTypes(List.of(moid));
    }

    private DescriptionNode describe(NodeUri path) {
        Leaf leaf = leaves.get(path);
        DescriptionNode node = DescriptionNode.of(path.name(), leaf == null ? Format.NODE : leaf.format(), Access.GET)
                .withScope(Scope.PERMANENT);
        return leaf != null ? node
                : node.withChildren(children(path).stream().map(name -> describe(path.child(name))).toList());
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        Leaf leaf = leaves.get(path);
        if (leaf != null) {
            return Optional.of(new Live.Leaf(Value.of(leaf.format(), leaf.text().get())));
        }
        List<String> children = children(path);
        boolean isThere = path.isRoot() || !children.isEmpty();
        return isThere ? Optional.of(new Live.Interior(path.isRoot() ? moid : "", children)) : Optional.empty();
    }

    private List<String> children(NodeUri path) {
        List<String> names = new ArrayList<>();
        int depth = path.segments().size();
        for (NodeUri leaf : leaves.keySet()) {
            if (leaf.startsWith(path) && leaf.segments().size() > depth) {
                String name = leaf.segments().get(depth);
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public StatusCode check(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }

    @Override
    public StatusCode apply(Change change) {
        return StatusCode.COMMAND_NOT_ALLOWED;
    }
}
