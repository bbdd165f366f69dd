package dev.grove.server.store.journal;

import dev.grove.server.store.layer.Cards;
import dev.grove.server.store.layer.Layer;
import dev.grove.server.store.layer.Lookups;
import dev.grove.server.store.layer.Tables;
import dev.grove.server.store.layer.View;
import dev.grove.server.fleet.Store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The layers that everybody sees: one that grows, and for a while the one before it, which is on its way into the
 * tables. Only the committer changes them.
 */
final class Layers {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Cards cards = new Cards();
    private final Lookups lookups;
    private final AtomicLong tablesChanged = new AtomicLong();
    private Layer growing = new Layer();
    private @Nullable Layer leaving;
    private List<Ledger.Entry> entries = new ArrayList<>();

    Layers(Lookups lookups) {
        this.lookups = lookups;
    }

    /** Runs {@code work} over the layers as they are; they do not change meanwhile. */
    <T> T seen(@Nullable Records tables, Function<Records, T> work) {
        lock.readLock().lock();
        try {
            return work.apply(new View(all(), new Tables(tables, cards), new Counters()));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The newest first. */
    private List<Layer> all() {
        return leaving == null ? List.of(growing) : List.of(growing, leaving);
    }

    /**
     * What a unit of work sees, the newest first. For the committer; others ask {@link #seen}.
     *
     * @param own takes what it writes
     * @param together has what was written by those that are to be committed with it
     */
    List<Layer> under(Layer own, Layer together) {
        return leaving == null
                ? List.of(own, together, growing)
                : List.of(own, together, growing, leaving);
    }

    /** The tables as the committer sees them. */
    Tables tables(@Nullable Records all) {
        return new Tables(all, cards);
    }

    /**
     * Looks up what a unit of work misses, and notes it if the tables have not changed meanwhile. No lock is held while
     * it looks.
     */
    void look(Tables.Missing missing) {
        long before = tablesChanged.get();
        Consumer<Cards> found = missing.look(lookups);
        lock.readLock().lock();
        try {
            if (before == tablesChanged.get()) {
                found.accept(cards);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What is on the disk now is seen by all. */
    void publish(Layer durable, Ledger.Entry entry) {
        lock.writeLock().lock();
        try {
            growing.cover(durable);
            entries.add(entry);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The layer that grew is to leave for the tables, and a new one grows. */
    List<Ledger.Entry> leave() {
        lock.writeLock().lock();
        try {
            List<Ledger.Entry> full = entries;
            leaving = growing;
            growing = new Layer();
            entries = new ArrayList<>();
            return full;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The tables have what was on its way. */
    void left() {
        lock.writeLock().lock();
        try {
            if (leaving != null) {
                cards.forget(leaving);
                tablesChanged.incrementAndGet();
            }
            leaving = null;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The tables were changed past the layers. */
    void forgetTables() {
        lock.writeLock().lock();
        try {
            tablesChanged.incrementAndGet();
            cards.forgetAll();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How many changes wait to leave. */
    int waiting() {
        return growing.size();
    }
}
