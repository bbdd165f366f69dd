package dev.grove.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A look at the whole fleet that costs the more the larger that is. However often it is asked for, it takes no more
 * than a fiftieth of the time, unless that would make it older than half a minute.
 */
final class Sparing implements Runnable {

    private static final int SHARE = 50;
    private static final long MOST_NANOS = Duration.ofSeconds(30).toNanos();

    private final Runnable look;
    private final LongSupplier nanos;
    private long nextAt;

    /** @param nanos a clock as {@link System#nanoTime} is one */
    Sparing(Runnable look, LongSupplier nanos) {
        this.look = look;
        this.nanos = nanos;
        this.nextAt = nanos.getAsLong();
    }

    /** Looks, if it is time; a look that fails has cost as well. */
    @Override
    public void run() {
        long begin = nanos.getAsLong();
        if (begin - nextAt < 0) {
            return;
        }
        try {
            look.run();
        } finally {
            long end = nanos.getAsLong();
            nextAt = end + Math.min(SHARE * (end - begin), MOST_NANOS);
        }
    }
}
