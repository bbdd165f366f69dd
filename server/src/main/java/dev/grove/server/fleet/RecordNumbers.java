package dev.grove.server.fleet;

import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Numbers of sessions, jobs and alerts for a store that several nodes share, given without asking it: milliseconds
 * since 2026, a slot that tells nodes apart, and a counter. Later ones are higher, as far as the clocks of the nodes
 * agree; within one device they always are, because whoever gives one knows the device's newest.
 *
 * <p>A number need be unique within its device only, and the store lets two nodes never give numbers of one device at
 * once. So it does no harm when two nodes have drawn the same slot.
 */
public final class RecordNumbers {

    private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int SLOT_BITS = 10;
    private static final int COUNTER_BITS = 12;
    private static final int TIME_SHIFT = SLOT_BITS + COUNTER_BITS;

    private final Clock clock;
    private final long slot;
    private long last;

    /** @param luck draws the slot */
    public RecordNumbers(Clock clock, RandomGenerator luck) {
        this.clock = clock;
        this.slot = luck.nextLong(1L << SLOT_BITS) << COUNTER_BITS;
    }

    /**
     * A number higher than all that this node has given, and than {@code newest}.
     *
     * @param newest the highest number that the device has; 0 if it has none
     */
    public long after(long newest) {
        return Math.max(next(), newest + 1);
    }

    /** When more are wanted in a millisecond than there are, or the clock goes back, time is taken in advance. */
    private synchronized long next() {
        long earliest = first(clock.millis() - BEGINNING);
        long next = last + 1;
        boolean isCounterFull = (next & ((1L << COUNTER_BITS) - 1)) == 0;
        if (isCounterFull) {
            next = first((last >> TIME_SHIFT) + 1);
        }
        last = Math.max(earliest, next);
        return last;
    }

    private long first(long millis) {
        return (millis << TIME_SHIFT) | slot;
    }
}
