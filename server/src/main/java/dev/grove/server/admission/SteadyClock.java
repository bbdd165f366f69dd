package dev.grove.server.admission;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that takes its first time from another, and only counts from then on: when somebody sets the other, by hours
 * even, nobody who has to wait for seconds waits for hours. What it says is not to be told to anybody else.
 */
public final class SteadyClock extends Clock {

    private final Instant begun;
    private final ZoneId zone;
    private final LongSupplier nanos;
    private final long from;

    private SteadyClock(Instant begun, ZoneId zone, LongSupplier nanos) {
        this.begun = begun;
        this.zone = zone;
        this.nanos = nanos;
        this.from = nanos.getAsLong();
    }

    /** A clock that begins with the time of {@code other}. */
    public static SteadyClock from(Clock other) {
        return from(other, System::nanoTime);
    }

    /** @param nanos what only counts */
    static SteadyClock from(Clock other, LongSupplier nanos) {
        return new SteadyClock(other.instant(), other.getZone(), nanos);
    }

    @Override
    public Instant instant() {
        return begun.plusNanos(nanos.getAsLong() - from);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(instant(), other, nanos);
    }
}
