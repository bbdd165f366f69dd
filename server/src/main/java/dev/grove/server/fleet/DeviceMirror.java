package dev.grove.server.fleet;

import dev.grove.tree.NodeUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mirror of one device within a unit of work: what is put is kept here until something else must see it. */
final class DeviceMirror {

    private final Mirror mirror;
    private final String deviceId;
    private final Map<NodeUri, MirrorNode> gathered = new LinkedHashMap<>();

    DeviceMirror(Mirror mirror, String deviceId) {
        this.mirror = mirror;
        this.deviceId = deviceId;
    }

    Optional<MirrorNode> find(NodeUri uri) {
        MirrorNode node = gathered.get(uri);
        return node == null ? mirror.find(deviceId, uri) : Optional.of(node);
    }

    void put(MirrorNode node) {
        gathered.put(node.uri(), node);
    }

    void remove(NodeUri uri) {
        write();
        mirror.remove(deviceId, uri);
    }

    List<String> children(NodeUri uri) {
        write();
        return mirror.children(deviceId, uri);
    }

    /** A node and all below it, as {@link Mirror#below} has them. */
    List<MirrorNode> below(NodeUri uri, int limit) {
        write();
        return mirror.below(deviceId, uri, "", limit);
    }

    /** Writes what was gathered. */
    void write() {
        if (!gathered.isEmpty()) {
            mirror.put(deviceId, gathered.values());
            gathered.clear();
        }
    }
}
