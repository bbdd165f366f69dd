package dev.grove.server.wake;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns that bearers have given for later. Who does not come for its turn, because its wake is over or is seen to
 * elsewhere, has lost it soon after: turns are kept in memory, and none is kept for ever.
 */
final class Turns {

    /** Turns are given for so long ahead. */
    static final Duration AHEAD = Duration.ofMinutes(10);

    private static final int MOST = 50_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Map<WakeKey, Turn> given = new ConcurrentHashMap<>();
    private volatile Instant swept = Instant.EPOCH;

    /** When a bearer takes it. */
    record Turn(String bearer, Instant at) {}

    int size() {
        return given.size();
    }

    boolean isFull() {
        return given.size() >= MOST;
    }

    void give(WakeKey key, Turn turn) {
        given.put(key, turn);
    }

    /** The turn of a wake, which has it no more then. */
    Optional<Turn> take(WakeKey key) {
        return Optional.ofNullable(given.remove(key));
    }

    /** Forgets those whose time is over; and those of a clock that has been put back since. */
    void sweep(Instant now) {
        if (Duration.between(swept, now).abs().compareTo(KEPT) < 0) {
            return;
        }
        swept = now;
        Instant first = now.minus(KEPT);
        Instant last = now.plus(AHEAD).plus(KEPT);
        given.values().removeIf(turn -> turn.at().isBefore(first) || turn.at().isAfter(last));
    }
}
