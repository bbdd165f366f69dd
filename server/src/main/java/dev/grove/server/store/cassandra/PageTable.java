package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.page.Kind;
import dev.grove.server.store.page.Page;
import dev.grove.server.store.page.Place;
import dev.grove.server.store.page.Range;
import dev.grove.server.store.page.Row;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table of pages: reads rows together with the stamp under which they stand, and writes under a stamp. */
final class PageTable {

    /** Twenty years: the longest life that Cassandra knows. */
    private static final long MAX_LIFE_SECONDS = 630_720_000;
    private static final int FIRST_COLD = Kind.ENDED_SESSION.code();

    private final Cluster cluster;
    private final PreparedStatement readHot;
    private final PreparedStatement readRow;
    private final PreparedStatement readStamp;
    private final PreparedStatement readRange;
    private final PreparedStatement readRangeBackwards;
    private final PreparedStatement stamp;
    private final PreparedStatement putValue;
    private final PreparedStatement putBody;
    private final PreparedStatement putBoth;
    private final PreparedStatement remove;
    private final PreparedStatement clear;

    PageTable(Cluster cluster, String keyspace) {
        this.cluster = cluster;
        String page = keyspace + ".page";
        String select = "select kind, key, value, body, stamp from " + page + " where device = ?";
        readHot = cluster.prepare(select + " and kind < " + FIRST_COLD);
        readRow = cluster.prepare(select + " and kind = ? and key = ?");
        readStamp = cluster.prepare("select stamp from " + page + " where device = ? limit 1");
        readRange = cluster.prepare(select + " and kind = ? and key >= ? and key < ? limit ?");
        readRangeBackwards = cluster.prepare(
                select + " and kind = ? and key >= ? and key < ? order by kind desc, key desc limit ?");
        stamp = cluster.prepare("update " + page + " set stamp = ? where device = ? if stamp = ?");
        String where = " where device = ? and kind = ? and key = ?";
        putValue = cluster.prepare("update " + page + " using ttl ? set value = ?" + where);
        putBody = cluster.prepare("update " + page + " using ttl ? set body = ?" + where);
        putBoth = cluster.prepare("update " + page + " using ttl ? set value = ?, body = ?" + where);
        remove = cluster.prepare("delete from " + page + where);
        clear = cluster.prepare("delete from " + page + " where device = ? and kind = ?");
    }

    /**
     * Rows with their stamp.
     *
     * @param stamp absent if there are no rows: then it is not told
     */
    record Found(SequencedMap<Place, Row> rows, Optional<Stamp> stamp) {}

    Image hot(String deviceId) {
        Found found = found(readHot.bind(deviceId));
        return new Image(found.stamp().orElse(Stamp.NONE), new TreeMap<>(found.rows()));
    }

    Found row(String deviceId, Place place) {
        return found(readRow.bind(deviceId, (byte) place.kind().code(), place.key()));
    }

    Found range(String deviceId, Range range) {
        if (range.limit() <= 0) {
            return new Found(new LinkedHashMap<>(), Optional.empty());
        }
        PreparedStatement read = range.isDescending() ? readRangeBackwards : readRange;
        return found(read.bind(deviceId, (byte) range.kind().code(), range.from(), range.to(), range.limit()));
    }

    /** @throws Moved if rows have come under different stamps: they came in several parts */
    private Found found(BoundStatement statement) {
        SequencedMap<Place, Row> rows = new LinkedHashMap<>();
        Stamp first = null;
        ByteBuffer last = null;
        for (var row : Cluster.guarded(() -> cluster.run(statement.setIdempotent(true)).all())) {
            ByteBuffer its = row.getByteBuffer(4);
            if (first == null) {
                first = Stamp.of(its);
            } else if (its != null && !its.equals(last)) {
                throw new Moved();
            }
            last = its;
            ByteBuffer value = row.getByteBuffer(2);
            if (value != null) {
                rows.put(new Place(Kind.of(row.getByte(0)), String.valueOf(row.getString(1))),
                        new Row(bytes(value), bytes(row.getByteBuffer(3)), Duration.ZERO, Duration.ZERO));
            }
        }
        return new Found(rows, Optional.ofNullable(first));
    }

