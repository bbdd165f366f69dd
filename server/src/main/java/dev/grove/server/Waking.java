package dev.grove.server;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.fleet.Store;
import dev.grove.server.wake.WakeRound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the devices woken that are to be, on one node for all; closes the bearers. */
final class Waking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Waking.class);
    private static final long PERIOD_MILLIS = 200;

    private final WakeRound round;
    private final List<Doorbell> doorbells;
    private final Shift shift;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("waking").factory());
    private final List<ScheduledFuture<?>> rounds = new ArrayList<>();
    private boolean isFailing;

    Waking(Store store, WakeRound round, List<Doorbell> doorbells) {
        this.round = round;
        this.doorbells = doorbells;
        this.shift = new Shift(store.leases(), "waking");
    }

    /** A server without bearers leaves it to the others. */
    Waking start() {
        if (!doorbells.isEmpty()) {
            rounds.add(thread.scheduleWithFixedDelay(this::quietly, PERIOD_MILLIS, PERIOD_MILLIS,
                    TimeUnit.MILLISECONDS));
        }
        return this;
    }

    /** The store may fail; it is said once, and tried again. */
    private void quietly() {
        try {
            // A campaign takes longer than a term: the lease is looked after between two rounds.
            while (shift.isMine() && round.run() && !thread.isShutdown()) {
                // there is more
            }
            isFailing = false;
        } catch (Store.Unsupported unsupported) {
            LOG.warn("no device is woken: {}", unsupported.reason());
            thread.shutdown();
        } catch (RuntimeException failure) {
            if (!isFailing) {
                LOG.warn("no device is woken just now", failure);
            }
            isFailing = true;
        }
    }

    @Override
    public void close() {
        rounds.forEach(each -> each.cancel(false));
        boolean isOver = isOver();
        // What is under way is broken off before another node begins with it.
        round.close();
        if (isOver) {
            giveUp();
        }
        doorbells.forEach(Doorbell::close);
    }

    /** Whether the last round has ended. */
    private boolean isOver() {
        thread.shutdown();
        try {
            return thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void giveUp() {
        try {
            shift.end();
        } catch (Store.Failure failure) {
            LOG.warn("another node will wake devices when this one's term is over", failure);
        }
    }
}
