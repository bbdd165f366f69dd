package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.journal.Inbox;
import dev.grove.server.fleet.Store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The one writer: a thread that takes the units of work that wait, up to 256, and commits them together. Forcing the
 * disk is what costs; this way it is done once for all of them. If one fails, all are undone and run again, each in a
 * savepoint of its own, so that it takes nothing with it; nobody hears of success before the commit.
 */
final class Writer implements AutoCloseable {

    private final Sql sql;
    private final Records records;
    private final Runnable afterCommit;
    private final Inbox<Unit<?>> inbox = new Inbox<>();
    private final Thread thread;

    /** @param afterCommit run by the writer after each commit: its chance to keep the log short */
    Writer(Sql sql, Records records, Runnable afterCommit) {
        this.sql = sql;
        this.records = records;
        this.afterCommit = afterCommit;
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    /** Runs {@code work}, and returns once it is durable. */
    <T> T write(Function<Records, T> work) {
        Unit<T> unit = new Unit<>(work);
        return inbox.hand(unit, unit.done);
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>();
        while (inbox.isOpen()) {
            try {
                inbox.take(batch, 200);
                if (!batch.isEmpty()) {
                    commit(batch);
                    batch.clear();
                }
            } catch (InterruptedException _) {
                inbox.shut();
            }
        }
    }

    private void commit(List<Unit<?>> batch) {
        try {
            sql.update("begin immediate");
            if (batch.size() == 1) {
                batch.getFirst().runApart(sql, records);
            } else if (!runTogether(batch)) {
                sql.update("rollback");
                sql.update("begin immediate");
                batch.forEach(unit -> unit.runApart(sql, records));
            }
            sql.update("commit");
        } catch (RuntimeException | Error failure) {
            batch.forEach(unit -> unit.done.completeExceptionally(failure));
            rollBack();
            return;
        }
        batch.forEach(Unit::tell);
        afterCommit.run();
    }

    /** Whether all went well. */
    private boolean runTogether(List<Unit<?>> batch) {
        try {
            batch.forEach(unit -> unit.run(records));
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private void rollBack() {
        try {
            sql.update("rollback");
        } catch (Store.Failure _) {
            // there was no transaction to roll back: beginning it was what failed, and everybody was told
            return;
        }
    }

    /** Takes no more, finishes what waits. */
    @Override
    public void close() {
        inbox.close(thread, new Unit<>(_ -> Boolean.TRUE));
    }

    /** A unit of work that waits, and then its result that waits for the commit. */
    private static final class Unit<T> {

        private final Function<Records, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private Runnable outcome = () -> {};

        Unit(Function<Records, T> work) {
            this.work = work;
        }

        void run(Records records) {
            T result = work.apply(records);
            outcome = () -> done.complete(result);
        }

        /** What it throws is its own affair, and what it wrote is undone. */
        void runApart(Sql sql, Records records) {
            sql.update("savepoint unit");
            try {
                run(records);
            } catch (RuntimeException refused) {
                sql.update("rollback to unit");
                outcome = () -> done.completeExceptionally(refused);
            }
            sql.update("release unit");
        }

        void tell() {
            outcome.run();
        }
    }
}
