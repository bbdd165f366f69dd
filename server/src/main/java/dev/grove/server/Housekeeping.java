package dev.grove.server;

import dev.grove.server.admission.HeapWatch;
import dev.grove.server.config.Config.Keeping;
import dev.grove.server.endpoint.Conversations;
import dev.grove.server.fleet.BacklogWatch;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.RepositoryDesk;
import dev.grove.server.fleet.SilenceWatch;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.ToIntBiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what has run out of time and forgets what is too old, a little at a time, in the background. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int IN_ONE_GO = 500;
    private static final Duration FORGETS_EVERY = Duration.ofSeconds(10);
    /** Of a few milliseconds each. */
    private static final int STEPS = 20;
    private static final Duration PAUSE = Duration.ofMillis(25);
    /** So long a device hears that an address is of no use any more, and not that there is none. */
    static final Duration TICKETS_KEPT = Duration.ofDays(7);

    private final Store store;
    private final Keeping keeping;
    private final Clock clock;
    private final Shift shift;
    private final List<ScheduledFuture<?>> rounds = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(Store store, Keeping keeping, Clock clock) {
        this.store = store;
        this.keeping = keeping;
        this.clock = clock;
        this.shift = new Shift(store.leases(), "housekeeping");
    }

    /** Has things looked at now and then that take no longer for it. */
    void watch(HeapWatch heap, SilenceWatch silence, BacklogWatch backlog) {
        every(Duration.ofSeconds(1), "looking at the heap", once(heap::look));
        alone(Duration.ofSeconds(5), "looking for silent devices", () -> silence.sweep(clock.instant(), IN_ONE_GO));
        every(Duration.ofSeconds(30), "counting silent devices", sparing(silence::count));
        every(Duration.ofSeconds(15), "looking at what waits", sparing(backlog::look));
    }

    private static IntSupplier once(Runnable work) {
        return () -> {
            work.run();
            return 0;
        };
    }

    /** What asks the whole store. */
    private static IntSupplier sparing(Runnable look) {
        return once(new Sparing(look, System::nanoTime));
    }

    void start(Conversations conversations, JobDesk jobs, RepositoryDesk apart) {
        every(Duration.ofSeconds(1), "counting sessions", sparing(conversations::count));
        alone(Duration.ofSeconds(1), "ending sessions", conversations::sweep);
        alone(Duration.ofSeconds(1), "expiring jobs", () -> jobs.sweep(clock.instant(), IN_ONE_GO));
        alone(Duration.ofSeconds(1), "expiring addresses", () -> apart.sweep(clock.instant(), IN_ONE_GO));
        forgetting("addresses", (r, most) -> r.tickets().prune(before(TICKETS_KEPT), most));
        forgetting("states", (r, most) -> r.sessions().forgetStates(clock.instant(), most));
        forgetting("traces", (r, most) -> r.sessions().pruneTraces(before(keeping.traces()), most));
        forgetting("sessions", (r, most) -> r.sessions().prune(before(keeping.sessions()), most));
        forgetting("jobs", (r, most) -> r.jobs().prune(before(keeping.jobs()), most));
        forgetting("alerts", (r, most) -> r.alerts().prune(before(keeping.alerts()), most));
        forgetting("wakes", (r, most) -> r.wakes().prune(before(keeping.wakes()), most));
    }

    /** Step by step, with pauses between, and not so many in one round that other rounds would be late. */
    private void forgetting(String what, ToIntBiFunction<Records, Integer> work) {
        Steps steps = new Steps(store, System::nanoTime);
        alone(FORGETS_EVERY, "forgetting " + what, () -> {
            for (int step = 0; step < STEPS && !thread.isShutdown() && steps.more(work); step++) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return 0;
        });
    }

    private Instant before(Duration kept) {
        return clock.instant().minus(kept);
    }

    /** A round that one node does for all. */
    private void alone(Duration period, String what, IntSupplier round) {
        every(period, what, () -> shift.isMine() ? round.getAsInt() : 0);
    }

    /** As long as a round finds as much as it may do, the next follows at once. */
    private void every(Duration period, String what, IntSupplier round) {
        rounds.add(thread.scheduleWithFixedDelay(() -> {
            try {
                int done = IN_ONE_GO;
                while (done >= IN_ONE_GO && !thread.isShutdown()) {
                    done = round.getAsInt();
                }
            } catch (Store.Failure failure) {
                // Told by whoever watches the store; the next round may succeed.
                LOG.debug("{} failed", what, failure);
            } catch (RuntimeException failure) {
                // The scheduler would never run it again; the next round may succeed.
                LOG.error("{} failed", what, failure);
            }
        }, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        rounds.forEach(round -> round.cancel(false));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("housekeeping did not end in time");
            } else {
                handOver();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver() {
        try {
            shift.end();
        } catch (Store.Failure failure) {
            LOG.warn("another node will do the housekeeping when this one's term is over", failure);
        }
    }
}
