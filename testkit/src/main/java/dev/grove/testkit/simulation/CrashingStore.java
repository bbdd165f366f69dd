package dev.grove.testkit.simulation;

import dev.grove.server.fleet.Store;
import java.util.function.Function;

/**
 * A store whose process can be made to die in a write: before the commit, when all that was written is lost, or after
 * it, when all is durable and nobody is told. What survives is what was committed; the objects that used the store are
 * to be thrown away, and new ones made over it.
 */
final class CrashingStore implements Store {

    /** When the process is to die. */
    enum Crash {
        NONE, BEFORE_COMMIT, AFTER_COMMIT
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

    /** Lets the process die in the next write. */
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
            if (crash == Crash.BEFORE_COMMIT) {
                throw new Dead(crash);
            }
            return written;
        });
        if (crash == Crash.AFTER_COMMIT) {
            throw new Dead(crash);
        }
        return result;
    }

    @Override
    public void close() {
        durable.close();
    }
}
