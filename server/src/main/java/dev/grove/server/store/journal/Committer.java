package dev.grove.server.store.journal;

import dev.grove.server.store.layer.Layer;
import dev.grove.server.store.layer.NotInMemory;
import dev.grove.server.store.layer.Tables;
import dev.grove.server.store.layer.View;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one that writes: a thread that takes the units of work that wait, runs them one after the other over the layers,
 * puts what they change into the journal as one entry, forces it to the disk, and then lets everybody see it. A unit
 * that fails takes nothing with it. Four times a second, or when there is much, the layer leaves for the tables.
 */
final class Committer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long LEAVES_AFTER_MILLIS = 250;
    private static final long LOOKS_AFTER_MILLIS = 2;
    private static final int LEAVES_WITH_CHANGES = 50_000;
    private static final long LEAVES_WITH_BYTES = 8L << 20;
    private static final int MAX_CHANGES = 4 * LEAVES_WITH_CHANGES;
    private static final long RETRIES_AFTER_MILLIS = 1000;
    /** Forcing the disk costs the same for one and for many: after so many at once, more will come in a moment. */
    private static final int GATHERS_AFTER_UNITS = 4;
    private static final long GATHERS_NANOS = 1_000_000;

    private final Ledger ledger;
    private final Journal journal;
    private final Layers layers;
    private final Counters counters = new Counters();
    private final Inbox<Unit<?>> inbox = new Inbox<>();
    private final Tally tally = new Tally();
    private final Thread thread;
    private long grownSince = System.nanoTime();
    private @Nullable Leaving leaving;
    /** Who waits for the next layer to have left, with all that was acknowledged by now. */
    private List<Unit<?>> settling = new ArrayList<>();

    /**
     * A layer on its way into the tables.
     *
     * @param settled who waits for it
     */
    private record Leaving(long segment, List<Ledger.Entry> entries, List<Unit<?>> settled,
            CompletableFuture<Void> done) {}

    Committer(Ledger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
        this.layers = new Layers(ledger);
        counters.raise(ledger.numbers());
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    <T> T seen(@Nullable Records tables, Function<Records, T> work) {
        return layers.seen(tables, work);
    }

    void look(Tables.Missing missing) {
        layers.look(missing);
    }

    List<Store.Figure> figures() {
        return tally.figures(layers::waiting, inbox::size);
    }

    /** Runs {@code work}, and returns once it is durable. */
    <T> T write(Function<Records, T> work) {
        return done(new Unit<>(work));
    }

    /** Returns when the tables have all that was acknowledged before. */
    void settle() {
        done(new Unit<>(null));
    }

    /** Returns if the journal would take an entry now. */
    void probe() {
        done(new Probe());
    }

    private <T> T done(Unit<T> unit) {
        return inbox.hand(unit, unit.done);
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>();
        while (inbox.isOpen()) {
            try {
                inbox.take(batch, leaving == null ? LEAVES_AFTER_MILLIS : LOOKS_AFTER_MILLIS);
                if (!batch.isEmpty()) {
                    long began = System.nanoTime();
                    commit(batch);
                    gather(batch.size(), began);
                    batch.clear();
                }
                leaveIfTime();
            } catch (InterruptedException _) {
                inbox.shut();
            } catch (Store.Failure failure) {
                LOG.debug("the store could not go on with what was handed in", failure);
                batch.forEach(unit -> unit.done.completeExceptionally(failure));
                batch.clear();
            } catch (RuntimeException | Error failure) {
                // Want of memory is one of them. Without this thread everybody would wait for ever.
                LOG.error("the store could not go on with what was handed in", failure);
                Store.Failure told = failure("the store could not go on", failure);
                batch.forEach(unit -> unit.done.completeExceptionally(told));
                batch.clear();
            }
        }
        try {
            empty();
        } catch (Store.Failure failure) {
            LOG.error("the tables lack what the journal has; the next start will bring it there", failure);
        }
    }

    /** Under load, two commits are a millisecond apart at least, counted from when the first began. */
    private void gather(int committed, long began) {
        if (committed >= GATHERS_AFTER_UNITS) {
            LockSupport.parkNanos(this, GATHERS_NANOS - (System.nanoTime() - began));
        }
    }

    // ---- committing

    private void commit(List<Unit<?>> batch) {
        if (layers.waiting() > MAX_CHANGES) {
            throw new Store.Failure("the store takes no more writes: its tables have not taken what was written",
                    new IllegalStateException());
        }
        List<Unit<?>> forTables = new ArrayList<>();
        Layer together = new Layer();
        for (Unit<?> unit : batch) {
            if (unit instanceof Probe probe) {
                probe.run();
            } else if (unit.work == null) {
                settling.add(unit);
            } else if (!runsOverLayers(unit, together)) {
                forTables.add(unit);
            }
        }
        if (!together.isEmpty()) {
            try {
                Ledger.Entry entry = ledger.prepare(together.changes());
                Bytes bytes = entry.bytes();
                journal.append(bytes);
                layers.publish(together, entry);
                tally.committed(batch.size(), bytes.length());
            } catch (IOException | RuntimeException failure) {
                tally.failed();
                Store.Failure told = failure("the journal could not be written", failure);
                batch.forEach(unit -> unit.done.completeExceptionally(told));
                return;
            }
        }
        batch.forEach(Unit::tell);
        if (!forTables.isEmpty()) {
            onTables(forTables);
        }
    }

    /** In the words of what failed first: of the disk, as a rule. */
    private static Store.Failure failure(String what, Throwable cause) {
        String words = cause.getClass().getSimpleName();
        for (Throwable each = cause; each != null; each = each.getCause()) {
            words = each.getMessage() == null ? words : each.getMessage();
        }
        return new Store.Failure(what + ": " + words, cause);
    }

    private boolean runsOverLayers(Unit<?> unit, Layer together) {
        while (true) {
            try {
                return unit.runsOver(layers.tables(null), together);
            } catch (Tables.Missing missing) {
                layers.look(missing);
            } catch (Tables.NotOnCards _) {
                return ledger.read(all -> unit.runsOver(layers.tables(all), together));
            }
        }
    }

    /** Units that need the tables run there, when those have everything. */
    private void onTables(List<Unit<?>> units) {
        empty();
        List<Thread> running = units.stream().map(unit -> Thread.ofVirtual().start(() -> unit.runOn(ledger))).toList();
        for (Thread each : running) {
            try {
                each.join();
            } catch (InterruptedException _) {
                inbox.shut();
            }
        }
        counters.raise(ledger.numbers());
        layers.forgetTables();
        units.forEach(Unit::tell);
    }

    // ---- leaving for the tables

    private void leaveIfTime() {
        if (leaving != null && leaving.done().isDone()) {
            finishLeaving();
        }
        boolean isFull = layers.waiting() > LEAVES_WITH_CHANGES || journal.length() > LEAVES_WITH_BYTES;
        if (leaving != null && isFull) {
            finishLeaving();
        }
        long grown = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - grownSince);
        if (leaving == null && (isFull || grown >= LEAVES_AFTER_MILLIS || !settling.isEmpty())) {
            leave();
        }
    }

    private void leave() {
        grownSince = System.nanoTime();
        long segment = journal.segment();
        if (layers.waiting() > 0) {
            // If this fails, who waits goes on waiting for the next try.
            begin(segment + 1);
        }
        List<Unit<?>> settled = settling;
        settling = new ArrayList<>();
        if (layers.waiting() == 0) {
            settled.forEach(unit -> unit.done.complete(null));
            return;
        }
        leaving = new Leaving(segment, layers.leave(), settled, new CompletableFuture<>());
        carry(leaving);
    }

    private void carry(Leaving under) {
        Thread.ofVirtual().name("store-leaving").start(() -> {
            long started = System.nanoTime();
            try {
                ledger.apply(under.segment(), under.entries());
                tally.flushed(System.nanoTime() - started);
                under.done().complete(null);
            } catch (RuntimeException | Error failure) {
                tally.failed();
                under.done().completeExceptionally(failure);
            }
        });
    }

    private void begin(long segment) {
        try {
            journal.begin(segment);
        } catch (IOException e) {
            throw failure("the journal could not be written", e);
        }
    }

    /**
     * Waits until what is on its way has come into the tables.
     *
     * @throws Store.Failure if it has not; it is tried again then, and lost in no case
     */
    private void finishLeaving() {
        Leaving under = leaving;
        if (under == null) {
            return;
        }
        try {
            under.done().join();
        } catch (CompletionException e) {
            Store.Failure told = failure("the tables have not taken what was written; trying again", e);
            // Who waits for the next layer would wait behind this one, for as long as the trouble lasts.
            under.settled().forEach(unit -> unit.done.completeExceptionally(told));
            settling.forEach(unit -> unit.done.completeExceptionally(told));
            settling = new ArrayList<>();
            leaving = new Leaving(under.segment(), under.entries(), List.of(), new CompletableFuture<>());
            Leaving next = leaving;
            CompletableFuture.delayedExecutor(RETRIES_AFTER_MILLIS, TimeUnit.MILLISECONDS).execute(() -> carry(next));
            throw told;
        }
        leaving = null;
        layers.left();
        under.settled().forEach(unit -> unit.done.complete(null));
    }

    /** Everything leaves, and has come into the tables when this returns. */
    private void empty() {
        finishLeaving();
        leave();
        finishLeaving();
    }

    /** Takes no more, finishes what waits. */
    @Override
    public void close() {
        inbox.close(thread, new Unit<>(null));
    }

    /** Wants to know whether the journal can be written. */
    private final class Probe extends Unit<Boolean> {

        Probe() {
            super(null);
        }

        void run() {
            try {
                journal.probe();
                done.complete(true);
            } catch (IOException failure) {
                tally.failed();
                done.completeExceptionally(failure("the journal could not be written", failure));
            }
        }
    }

    /** A unit of work that waits, and then its result that waits for the disk; without work, it wants the tables. */
    private class Unit<T> {

        private final @Nullable Function<Records, T> work;
        final CompletableFuture<T> done = new CompletableFuture<>();
        private Runnable outcome = () -> {};

        Unit(@Nullable Function<Records, T> work) {
            this.work = work;
        }

        /** Runs over the layers; whether that could be done. What it throws is its own affair. */
        boolean runsOver(Tables tables, Layer together) {
            Layer own = new Layer();
            View view = new View(layers.under(own, together), tables, counters);
            Ledger.Numbers given = counters.given();
            try {
                T result = Objects.requireNonNull(work).apply(view);
                together.absorb(own);
                outcome = () -> done.complete(result);
                return true;
            } catch (NotInMemory _) {
                counters.takeBack(given);
                return false;
            } catch (Tables.Missing | Tables.NotOnCards missing) {
                counters.takeBack(given);
                throw missing;
            } catch (RuntimeException refused) {
                counters.takeBack(given);
                outcome = () -> done.completeExceptionally(refused);
                return true;
            }
        }

        void runOn(Ledger all) {
            try {
                T result = all.write(Objects.requireNonNull(work));
                outcome = () -> done.complete(result);
            } catch (RuntimeException | Error failure) {
                outcome = () -> done.completeExceptionally(failure);
            }
        }

        void tell() {
            outcome.run();
        }
    }
}
