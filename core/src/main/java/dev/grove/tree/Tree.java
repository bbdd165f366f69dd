package dev.grove.tree;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The management tree of a device at one moment ([TND 1.2 §7]). A value: a change gives another tree that shares what
 * did not change, so keeping an old root costs nothing and is all that a roll-back needs.
 *
 * <p>This type knows the structure only. What a server may do to it is the business of the editor.
 */
public record Tree(Node root) {

    public Tree {
        if (!root.isInterior()) {
            throw new IllegalArgumentException("the root of a tree is an interior node (TND 7.1)");
        }
    }

    /** A tree that has a permanent root with the usual ACL, and nothing else. */
    public static Tree empty(Instant now) {
        return new Tree(Node.interior("", now).asPermanent().withAcl(Acl.ROOT));
    }

    /** The node at {@code uri}. */
    public Optional<Node> at(NodeUri uri) {
        Node node = root;
        for (String name : uri.segments()) {
            Optional<Node> child = node.child(name);
            if (child.isEmpty()) {
                return child;
            }
            node = child.get();
        }
        return Optional.of(node);
    }

    public boolean has(NodeUri uri) {
        return at(uri).isPresent();
    }

    /** {@code uri} if there is such a node, or else the nearest node above that there is. */
    public NodeUri nearest(NodeUri uri) {
        Node node = root;
        List<String> names = uri.segments();
        for (int i = 0; i < names.size(); i++) {
            Optional<Node> child = node.child(names.get(i));
            if (child.isEmpty()) {
                return new NodeUri(names.subList(0, i));
            }
            node = child.get();
        }
        return uri;
    }

    /** The list that counts for the node or, if it is not there, for a node that would be ([TND 1.2 §7.7.1]). */
    public Acl effectiveAcl(NodeUri uri) {
        Node node = root;
        Acl acl = root.acl();
        for (String name : uri.segments()) {
            Optional<Node> child = node.child(name);
            if (child.isEmpty()) {
                break;
            }
            node = child.get();
            acl = node.acl().isEmpty() ? acl : node.acl();
        }
        return acl;
    }

    /**
     * This tree with {@code node} at {@code uri}, in the place of what was there, or as the last child.
     *
     * @throws IllegalStateException if there is no interior node above
     */
    public Tree with(NodeUri uri, Node node) {
        if (uri.isRoot()) {
            return new Tree(node);
        }
        return new Tree(change(root, uri, 0, above -> above.withChild(uri.name(), node)));
    }

    /**
     * This tree with one node changed.
     *
     * @throws IllegalStateException if there is no such node
     */
    public Tree change(NodeUri uri, UnaryOperator<Node> change) {
        return with(uri, change.apply(existing(uri)));
    }

    /** This tree without the node and all below it; the same if there is no such node. */
    public Tree without(NodeUri uri) {
        if (!has(uri)) {
            return this;
        }
        return new Tree(
                change(root, uri, 0, above -> above.withChildren(above.children().without(uri.name()))));
    }

    /**
     * This tree with one node under another name.
     *
     * @throws IllegalStateException if there is no such node, it is the root, or a sibling has the name
     */
    public Tree renamed(NodeUri uri, String name) {
        return new Tree(change(root, uri, 0,
                above -> above.withChildren(above.children().renamed(uri.name(), name))));
    }

    /** Rebuilds the path to the parent of {@code uri}, bottom up; everything beside it is shared. */
    private static Node change(Node node, NodeUri uri, int depth, UnaryOperator<Node> atParent) {
        if (uri.isRoot()) {
            throw new IllegalStateException("the root is no child");
        }
        if (depth == uri.segments().size() - 1) {
            return atParent.apply(node);
        }
        String name = uri.segments().get(depth);
        Node child = node.child(name).orElseThrow(() -> new IllegalStateException("no node above " + uri));
        return node.withChild(name, change(child, uri, depth + 1, atParent));
    }

    private Node existing(NodeUri uri) {
        return at(uri).orElseThrow(() -> new IllegalStateException("no node " + uri));
    }

    /** Calls {@code action} for the node at {@code start}, if it is there, and each below, parents first, in order. */
    public void walk(NodeUri start, BiConsumer<NodeUri, Node> action) {
        at(start).ifPresent(node -> walk(start, node, action));
    }

    private static void walk(NodeUri uri, Node node, BiConsumer<NodeUri, Node> action) {
        action.accept(uri, node);
        node.children().forEach((name, child) -> walk(uri.child(name), child, action));
    }

    /** The URIs of the node at {@code start} and of all below it, parents first; empty if it is not there. */
    public List<NodeUri> uris(NodeUri start) {
        List<NodeUri> uris = new ArrayList<>();
        walk(start, (uri, node) -> uris.add(uri));
        return uris;
    }

    /**
     * This tree after a server is gone from the device ([TND 1.2 §7.7.1]): its identifier leaves every list, and a
     * list that becomes empty inherits again. A command of the root's list that nobody would hold goes to everyone.
     */
    public Tree withoutServer(String server) {
        Node cleaned = withoutServer(root, server);
        Acl rootAcl = cleaned.acl();
        for (Acl.Right right : root.acl().grants().keySet()) {
            if (!rootAcl.grants().containsKey(right)) {
                rootAcl = rootAcl.with(right, Acl.EVERYONE);
            }
        }
        return new Tree(rootAcl.equals(cleaned.acl()) ? cleaned : cleaned.withAcl(rootAcl));
    }

    @SuppressWarnings("ReferenceEquality") // The same object is how an unchanged sub-tree is known, and kept.
    private static Node withoutServer(Node node, String server) {
        Acl acl = node.acl().without(server);
        Node[] cleaned = {acl.equals(node.acl()) ? node : node.withAcl(acl)};
        node.children().forEach((name, child) -> {
            Node less = withoutServer(child, server);
            if (less != child) {
                cleaned[0] = cleaned[0].withChild(name, less);
            }
        });
        return cleaned[0];
    }
}
