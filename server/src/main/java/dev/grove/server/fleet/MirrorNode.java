package dev.grove.server.fleet;

import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node of a device's tree as the server last knew it.
 *
 * @param value format, type and data; absent if no more is known than that the node exists
 * @param isRead whether the data is known; if not, there is none in the value
 * @param at when the server learned this
 */
public record MirrorNode(NodeUri uri, @Nullable Value value, boolean isRead, Instant at) {

    /** A node of which everything is known, or nothing. */
    public MirrorNode(NodeUri uri, @Nullable Value value, Instant at) {
        this(uri, value, value != null, at);
    }
}
