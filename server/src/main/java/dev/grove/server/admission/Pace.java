package dev.grove.server.admission;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How many sessions may begin in a second, and when those may come again that were turned away: each is given a time of
 * its own, one behind the other at the pace at which sessions can begin. Not safe for threads.
 */
final class Pace {

    private static final double UNBOUND = Double.POSITIVE_INFINITY;
    private static final double LEAST = 1;
    /** Those who come again find room besides those who come for the first time. */
    private static final double SHARE_OF_RETURNING = 0.9;
    private static final double SLOWER = 0.8;
    private static final double FASTER = 1.25;
    /** So many quiet seconds, and there is no limit any more. */
    private static final int CALM_SECONDS = 10;
    private static final long MOST_WAIT_MILLIS = Duration.ofHours(1).toMillis();

    private final int fixed;
    private double limit;
    private double tokens;
    private long filledAt;
    private long tickedAt;
    private int admitted;
    private int refused;
    private int calmSeconds;
    private double usual = LEAST;
    private double lastSlotAt;

    /** @param fixed sessions a second; 0: as many as turn out to be possible */
    Pace(int fixed, long nowMillis) {
        this.fixed = fixed;
        this.limit = fixed == 0 ? UNBOUND : fixed;
        this.tokens = limit;
        this.filledAt = nowMillis;
        this.tickedAt = nowMillis;
    }

    /** Whether one more session may begin. */
    boolean admits(long nowMillis) {
        fill(nowMillis);
        if (tokens < 1) {
            refused++;
            return false;
        }
        tokens -= 1;
        admitted++;
        return true;
    }

    /** After a quiet second, as many may begin as in a whole one. */
    private void fill(long nowMillis) {
        long passed = Math.clamp(nowMillis - filledAt, 0, 1000);
        filledAt = nowMillis;
        tokens = limit == UNBOUND ? UNBOUND : Math.min(Math.max(1, limit), Math.min(tokens, limit)
                + passed * limit / 1000);
    }

    /** When somebody may come again who was turned away now: later than all who were before. */
    Duration later(long nowMillis, RandomGenerator luck) {
        double pace = SHARE_OF_RETURNING * Math.max(LEAST, limit == UNBOUND ? usual : limit);
        double slot = Math.clamp(lastSlotAt, (double) nowMillis, (double) (nowMillis + MOST_WAIT_MILLIS)) + 1000 / pace;
        lastSlotAt = slot;
        double wait = (slot - nowMillis) * (1 + 0.1 * luck.nextDouble());
        return Duration.ofSeconds(1 + Math.round(wait / 1000 + luck.nextDouble() - 0.5));
    }

    /** Whether a second is over, so that {@link #tick} may be called. */
    boolean isDue(long nowMillis) {
        return nowMillis - tickedAt >= 1000 || nowMillis < tickedAt;
    }

    /**
     * Learns from the last second.
     *
     * @param isPressed whether the server has more to do than it can
     */
    void tick(long nowMillis, boolean isPressed) {
        double begun = admitted * 1000.0 / Math.max(1000, nowMillis - tickedAt);
        if (admitted > 0) {
            usual = Math.max(LEAST, usual + 0.3 * (begun - usual));
        }
        if (fixed == 0 && isPressed) {
            limit = Math.max(LEAST, SLOWER * Math.min(limit, Math.max(begun, LEAST)));
            calmSeconds = 0;
        } else if (fixed == 0 && limit != UNBOUND) {
            calmSeconds = refused == 0 ? calmSeconds + 1 : 0;
            limit = calmSeconds >= CALM_SECONDS ? UNBOUND : limit * FASTER;
        }
        admitted = 0;
        refused = 0;
        tickedAt = nowMillis;
    }

    /** Sessions that may begin in a second; infinite if there is no limit. */
    double limit() {
        return limit;
    }
}
