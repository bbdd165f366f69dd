package dev.grove.testkit.simulation;

import dev.grove.server.fleet.Store;
import java.util.function.Function;

/**
 * A store whose process can be made to die in a write: before the commit, when all that was written is lost, or after
 * it, when all is durable and nobody is told. What survives is what was committed; the objects that used the store are
 * to be thrown away, and new ones made over it. It can also fail, as one does whose disk is full, or whose database
 * goes away in mid-commit; then everybody lives on.
 */
final class CrashingStore implements Store {

    /** When the process is to die; or that the store fails, with nothing written, or with all written and not told. */
    enum Crash {
        NONE, BEFORE_COMMIT, AFTER_COMMIT, REFUSED, UNTOLD
    }

    /** The process is dead. */
    static final class Dead extends RuntimeException {
        Dead(Crash crash) {
            super("the server died: " + crash, null, false, false);
        }
    }

    private final Store durable;
    private Crash next = Crash.NONE;

    CrashingStore(Store durable) {
        this.durable = durable;
    }

    /** Lets the process die in the next write, or the write fail. */
    void dieInNextWrite(Crash crash) {
        next = crash;
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return durable.read(work);
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        Crash crash = next;
        next = Crash.NONE;
        T result = durable.write(records -> {
            T written = work.apply(records);
            strike(crash == Crash.BEFORE_COMMIT || crash == Crash.REFUSED, crash);
            return written;
        });
        strike(crash == Crash.AFTER_COMMIT || crash == Crash.UNTOLD, crash);
        return result;
    }

    private static void strike(boolean isNow, Crash crash) {
        if (isNow && (crash == Crash.REFUSED || crash == Crash.UNTOLD)) {
            throw new Failure("the store failed: " + crash, new IllegalStateException());
        }
        if (isNow) {
            throw new Dead(crash);
        }
    }

    @Override
    public void close() {
        durable.close();
    }
}
