package dev.grove.server;

import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.Leases;
import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is watched: whether it works, and how often it did not. Trouble with a disk or a database strikes at
 * every message at once; the log has its cause when it begins, a line a minute while it lasts, and a line at its end.
 */
final class WatchedStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedStore.class);
    private static final long TOLD_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    /** So long after the last failure nobody can say any more whether it lasts. */
    private static final long CURRENT_NANOS = Duration.ofSeconds(10).toNanos();
    /** A failure weighs as much as so many successes. */
    private static final int FAILURE = 4;
    private static final int TOO_MANY = 2 * FAILURE;
    private static final int MOST = 4 * FAILURE;
    /** A database that loses a machine fails as often for a moment, at all nodes: no reason to go. */
    private static final long TOO_LONG_NANOS = Duration.ofSeconds(5).toNanos();

    private final Store store;
    private final LongSupplier nanos;
    private final LongAdder failures = new LongAdder();
    private final AtomicLong toldAt;
    /** How far the writes that failed outweigh those that did not, from 0 to {@link #MOST}. */
    private final AtomicInteger burden = new AtomicInteger();
    private volatile long burdenedAt;
    private volatile long failedAt;
    private volatile boolean hasFailed;
    private volatile boolean isTroubled;
    private volatile boolean isTold;
    private volatile @Nullable Failure last;

    WatchedStore(Store store) {
        this(store, System::nanoTime);
    }

    /** @param nanos the clock that only counts */
    WatchedStore(Store store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        this.toldAt = new AtomicLong(nanos.getAsLong() - TOLD_AGAIN_NANOS);
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return told(() -> store.read(work));
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        return written(() -> store.write(work));
    }

    @Override
    public <T> T tidy(Function<Records, T> work) {
        return told(() -> store.tidy(work));
    }

    /** A store may take what a probe writes and nothing that needs more room: then the others' failures count. */
    @Override
    public void probe() {
        written(() -> {
            store.probe();
            return true;
        });
        Failure others = last;
        if (others != null && isOverburdened() && isCurrent()) {
            throw new Failure(String.valueOf(others.getMessage()), others);
        }
    }

    private <T> T written(Supplier<T> write) {
        try {
            T result = told(write);
            if (isTroubled) {
                hasFailed = false;
                burden.updateAndGet(sum -> Math.max(0, sum - 1));
                tellEnd();
            }
            return result;
        } catch (Failure failure) {
            hasFailed = true;
            last = failure;
            if (burden.getAndUpdate(sum -> Math.min(MOST, sum + FAILURE)) < TOO_MANY) {
                burdenedAt = nanos.getAsLong();
            }
            throw failure;
        }
    }

    private <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure failure) {
            failures.increment();
            failedAt = nanos.getAsLong();
            isTroubled = true;
            tell(failure);
            throw failure;
        }
    }

    private void tell(Failure failure) {
        long now = nanos.getAsLong();
        long before = toldAt.get();
        if (now - before < TOLD_AGAIN_NANOS || !toldAt.compareAndSet(before, now)) {
            return;
        }
        if (isTold) {
            LOG.atError().addKeyValue("failuresSoFar", failures.sum()).log("the store still fails: {}",
                    failure.getMessage());
        } else {
            isTold = true;
            LOG.error("the store fails; devices are told to come again", failure);
        }
    }

    /** A success among failures is no end. */
    private void tellEnd() {
        long before = toldAt.get();
        long now = nanos.getAsLong();
        if (now - failedAt >= CURRENT_NANOS && toldAt.compareAndSet(before, now - TOLD_AGAIN_NANOS)) {
            isTroubled = false;
            isTold = false;
            burden.set(0);
            last = null;
            LOG.atInfo().addKeyValue("failuresSoFar", failures.sum()).log("the store works again");
        }
    }

    /** Whether most of what was written lately could be written, the last too, if it is not too long ago to say. */
    boolean isWorking() {
        return (!hasFailed && !isOverburdened()) || !isCurrent();
    }

    private boolean isOverburdened() {
        return burden.get() >= TOO_MANY && nanos.getAsLong() - burdenedAt >= TOO_LONG_NANOS;
    }

    private boolean isCurrent() {
        return nanos.getAsLong() - failedAt < CURRENT_NANOS;
    }

    @Override
    public List<Figure> figures() {
        List<Figure> all = new ArrayList<>(store.figures());
        all.add(new Figure("working", "1, or 0 if what was to be written last, or much of it lately, could not be",
                false,
                () -> isWorking() ? 1 : 0));
        all.add(new Figure("refused.units", "Units of work that the store could not do", true, failures::sum));
        return all;
    }

    @Override
    public boolean isShared() {
        return store.isShared();
    }

    @Override
    public Leases leases() {
        return store.leases();
    }

    @Override
    public Optional<EventLog> eventLog() {
        return store.eventLog();
    }

    @Override
    public Bytes secret(String name, Bytes fresh) {
        return store.secret(name, fresh);
    }

    @Override
    public void close() {
        store.close();
    }
}
