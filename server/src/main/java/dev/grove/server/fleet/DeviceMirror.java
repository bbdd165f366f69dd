package dev.grove.server.fleet;

import dev.grove.tree.NodeUri;
import java.util.List;
import java.util.Optional;

/** The mirror of one device. */
record DeviceMirror(Mirror mirror, String deviceId) {

    Optional<MirrorNode> find(NodeUri uri) {
        return mirror.find(deviceId, uri);
    }

    void put(MirrorNode node) {
        mirror.put(deviceId, node);
    }

    void remove(NodeUri uri) {
        mirror.remove(deviceId, uri);
    }

    List<String> children(NodeUri uri) {
        return mirror.children(deviceId, uri);
    }

    /** A node and all below it, as {@link Mirror#below} has them. */
    List<MirrorNode> below(NodeUri uri, int limit) {
        return mirror.below(deviceId, uri, "", limit);
    }
}
