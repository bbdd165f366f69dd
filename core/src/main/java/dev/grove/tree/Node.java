package dev.grove.tree;

import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A node with its properties and everything below it ([TND 1.2 §7.2, §7.7]). Its name is known to the node above only.
 *
 * @param format {@link Format#NODE} for an interior node
 * @param type media type of a leaf; management object identifier of an interior node, or empty
 * @param data the value of a leaf; empty for an interior node
 * @param acl the node's own list; empty to inherit
 * @param title for people; at most 255 bytes of UTF-8
 * @param timestamp when the node changed last
 * @param verNo number of changes, modulo 65536
 * @param permanent made by the device: no server can delete or rename it
 * @param children empty for a leaf
 */
public record Node(Format format, String type, Bytes data, Acl acl, String title, Instant timestamp, int verNo,
        boolean permanent, Children children) {

    /** The largest {@link #title}, in bytes ([TND 1.2 §7.7.5]). */
    public static final int MAX_TITLE_BYTES = 255;

    public Node {
        if (format == Format.NODE ? !data.isEmpty() : !children.isEmpty()) {
            throw new IllegalArgumentException("an interior node has no value, a leaf no children (TND 7.2)");
        }
    }

    /** A dynamic leaf or, if the value's format is {@link Format#NODE}, interior node without children. */
    public static Node of(Value value, Instant now) {
        return new Node(value.format(), value.type(), value.format() == Format.NODE ? Bytes.EMPTY : value.data(),
                Acl.NONE, "", now, 0, false, Children.NONE);
    }

    /** A dynamic interior node without children. */
    public static Node interior(String moid, Instant now) {
        return of(Value.interior(moid), now);
    }

    public boolean isInterior() {
        return format == Format.NODE;
    }

    public Value value() {
        return new Value(format, type, data);
    }

    public Optional<Node> child(String name) {
        return children.get(name);
    }

    /** Nodes in this sub-tree, this one included. */
    public int nodeCount() {
        return 1 + children.nodeCount();
    }

    public Node withChild(String name, Node child) {
        return withChildren(children.with(name, child));
    }

    public Node withChildren(Children changed) {
        return new Node(format, type, data, acl, title, timestamp, verNo, permanent, changed);
    }

    /** This, with other content and all properties kept; a leaf stays a leaf, an interior node keeps its children. */
    public Node withValue(Value value) {
        return new Node(value.format(), value.type(), value.format() == Format.NODE ? Bytes.EMPTY : value.data(), acl,
                title, timestamp, verNo, permanent, value.format() == Format.NODE ? children : Children.NONE);
    }

    public Node withAcl(Acl changed) {
        return new Node(format, type, data, changed, title, timestamp, verNo, permanent, children);
    }

    public Node withTitle(String changed) {
        return new Node(format, type, data, acl, changed, timestamp, verNo, permanent, children);
    }

    /** This, made by the device. */
    public Node asPermanent() {
        return new Node(format, type, data, acl, title, timestamp, verNo, true, children);
    }

    /** This with the time of its last change and its version as given; the version is taken modulo 65536. */
    public Node withVersion(Instant changed, int version) {
        return new Node(format, type, data, acl, title, changed, version & 0xFFFF, permanent, children);
    }

    /** This, changed once more ([TND 1.2 §7.7.6, §7.7.8]): version FFFF is followed by 0. */
    public Node touched(Instant now) {
        return withVersion(now, verNo + 1);
    }

    /** Structure only: a value may be secret. */
    @Override
    public String toString() {
        return format.wireName() + (isInterior() ? " " + children : " of " + data.length() + " bytes");
    }
}