    private static Bytes bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return Bytes.EMPTY;
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return Bytes.wrap(copy);
    }

    Stamp stamp(String deviceId) {
        return stamp(readStamp.bind(deviceId));
    }

    private Stamp stamp(BoundStatement statement) {
        var row = cluster.run(statement.setIdempotent(true)).one();
        return row == null ? Stamp.NONE : Stamp.of(row.getByteBuffer(0));
    }

    /**
     * Writes under a stamp; durable at a quorum of the copies on return.
     *
     * @param mark of this very write
     * @return the image after it; empty if the page has another stamp meanwhile
     */
    Optional<Image> write(String deviceId, Image before, Page.Changes changes, long mark) {
        Stamp next = before.stamp().then(mark);
        BatchStatement batch = batch(deviceId, before, changes, next);
        boolean isApplied;
        try {
            isApplied = cluster.session().execute(batch).wasApplied();
        } catch (DriverException unknown) {
            isApplied = hasCome(deviceId, mark, unknown);
        }
        return isApplied ? Optional.of(before.after(changes, next)) : Optional.empty();
    }

    /** The cluster has not said what became of a write: a serial read finishes what was begun, and tells. */
    private boolean hasCome(String deviceId, long mark, DriverException unknown) {
        try {
            return stamp(readStamp.bind(deviceId).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)).holds(mark);
        } catch (Store.Failure stillUnknown) {
            unknown.addSuppressed(stillUnknown);
            throw Cluster.failure(unknown);
        }
    }

    private BatchStatement batch(String deviceId, Image before, Page.Changes changes, Stamp next) {
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        batch.addStatement(stamp.bind(next.stored(), deviceId, before.stamp().stored()));
        changes.cleared().forEach(kind -> batch.addStatement(clear.bind(deviceId, (byte) kind.code())));
        changes.rows().forEach((place, row) -> row.ifPresentOrElse(
                there -> put(batch, deviceId, place, new Change(before.hot().get(place), there)),
                () -> batch.addStatement(remove.bind(deviceId, (byte) place.kind().code(), place.key()))));
        Place meta = new Place(Kind.META, "");
        if (!before.hot().containsKey(meta) && !changes.rows().containsKey(meta)) {
            // The row that is always there, so that the stamp is told with it.
            batch.addStatement(putValue.bind(0, ByteBuffer.allocate(0), deviceId, (byte) 0, ""));
        }
        return batch.build();
    }

    private record Change(@Nullable Row before, Row now) {}

    private void put(BatchStatementBuilder batch, String device, Place place, Change change) {
        Row row = change.now();
        Row before = change.before();
        byte kind = (byte) place.kind().code();
        ByteBuffer value = ByteBuffer.wrap(row.value().toArray());
        boolean isBodyKept = before == null ? row.body().isEmpty() : row.body().equals(before.body());
        if (isBodyKept) {
            batch.addStatement(putValue.bind(seconds(row.life()), value, device, kind, place.key()));
            return;
        }
        ByteBuffer body = row.body().isEmpty() ? null : ByteBuffer.wrap(row.body().toArray());
        if (row.life().equals(row.bodyLife())) {
            batch.addStatement(putBoth.bind(seconds(row.life()), value, body, device, kind, place.key()));
        } else {
            batch.addStatement(putValue.bind(seconds(row.life()), value, device, kind, place.key()));
            batch.addStatement(putBody.bind(seconds(row.bodyLife()), body, device, kind, place.key()));
        }
    }

    private static int seconds(Duration life) {
        return life.isZero() ? 0 : (int) Math.clamp(life.plusMillis(999).toSeconds(), 1, MAX_LIFE_SECONDS);
    }
}
