package dev.grove.server.store.journal;

import dev.grove.server.store.layer.Change;
import dev.grove.server.store.layer.Lookups;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Store.Records;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.function.Function;

/** The tables behind a journal. */
public interface Ledger extends Lookups, AutoCloseable {

    /**
     * The highest numbers that were given so far.
     *
     * @param segment the last segment of the journal that is in the tables
     */
    record Numbers(long session, long job, long alert, long wake, long segment) {}

    /** Runs {@code work} over one moment of the tables; it cannot write. */
    <T> T read(Function<Records, T> work);

    /** Runs {@code work} on the tables and makes it durable. */
    <T> T write(Function<Records, T> work);

    /** Changes as the tables will take them. */
    interface Entry {

        /** Their form in the journal; without traces, of which a crash may take those of the last moment. */
        Bytes bytes();
    }

    /** Makes changes ready for the journal and for the tables. */
    Entry prepare(List<Change> changes);

    /** Puts changes into the tables, of each record the last one only, and notes the segment; durable on return. */
    void apply(long segment, List<Entry> entries);

    /**
     * Does again what stands in a segment, after a crash, and notes the segment; durable on return.
     *
     * @param entries {@link Entry#bytes} in order
     */
    void replay(long segment, List<Bytes> entries);

    Numbers numbers();

    /** How the tables are doing. */
    default List<Store.Figure> figures() {
        return List.of();
    }

    @Override
    void close();
}
