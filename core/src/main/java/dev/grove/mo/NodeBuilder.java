package dev.grove.mo;

import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts an interior node together from leaves and interior nodes; absent values make no node. */
public final class NodeBuilder {

    private final Instant now;
    private final boolean permanent;
    private Node node;

    private NodeBuilder(String moid, Instant now, boolean permanent) {
        this.now = now;
        this.permanent = permanent;
        this.node = made(Node.interior(moid, now));
    }

    /** A node that servers can delete, with all below it. */
    public static NodeBuilder dynamic(String moid, Instant now) {
        return new NodeBuilder(moid, now, false);
    }

    /** A node that is the device's own, with all below it. */
    public static NodeBuilder permanent(String moid, Instant now) {
        return new NodeBuilder(moid, now, true);
    }

    private Node made(Node plain) {
        return permanent ? plain.asPermanent() : plain;
    }

    public NodeBuilder leaf(String name, @Nullable String text) {
        return text == null ? this : leaf(name, Value.text(text));
    }

    public NodeBuilder leaf(String name, Format format, String text) {
        return leaf(name, Value.of(format, text));
    }

    public NodeBuilder leaf(String name, Value value) {
        node = node.withChild(name, made(Node.of(value, now)));
        return this;
    }

    /** An interior node without an identifier of its own. */
    public NodeBuilder interior(String name, Consumer<NodeBuilder> content) {
        NodeBuilder inner = new NodeBuilder("", now, permanent);
        content.accept(inner);
        node = node.withChild(name, inner.build());
        return this;
    }

    public Node build() {
        return node;
    }
}
