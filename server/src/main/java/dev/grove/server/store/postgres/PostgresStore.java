package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.Leases;
import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.fleet.Store;
import dev.grove.wire.Bytes;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The fleet in one PostgreSQL, for any number of nodes. A unit of work is one transaction that reads one moment; if
 * another unit has changed one of its devices meanwhile, it is run again.
 */
public final class PostgresStore implements Store {

    private static final int MAX_TRIES = 50;

    private final Pool pool;
    private final RecordNumbers numbers;
    private final String node;
    private final Copies copies = new Copies();
    /** Units that others were faster than try again one at a time. */
    private final Semaphore again = new Semaphore(1, true);

    private PostgresStore(Pool pool, RecordNumbers numbers, String node) {
        this.pool = pool;
        this.numbers = numbers;
        this.node = node;
    }

    /**
     * Opens the store and brings its schema up to date.
     *
     * @throws Store.Failure if the database cannot be reached, or used
     */
    public static PostgresStore open(Database database, Clock clock) {
        Pool pool = new Pool(database);
        try {
            Migrations.apply(pool.source());
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        ThreadLocalRandom luck = ThreadLocalRandom.current();
        return new PostgresStore(pool, new RecordNumbers(clock, luck), Long.toString(luck.nextLong(1L << 62), 36));
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return repeated(() -> inTransaction(
                sql -> work.apply(new PgRecords(sql, Heads.of(numbers, sql), call -> met(sql, call)))));
    }

    /** Of a session that goes on here, what this node knows of it, if that will do. */
    private Contact met(Sql sql, Contact.Call call) {
        Optional<Copy> known = call.mayBeCopy() ? copies.find(call).filter(Copy::isLive) : Optional.empty();
        return known.orElseGet(() -> {
            sql.apart();
            Copy read = Copy.read(sql, call);
            copies.keep(read);
            return read;
        }).now();
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        return repeated(() -> inTransaction(sql -> new Unit(sql, numbers, copies).run(work)));
    }

    /** What one try of a unit of work is. */
    private interface Try<T> {
        T run();
    }

    private <T> T repeated(Try<T> unit) {
        try {
            return unit.run();
        } catch (Trouble othersWereFaster) {
            again.acquireUninterruptibly();
            try {
                return onceMore(unit);
            } finally {
                again.release();
            }
        }
    }

    private static <T> T onceMore(Try<T> unit) {
        for (int tries = 1;; tries++) {
            try {
                return unit.run();
            } catch (Trouble othersWereFaster) {
                if (tries >= MAX_TRIES) {
                    throw othersWereFaster.givenUp();
                }
            }
        }
    }

    /** What is not committed when the work returns, or fails, is undone. */
    private <T> T inTransaction(Function<Sql, T> work) {
        try (Sql sql = new Sql(pool::connection)) {
            return work.apply(sql);
        }
    }

    private <T> T apart(Function<Sql, T> work) {
        return repeated(() -> inTransaction(sql -> {
            T result = work.apply(sql);
            sql.update("commit");
            return result;
        }));
    }

    @Override
    public Bytes secret(String name, Bytes fresh) {
        return apart(sql -> {
            sql.update("insert into secret (name, value) values (?, ?) on conflict (name) do nothing", name, fresh);
            return sql.first("select value from secret where name = ?", row -> Sql.bytes(row, "value"), name)
                    .orElseThrow();
        });
    }

    /** A row that says nothing is written anew: a database that is read-only, or full, does not take it. */
    @Override
    public void probe() {
        apart(sql -> sql.update("insert into secret (name, value) values ('probe', ?) on conflict (name)"
                + " do update set value = excluded.value", Bytes.utf8(node)));
    }

    @Override
    public Leases leases() {
        return new PgLeases(this::apart, node);
    }

    @Override
    public Optional<EventLog> eventLog() {
        return Optional.of(new PgEventLog(this::apart));
    }

    @Override
    public void close() {
        pool.close();
    }
}
