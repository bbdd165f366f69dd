package dev.grove.server;

import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import java.util.function.LongSupplier;
import java.util.function.ToIntBiFunction;

/**
 * Forgets a few at a time: as many as can be forgotten in a few milliseconds, so that nobody waits for it. How many
 * those are is found out on the way.
 */
final class Steps {

    private static final long LONG_NANOS = 5_000_000;
    private static final int FEWEST = 10;
    private static final int MOST = 2000;

    private final Store store;
    private final LongSupplier nanos;
    private int limit = 100;
    private long took;

    /** @param nanos the clock that only counts */
    Steps(Store store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /**
     * One step.
     *
     * @param forgetting forgets so many at most, and says how many
     * @return whether there may be more
     */
    boolean more(ToIntBiFunction<Records, Integer> forgetting) {
        int most = limit;
        int done = store.tidy(records -> {
            long started = nanos.getAsLong();
            int count = forgetting.applyAsInt(records, most);
            took = nanos.getAsLong() - started;
            return count;
        });
        if (took > LONG_NANOS) {
            limit = Math.max(FEWEST, most / 2);
        } else if (took < LONG_NANOS / 2 && done >= most) {
            limit = Math.min(MOST, most * 2);
        }
        return done >= most;
    }

    /** How many it would forget next. */
    int limit() {
        return limit;
    }
}
