package dev.grove.server.store.form;

import dev.grove.engine.StateBytes;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was learned of a device's tree, change by change: the stored forms of several changes behind one another are
 * the stored form of all of them.
 */
public final class LearnedCodec {

    private static final int PUT = 'n';
    private static final int REMOVED = 'r';
    private static final int NODE_BYTES = 64;

    private LearnedCodec() {}

    /** Nodes were put, each in place of what was known of it. */
    public static Bytes put(List<MirrorNode> nodes) {
        StateBytes.Writer out = new StateBytes.Writer(NODE_BYTES * nodes.size());
        nodes.forEach(node -> write(out, node));
        return out.toBytes();
    }

    private static void write(StateBytes.Writer out, MirrorNode node) {
        Value value = node.value();
        out.octet(PUT);
        out.text(node.uri().toString());
        out.number(node.at().toEpochMilli());
        out.flag(value != null);
        if (value != null) {
            out.constant(value.format());
            out.text(value.type());
            out.flag(node.isRead());
            out.bytes(node.isRead() ? value.data() : Bytes.EMPTY);
        }
    }

    /** A node was removed, and all below it. */
    public static Bytes removed(NodeUri uri) {
        StateBytes.Writer out = new StateBytes.Writer(NODE_BYTES);
        out.octet(REMOVED);
        out.text(uri.toString());
        return out.toBytes();
    }

    /**
     * The nodes that are there after all changes, by their URIs.
     *
     * @throws IllegalStateException if the bytes are not what this program, or an earlier one, has written
     */
    public static SortedMap<String, MirrorNode> nodes(Bytes changes) {
        SortedMap<String, MirrorNode> nodes = new TreeMap<>();
        StateBytes.Reader in = new StateBytes.Reader(changes);
        try {
            while (in.hasMore()) {
                int change = in.octet();
                String uri = in.text();
                switch (change) {
                    case PUT -> nodes.put(uri, node(NodeUri.parse(uri), in));
                    case REMOVED -> {
                        nodes.remove(uri);
                        // '0' follows '/'.
                        nodes.subMap(uri + "/", uri + "0").clear();
                    }
                    default -> throw in.malformed("an unknown change");
                }
            }
        } catch (Malformed damaged) {
            throw new IllegalStateException("what was learned of a tree is not understood", damaged);
        }
        return nodes;
    }

    private static MirrorNode node(NodeUri uri, StateBytes.Reader in) throws Malformed {
        Instant at = Instant.ofEpochMilli(in.number());
        if (!in.flag()) {
            return new MirrorNode(uri, null, false, at);
        }
        Format format = in.constant(Format.values());
        String type = in.text();
        boolean isRead = in.flag();
        return new MirrorNode(uri, new Value(format, type, in.bytes()), isRead, at);
    }
}
