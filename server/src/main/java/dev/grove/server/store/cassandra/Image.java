package dev.grove.server.store.cassandra;

import dev.grove.server.store.page.Page;
import dev.grove.server.store.page.Place;
import dev.grove.server.store.page.Range;
import dev.grove.server.store.page.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A page as it was under one stamp: its hot rows, and what else was asked for a moment ago. Rows that fade do so
 * without a new stamp, so that the latter is not believed for long.
 */
final class Image {

    /** From the read of a message to its write. */
    private static final long BELIEVED_NANOS = 2_000_000_000L;

    private final Stamp stamp;
    private final NavigableMap<Place, Row> hot;
    private final Map<Range, Known<SequencedMap<Place, Row>>> ranges = new ConcurrentHashMap<>();

    /** What was read, and when by the clock of this process. */
    private record Known<T>(T what, long nanos) {
        boolean isOld() {
            return System.nanoTime() - nanos > BELIEVED_NANOS;
        }
    }

    Image(Stamp stamp, NavigableMap<Place, Row> hot) {
        this.stamp = stamp;
        this.hot = Collections.unmodifiableNavigableMap(hot);
    }

    Stamp stamp() {
        return stamp;
    }

    NavigableMap<Place, Row> hot() {
        return hot;
    }

    /** The page after a write. */
    Image after(Page.Changes changes, Stamp next) {
        TreeMap<Place, Row> rows = new TreeMap<>(hot);
        rows.keySet().removeIf(place -> changes.cleared().contains(place.kind()));
        changes.rows().forEach((place, row) -> {
            if (place.kind().isHot()) {
                row.ifPresentOrElse(there -> rows.put(place, there), () -> rows.remove(place));
            }
        });
        return new Image(next, rows);
    }

    @Nullable
    SequencedMap<Place, Row> range(Range range) {
        Known<SequencedMap<Place, Row>> known = ranges.get(range);
        return known == null || known.isOld() ? null : known.what();
    }

    void keep(Range range, SequencedMap<Place, Row> rowsOfIt) {
        if (rowsOfIt.size() <= 1) {
            ranges.put(range, new Known<>(new LinkedHashMap<>(rowsOfIt), System.nanoTime()));
        }
    }

    /** About how many bytes it takes. */
    long weight() {
        return hot.values().stream().mapToLong(row -> row.value().length() + row.body().length() + 100L).sum();
    }
}
