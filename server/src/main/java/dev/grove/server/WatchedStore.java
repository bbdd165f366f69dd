package dev.grove.server;

import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.Leases;
import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

    private final Store store;
    private final LongSupplier nanos;
    private final LongAdder failures = new LongAdder();
    private final AtomicLong toldAt;
    private volatile long failedAt;
    private volatile boolean hasFailed;
    private volatile boolean isTroubled;
    private volatile boolean isTold;

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

    @Override
    public void probe() {
        written(() -> {
            store.probe();
            return true;
        });
    }

    private <T> T written(Supplier<T> write) {
        try {
            T result = told(write);
            if (isTroubled) {
                hasFailed = false;
                tellEnd();
            }
            return result;
        } catch (Failure failure) {
            hasFailed = true;
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
            LOG.atInfo().addKeyValue("failuresSoFar", failures.sum()).log("the store works again");
        }
    }

    /** Whether what was written last could be written, as far as that is not too long ago to say. */
    boolean isWorking() {
        return !hasFailed || nanos.getAsLong() - failedAt >= CURRENT_NANOS;
    }

    @Override
    public List<Figure> figures() {
        List<Figure> all = new ArrayList<>(store.figures());
        all.add(new Figure("working", "1, or 0 if what was to be written last could not be", false,
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
