package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the write-ahead log short. SQLite's own way makes the unlucky commit wait for the whole transfer; here a second
 * connection does it in the background once the log has grown, and only when it falls far behind does the writer wait
 * for it.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long FORCED_ABOVE_BYTES = 16L << 20;

    private final Path file;
    private final Path log;
    private final Sql writing;
    private final Sql own;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private final AtomicReference<@Nullable RuntimeException> trouble = new AtomicReference<>();
    private volatile boolean isClosing;

    Checkpoints(Path file, Sql writing, Sql own) {
        this.file = file;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
        this.writing = writing;
        this.own = own;
        this.thread = Thread.ofPlatform().daemon().name("store-checkpoints").start(this::run);
    }

    /** Called by the writer, outside any transaction. */
    void afterCommit() {
        long bytes = logBytes();
        if (bytes > FORCED_ABOVE_BYTES) {
            checkpoint(writing, "truncate");
        } else if (bytes > SqliteStore.LOG_KEPT_BYTES && wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void run() {
        while (!isClosing) {
            wanted.acquireUninterruptibly();
            wanted.drainPermits();
            if (!isClosing) {
                checkpoint(own, "passive");
            }
        }
    }

    /** A checkpoint that fails loses nothing, the log only grows; so it is told once and tried again. */
    private void checkpoint(Sql sql, String mode) {
        try {
            sql.first("pragma wal_checkpoint(" + mode + ")", row -> row.getInt(1));
            trouble.set(null);
        } catch (Store.Failure failure) {
            if (trouble.getAndSet(failure) == null) {
                LOG.warn("the store's log could not be shortened ({}); trying again", mode, failure);
            }
        }
    }

    long logBytes() {
        return length(log);
    }

    long fileBytes() {
        return length(file);
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public void close() {
        isClosing = true;
        wanted.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        checkpoint(own, "truncate");
        own.close();
    }
}
