package dev.grove.server.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How much waits to be done in the fleet, as it was when it was looked at last. */
public final class BacklogWatch {

    private final Store store;
    private final Clock clock;
    private volatile Jobs.Backlog last = Jobs.Backlog.NONE;

    public BacklogWatch(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Looks anew. To be called now and then. */
    public void look() {
        last = store.read(records -> records.jobs().backlog());
    }

    /** Jobs that are not over; a million may be more. */
    public int waiting() {
        return last.count();
    }

    /** How long the oldest has been waiting. */
    public Duration age() {
        Instant oldest = last.oldest();
        Instant now = clock.instant();
        return oldest == null || now.isBefore(oldest) ? Duration.ZERO : Duration.between(oldest, now);
    }
}
