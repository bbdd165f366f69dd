package dev.grove.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is to be woken, and how. Nothing of this is read or written on the way of a message. */
public interface Wakes {

    /** How a device can be reached; {@link Reach#NONE} if nobody said. */
    Reach reach(String deviceId);

    void putReach(String deviceId, Reach reach);

    /** Keeps a new wake and gives it its number. */
    Wake add(Wake wake);

    /** Keeps what has become of one. */
    void put(Wake wake);

    Optional<Wake> find(String deviceId, long number);

    /** The newest that has not ended. */
    Optional<Wake> open(String deviceId);

    /** Wakes of a device by number. */
    List<Wake> list(String deviceId, Slice slice);

    /**
     * Wakes of all devices with a {@link Wake#dueAt} that has come, those that are due longest first. Where more than
     * {@code limit} are due, a store that spreads devices over partitions may leave out older for younger ones; none
     * is left out for ever.
     */
    List<Wake> due(Instant now, int limit);

    /** Forgets wakes that ended before {@code end}; at most {@code limit}. Returns how many. */
    int prune(Instant end, int limit);
}
