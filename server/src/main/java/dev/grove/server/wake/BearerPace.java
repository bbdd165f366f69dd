package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives out turns at one bearer, so many a second: at most as many as it allows, and as many as it turns out to manage
 * with what may be under way at once. Turns are given in advance, so that who must wait can do something else.
 */
final class BearerPace {

    private static final double NANOS = 1e9;
    private static final double SHARE_OF_NEW = 0.1;
    /** When a place becomes free at a bearer that has not returned from any call yet. */
    private static final long UNKNOWN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LEAST_NANOS = Duration.ofMillis(50).toNanos();
    private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Doorbell.Pace pace;
    private final LongSupplier nanos;
    private final Semaphore places;
    private double lastsNanos;
    private long nextAt;
    private long restsUntil;

    /** @param nanos the clock that only counts */
    BearerPace(Doorbell.Pace pace, LongSupplier nanos) {
        this.pace = pace;
        this.nanos = nanos;
        this.places = new Semaphore(Math.max(1, pace.atOnce()));
        this.nextAt = nanos.getAsLong();
        this.restsUntil = nextAt;
    }

    /** Takes the next turn; it is in so long. */
    synchronized Duration turn() {
        long now = nanos.getAsLong();
        long at = Math.max(now, nextAt);
        nextAt = at + Math.round(betweenNanos());
        return Duration.ofNanos(at - now);
    }

    /** How long who comes now would wait. */
    synchronized Duration delay() {
        return Duration.ofNanos(Math.max(0, nextAt - nanos.getAsLong()));
    }

    private double betweenNanos() {
        double allowed = pace.perSecond() == 0 ? 0 : NANOS / pace.perSecond();
        return Math.max(allowed, lastsNanos / Math.max(1, pace.atOnce()));
    }

    /** The bearer wants to be left alone: the turns that it has given for that time are worth nothing. */
    synchronized void rest(Duration time) {
        restsUntil = Math.max(restsUntil, nanos.getAsLong() + time.toNanos());
        nextAt = Math.max(nextAt, restsUntil);
    }

    /** Whether the bearer wants to be left alone now. */
    synchronized boolean isResting() {
        return restsUntil > nanos.getAsLong();
    }

    /** Takes a place at the bearer, where no more calls run at once than it allows; false if none becomes free. */
    boolean enters(Duration patience) throws InterruptedException {
        if (places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        crowded();
        return false;
    }

    /** Nobody has a turn before somebody has probably left. */
    private synchronized void crowded() {
        long wait = lastsNanos == 0 ? UNKNOWN_NANOS : Math.clamp(Math.round(lastsNanos), LEAST_NANOS, MOST_NANOS);
        nextAt = Math.max(nextAt, nanos.getAsLong() + wait);
    }

    /** Gives the place back. */
    void leaves() {
        places.release();
    }

    /** Runs one call of the bearer, for which there is a place, and learns how long such calls take. */
    <T> T during(Call<T> call) throws InterruptedException {
        long began = nanos.getAsLong();
        try {
            return call.run();
        } finally {
            lasted(nanos.getAsLong() - began);
        }
    }

    private synchronized void lasted(long took) {
        lastsNanos = lastsNanos == 0 ? took : lastsNanos * (1 - SHARE_OF_NEW) + took * SHARE_OF_NEW;
    }

    /** A call of the bearer. */
    interface Call<T> {
        T run() throws InterruptedException;
    }
}
