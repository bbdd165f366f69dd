package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.layer.Change;
import dev.grove.server.store.layer.Known;
import dev.grove.server.store.journal.JournaledStore;
import dev.grove.server.store.journal.Ledger;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * The embedded store: one SQLite file in write-ahead mode, forced to the disk at every commit. A process that dies at
 * any moment leaves all that was acknowledged, and nothing of what was not.
 */
public final class SqliteStore implements Ledger {

    /** What stays of a write-ahead log after it was emptied; a checkpoint is wanted when it is longer. */
    static final int LOG_KEPT_BYTES = 4 << 20;

    private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Sql writing;
    private final Readers readers;
    private final Writer writer;
    private final Checkpoints checkpoints;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private SqliteStore(Path file, Clock clock) {
        Connection connection = connect(file, false);
        Migrations.apply(connection, clock.instant());
        makeRedo(connection);
        writing = new Sql(connection);
        readers = new Readers(READERS, () -> new Sql(connect(file, true)));
        checkpoints = new Checkpoints(file, writing, new Sql(connect(file, false)));
        writer = new Writer(writing, new SqliteRecords(writing), checkpoints::afterCommit);
    }

    /**
     * Opens the store, and makes it if it is not there. Only one process may have it open: whoever calls sees to that.
     *
     * @param file in a folder that exists; SQLite keeps two more files beside it
     */
    public static Store open(Path file, Clock clock) {
        return JournaledStore.over(tables(file, clock), file);
    }

    /** The tables alone; see {@link #open}. */
    public static Ledger tables(Path file, Clock clock) {
        return new SqliteStore(file, clock);
    }

    private static Connection connect(Path file, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(10_000);
        // Otherwise the driver asks for the number of the last row after every statement, whoever wants it.
        config.setGetGeneratedKeys(false);
        config.setCacheSize(readOnly ? -8_192 : -65_536);
        if (readOnly) {
            config.setReadOnly(true);
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        } else {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.FULL);
        }
        config.setJournalSizeLimit(LOG_KEPT_BYTES);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma wal_autocheckpoint = 0");
            }
            return connection;
        } catch (SQLException e) {
            throw new Store.Failure("the store " + file.getFileName() + " could not be opened", e);
        }
    }

    /** Which segment of the journal is in the tables: written with it, in one transaction. */
    private static void makeRedo(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists redo (one integer primary key, segment integer not null)");
        } catch (SQLException e) {
            throw new Store.Failure("the store cannot note what its tables hold", e);
        }
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return readers.read(work);
    }

    @Override
    public Known contact(Contact.Call call) {
        return readers.readOne(sql -> Known.of(new SqliteRecords(sql).contact(call),
                nodes -> new SqliteMirror(sql).findAll(call.deviceId(), nodes)));
    }

    @Override
    public Optional<MirrorNode> node(String deviceId, NodeUri uri) {
        return readers.readOne(sql -> new SqliteMirror(sql).find(deviceId, uri));
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        return writer.write(work);
    }

    /** Rows of changes. Traces go into the tables only. */
    private record Prepared(List<Row> rows) implements Entry {
        @Override
        public Bytes bytes() {
            return RowCodec.encode(rows.stream().filter(row -> row.kind() != Row.Kind.TRACE).toList());
        }
    }

    @Override
    public Entry prepare(List<Change> changes) {
        List<Row> rows = new ArrayList<>();
        Row.each(changes, rows::add);
        return new Prepared(rows);
    }

    @Override
    public void apply(long segment, List<Entry> entries) {
        Moment moment = new Moment();
        entries.forEach(entry -> ((Prepared) entry).rows().forEach(moment::take));
        writer.write(_ -> {
            moment.run(writing);
            return note(segment);
        });
    }

    @Override
    public void replay(long segment, List<Bytes> entries) {
        writer.write(_ -> {
            for (Bytes entry : entries) {
                RowCodec.decode(entry).forEach(row -> Row.run(writing, row.kind(), Collections.singletonList(
                        row.values())));
            }
            return note(segment);
        });
    }

    private int note(long segment) {
        return writing.update("insert or replace into redo (one, segment) values (1, ?)", segment);
    }

    @Override
    public List<Store.Figure> figures() {
        return List.of(new Store.Figure("log.bytes", "Length of SQLite's write-ahead log", false,
                checkpoints::logBytes),
                new Store.Figure("file.bytes", "Length of the tables' file", false,
                        checkpoints::fileBytes));
    }

    @Override
    public Numbers numbers() {
        return readers.readSql(
                sql -> new Numbers(last(sql, "session"), last(sql, "job"), last(sql, "alert"), last(sql, "wake"),
                        sql.first("select segment from redo", row -> row.getLong(1)).orElse(0L)));
    }

    private static long last(Sql sql, String table) {
        return sql.first("select seq from sqlite_sequence where name = ?", row -> row.getLong(1), table).orElse(0L);
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            writer.close();
            checkpoints.close();
            readers.close();
            writing.close();
        }
    }
}
