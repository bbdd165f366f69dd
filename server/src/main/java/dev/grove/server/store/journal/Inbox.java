package dev.grove.server.store.journal;

import dev.grove.server.fleet.Store;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the one thread that does it: many hand in, and each waits for its own result.
 *
 * @param <U> what is handed in
 */
public final class Inbox<U> {

    private static final int MAX_TOGETHER = 256;
    private static final int MAX_WAITING = 8192;

    private final BlockingQueue<U> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private volatile boolean isClosing;

    /**
     * Hands something in and waits until it is done.
     *
     * @param done completed by the thread that does it
     * @throws Store.Failure if no more is taken
     */
    public <T> T hand(U unit, CompletableFuture<T> done) {
        try {
            if (isClosing || !waiting.offer(unit, 30, TimeUnit.SECONDS)) {
                throw new Store.Failure("the store takes no more writes: " + (isClosing ? "closed" : "overloaded"),
                        new IllegalStateException());
            }
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Store.Failure("interrupted before the write began", e);
        }
    }

    /** Whether anything may still come out. */
    public boolean isOpen() {
        return !isClosing || !waiting.isEmpty();
    }

    /** Takes what waits, 256 at most; waits itself for the first of them, for so long. */
    public void take(List<U> batch, long millis) throws InterruptedException {
        U first = waiting.poll(millis, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, MAX_TOGETHER - 1);
        }
    }

    /** How much waits. */
    public int size() {
        return waiting.size();
    }

    /** Takes no more in. */
    public void shut() {
        isClosing = true;
    }

    /**
     * Takes no more in, and waits until the thread has done what waits.
     *
     * @param last wakes the thread, and is done by it too
     */
    public void close(Thread worker, U last) {
        shut();
        // If there is no room for it, the thread is awake.
        boolean _ = waiting.offer(last);
        boolean wasInterrupted = Thread.interrupted();
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException _) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
