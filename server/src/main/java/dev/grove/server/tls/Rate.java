package dev.grove.server.tls;

import java.util.function.LongSupplier;

/** So many a second, and no more saved up than for one second. */
final class Rate {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private double left;
    private long last;

    /** @param nanoTime such as {@link System#nanoTime} */
    Rate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.left = perSecond;
        this.last = nanoTime.getAsLong();
    }

    /** Takes one; false if there is none left at this moment. */
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        left = Math.min(perSecond, left + (now - last) / NANOS * perSecond);
        last = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
