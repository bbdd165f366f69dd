package dev.grove.server.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose messages are kept for people to look at. */
public enum Tracing {
    /** Those of devices and sessions for which somebody has asked. */
    ASKED,
    /** Those of all. */
    ALL,
    /** Nobody's. */
    NONE;

    /**
     * Whether a message is kept.
     *
     * @param session that it belongs to, as far as one is known; it may begin another one
     */
    public boolean keeps(Device device, @Nullable StoredSession session, Instant now) {
        return switch (this) {
            case ALL -> true;
            case NONE -> false;
            case ASKED -> device.isTraced(now) || (session != null && session.record().isLive()
                    && session.record().tracing() == SessionRecord.Tracing.ASKED);
        };
    }
}
