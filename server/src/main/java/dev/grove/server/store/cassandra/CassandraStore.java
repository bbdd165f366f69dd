package dev.grove.server.store.cassandra;

import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.Leases;
import dev.grove.server.fleet.RecordNumbers;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.page.Page;
import dev.grove.server.store.page.PageRecords;
import dev.grove.server.store.page.PageRecords.Retention;
import dev.grove.server.store.page.Pages;
import dev.grove.wire.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store for fleets beyond one database: a device is a partition of a cluster of Apache Cassandra.
 *
 * <p>A unit of work is atomic and isolated within one device. It may write to several, one after another; none of ours
 * does. A unit that meets another node's write is run again, and so is one of which the cluster has not told what
 * became of it, once that is known.
 */
public final class CassandraStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(CassandraStore.class);
    private static final int MAX_ATTEMPTS = 30;

    private final Cluster cluster;
    private final PageTable table;
    private final LookUps lookUps;
    private final Leases leases;
    private final EventLog events;
    private final SharedSecrets secrets;
    private final World world;
    private final PageRecords.World records;
    private final Images images = new Images();
    private final Turns turns = new Turns();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /**
     * What the store stands in.
     *
     * @param retention how long is kept what is over
     * @param settling how late a sweep looks at what has expired: longer than clocks differ and a write may take
     * @param luck draws marks of writes
     */
    public record World(Clock clock, Retention retention, Duration settling, RandomGenerator luck) {}

    private CassandraStore(Cluster cluster, String keyspace, World world) {
        this.cluster = cluster;
        this.world = world;
        table = new PageTable(cluster, keyspace);
        lookUps = new LookUps(cluster, keyspace, world);
        leases = new CassandraLeases(cluster, keyspace, Long.toHexString(world.luck().nextLong()));
        secrets = new SharedSecrets(cluster, keyspace);
        events = new CassandraEventLog(cluster, keyspace, world.clock());
        records = new PageRecords.World(lookUps, new RecordNumbers(world.clock(), world.luck()), world.retention(),
                world.clock());
    }

    /**
     * Connects, and makes what is missing of the keyspace and its tables.
     *
     * @throws Store.Failure if no node of the cluster answers, or too few
     */
    public static Store open(CassandraAddress address, World world) {
        Cluster cluster = Cluster.connect(address);
        try {
            Schema.make(cluster, address.keyspace());
            return new CassandraStore(cluster, address.keyspace(), world);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** One run of a unit of work: the pages that it opens, each with what reads it. */
    private final class Run {
        private final Map<String, PageReader> readers = new LinkedHashMap<>();
        private final PageReader.Mode mode;
        private final boolean isWriting;
        private final Pages pages = new Pages(this::open);
        private Optional<String> turn = Optional.empty();

        /** @param isWriting whether it takes turns with the other writers of its device, until {@link #end} */
        Run(PageReader.Mode mode, boolean isWriting) {
            this.mode = mode;
            this.isWriting = isWriting;
        }

        private Page.Source open(String deviceId) {
            if (isWriting && turn.isEmpty()) {
                turns.enter(deviceId);
                turn = Optional.of(deviceId);
            }
            PageReader reader = new PageReader(deviceId, table, images, mode);
            readers.put(deviceId, reader);
            return reader;
        }

        /** Whether all that was read and is not going to be written is of one moment. */
        boolean isOfOneMoment() {
            return pages.all().stream().filter(page -> !page.isChanged())
                    .allMatch(page -> reader(page).isOfOneMoment());
        }

        PageReader reader(Page page) {
            PageReader reader = readers.get(page.deviceId());
            if (reader == null) {
                throw new IllegalStateException("a page was never opened");
            }
            return reader;
        }

        void end() {
            turn.ifPresent(turns::leave);
        }
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        checkOpen();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Run run = new Run(attempt == 1 ? PageReader.Mode.READING : PageReader.Mode.ASKING, false);
            Optional<Result<T>> result = run(run, work);
            if (result.isPresent()) {
                return result.get().come();
            }
            pause(attempt);
        }
        throw contended();
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        checkOpen();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Run run = new Run(attempt == 1 ? PageReader.Mode.GUESSING : PageReader.Mode.ASKING, true);
            try {
                Optional<Result<T>> result = run(run, work);
                if (result.isPresent() && (result.get() instanceof Result.Thrown || isWritten(run))) {
                    return result.get().come();
                }
            } finally {
                run.end();
            }
            pause(attempt);
        }
        throw contended();
    }

    /** What a unit of work has come to. */
    private sealed interface Result<T> {
        record Value<T>(T value) implements Result<T> {
            @Override
            public T come() {
                return value;
            }
        }

        record Thrown<T>(RuntimeException exception) implements Result<T> {
            @Override
            public T come() {
                throw exception;
            }
        }

        T come();
    }

    /** Empty if what it has read was not of one moment. */
    private <T> Optional<Result<T>> run(Run run, Function<Records, T> work) {
        Result<T> result;
        try {
            result = new Result.Value<>(work.apply(new PageRecords(run.pages, records)));
        } catch (Moved _) {
            return Optional.empty();
        } catch (Store.Failure failure) {
            throw failure;
        } catch (RuntimeException thrown) {
            // What a unit refuses it may refuse for a guess that is wrong.
            boolean isSure = run.pages.all().stream().allMatch(page -> run.reader(page).isOfOneMoment());
            return isSure ? Optional.of(new Result.Thrown<>(thrown)) : Optional.empty();
        }
        return run.isOfOneMoment() ? Optional.of(result) : Optional.empty();
    }

    /** Brings what a unit has written to the cluster; false if another node was there before. */
    private boolean isWritten(Run run) {
        int written = 0;
        for (Page page : run.pages.all()) {
            if (page.isChanged()) {
                if (!isWritten(page, run.reader(page))) {
                    if (written > 0) {
                        throw new Failure("a unit of work was written in part: it spans devices, and met another",
                                new Moved());
                    }
                    return false;
                }
                written++;
            }
        }
        return true;
    }

    private boolean isWritten(Page page, PageReader reader) {
        Image before = reader.image();
        Page.Changes changes = page.changes();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        lookUps.prepare(page.deviceId(), changes.notes());
        images.forget(page.deviceId());
        Optional<Image> after = table.write(page.deviceId(), before, changes, world.luck().nextLong());
        if (after.isEmpty()) {
            return false;
        }
        images.keep(page.deviceId(), after.get());
        try {
            lookUps.settle(page.deviceId(), changes.notes(), micros);
        } catch (Failure e) {
            // The page is written. What is left in a table of look-ups is looked up in vain.
            LOG.warn("a look-up of a device could not be cleared away", e);
        }
        return true;
    }

    /** Longer with every attempt, and never the same for two. */
    private void pause(int attempt) {
        long most = Math.min(100_000_000L, 500_000L << Math.min(attempt, 8));
        LockSupport.parkNanos(world.luck().nextLong(most));
    }

    private static Failure contended() {
        return new Failure("other nodes write to the same device again and again", new Moved());
    }

    private void checkOpen() {
        if (isClosed.get()) {
            throw new Failure("the store is closed", new IllegalStateException("closed"));
        }
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Optional<EventLog> eventLog() {
        return Optional.of(events);
    }

    @Override
    public Bytes secret(String name, Bytes fresh) {
        return secrets.first(name, fresh);
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            try {
                lookUps.flush();
            } catch (Failure e) {
                LOG.warn("what this node has counted last is not told", e);
            } finally {
                cluster.close();
            }
        }
    }
}
