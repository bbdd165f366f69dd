package dev.grove.server.fleet;

import dev.grove.tree.NodeUri;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the server knows of the trees of its devices. */
public interface Mirror {

    Optional<MirrorNode> find(String deviceId, NodeUri uri);

    /** Keeps nodes, each in place of what was known of it. */
    void put(String deviceId, Collection<MirrorNode> nodes);

    /** Forgets a node and all below it. */
    void remove(String deviceId, NodeUri uri);

    /**
     * A node and all below it, in the order of their URIs.
     *
     * @param after only URIs behind this one; empty for the first page
     */
    List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit);

    /** The names of the known children of a node. */
    List<String> children(String deviceId, NodeUri uri);
}
