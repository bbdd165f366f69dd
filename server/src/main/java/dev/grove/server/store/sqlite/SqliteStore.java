package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
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
public final class SqliteStore implements Store {

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
    public static SqliteStore open(Path file, Clock clock) {
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
            throw new Failure("the store " + file.getFileName() + " could not be opened", e);
        }
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return readers.read(work);
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        return writer.write(work);
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
