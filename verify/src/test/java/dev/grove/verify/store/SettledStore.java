package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A store that is made to bring what was written into its tables, every so many writes: so that what a test reads and
 * changes lies partly in the tables, and partly in memory over them.
 */
record SettledStore(Store store, int every, AtomicInteger writes) implements Store {

    static SettledStore after(int every, Store store) {
        return new SettledStore(store, every, new AtomicInteger());
    }

    @Override
    public <T> T read(Function<Records, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T write(Function<Records, T> work) {
        T result = store.write(work);
        if (writes.incrementAndGet() % every == 0) {
            // A list comes from the tables, which must have everything for it.
            store.read(records -> records.devices().list("", 1, ""));
        }
        return result;
    }

    @Override
    public void close() {
        store.close();
    }
}
