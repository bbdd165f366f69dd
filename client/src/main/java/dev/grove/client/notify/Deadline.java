package dev.grove.client.notify;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A time after which something is done about what is not over yet; nothing is done once it is closed. */
final class Deadline implements AutoCloseable {

    private final Duration patience;
    private final Runnable end;
    /** Guarded by this, like the one below. */
    private boolean hasPassed;
    private boolean isClosed;

    private Deadline(Duration patience, Runnable end) {
        this.patience = patience;
        this.end = end;
    }

    /** @param end what is done then, on another thread */
    static Deadline in(Duration patience, Runnable end) {
        Deadline deadline = new Deadline(patience, end);
        Thread.ofVirtual().name("deadline").start(deadline::watch);
        return deadline;
    }

    private synchronized void watch() {
        long begun = System.nanoTime();
        try {
            long left = patience.toNanos();
            while (left > 0 && !isClosed && !hasPassed) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = patience.toNanos() - (System.nanoTime() - begun);
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nobody knows this thread", impossible);
        }
        pass();
    }

    /** It passes now, unless it has passed or is closed. */
    synchronized void pass() {
        if (!isClosed && !hasPassed) {
            hasPassed = true;
            end.run();
            notifyAll();
        }
    }

    /** Does something in the midst of which the deadline does not pass; nothing if it has passed already. */
    synchronized void unlessPassed(Runnable work) {
        if (!hasPassed) {
            work.run();
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
