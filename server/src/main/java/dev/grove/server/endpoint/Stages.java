package dev.grove.server.endpoint;

/**
 * When the stages of one message began and ended, in nanoseconds of the clock that only counts. For one thread; a turn
 * that is computed again writes over what was noted before.
 */
public final class Stages {

    private final long begun = System.nanoTime();
    private long reading;
    private long read;
    private long computed;
    private long written;

    void reading() {
        reading = System.nanoTime();
    }

    void read() {
        read = System.nanoTime();
    }

    void computed() {
        computed = System.nanoTime();
    }

    /** Returns how long the write took. */
    long written() {
        written = System.nanoTime();
        return written - computed;
    }

    /** When the message was decoded. */
    public long begunNanos() {
        return begun;
    }

    /** When the store was asked what is known. */
    public long readingNanos() {
        return reading;
    }

    /** When that was known. */
    public long readNanos() {
        return read;
    }

    /** When the turn was computed. */
    public long computedNanos() {
        return computed;
    }

    /** When it was durable. */
    public long writtenNanos() {
        return written;
    }
}
