package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A few connections that only read, beside the writer and never held up by it. Few, because a call into SQLite holds a
 * processor anyway: who finds none free waits for less time than a switch would cost.
 */
final class Readers implements AutoCloseable {

    private final List<Sql> all;
    private final BlockingQueue<Sql> free;

    Readers(int count, Supplier<Sql> open) {
        all = Stream.generate(open).limit(count).toList();
        free = new ArrayBlockingQueue<>(count, false, all);
    }

    /** Runs {@code work} over one moment of the store. */
    <T> T read(Function<Records, T> work) {
        return readSql(sql -> work.apply(new SqliteRecords(sql)));
    }

    /** The same for what no port has. */
    <T> T readSql(Function<Sql, T> work) {
        return readOne(sql -> {
            sql.update("begin");
            try {
                return work.apply(sql);
            } finally {
                sql.update("commit");
            }
        });
    }

    /** Runs {@code work}, which is a single statement, or need not be of one moment. */
    <T> T readOne(Function<Sql, T> work) {
        Sql sql;
        try {
            sql = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Store.Failure("interrupted before the read began", e);
        }
        try {
            return work.apply(sql);
        } finally {
            free.add(sql);
        }
    }

    @Override
    public void close() {
        all.forEach(Sql::close);
    }
}
