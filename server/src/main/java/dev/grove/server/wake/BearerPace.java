package dev.grove.server.wake;

import dev.grove.server.doorbell.Doorbell;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Gives out turns at one bearer, so many a second: at most as many as it allows, and as many as it turns out to manage
 * with what may be under way at once. Turns are given in advance, so that who must wait can do something else.
 */
final class BearerPace {

    private static final double NANOS = 1e9;
    private static final double SHARE_OF_NEW = 0.1;

    private final Doorbell.Pace pace;
    private final LongSupplier nanos;
    private final Semaphore places;
    private double lastsNanos;
    private long nextAt;

    /** @param nanos the clock that only counts */
    BearerPace(Doorbell.Pace pace, LongSupplier nanos) {
        this.pace = pace;
        this.nanos = nanos;
        this.places = new Semaphore(Math.max(1, pace.atOnce()));
        this.nextAt = nanos.getAsLong();
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

    /** The bearer wants to be left alone. */
    synchronized void rest(Duration time) {
        nextAt = Math.max(nextAt, nanos.getAsLong() + time.toNanos());
    }

    /** Runs one call of the bearer; no more run at once than it allows. */
    <T> T during(Call<T> call) throws InterruptedException {
        places.acquire();
        long began = nanos.getAsLong();
        try {
            return call.run();
        } finally {
            places.release();
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
