package dev.grove.server.wake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still unless it is moved. */
final class ManualClock extends Clock {

    private Instant now = Instant.parse("2026-11-22T01:00:00Z");

    void pass(Duration time) {
        now = now.plus(time);
    }

    void goTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
