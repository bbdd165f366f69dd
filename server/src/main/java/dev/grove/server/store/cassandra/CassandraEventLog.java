package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.grove.server.fleet.EventLog;
import dev.grove.server.store.form.EventCodec;
import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Events in buckets of ten seconds, which fade. A node may be some seconds wrong about the time. */
final class CassandraEventLog implements EventLog {

    private static final long BUCKET_MILLIS = 10_000;
    /** How far the clocks of nodes may be apart. */
    private static final long SKEW_MILLIS = 10_000;
    private static final int KEPT_SECONDS = 600;

    private final Cluster cluster;
    private final Clock clock;
    private final PreparedStatement append;
    private final PreparedStatement read;

    CassandraEventLog(Cluster cluster, String keyspace, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        append = cluster.prepare("insert into " + keyspace
                + ".event (bucket, node, number, at, told) values (?, ?, ?, ?, ?) using ttl " + KEPT_SECONDS);
        read = cluster.prepare("select node, number, at, told from " + keyspace + ".event where bucket = ?");
    }

    @Override
    public void append(Batch batch) {
        cluster.run(append.bind(clock.millis() / BUCKET_MILLIS, batch.node(), batch.number(), batch.at(),
                ByteBuffer.wrap(EventCodec.encode(batch.events()).toArray())).setIdempotent(true));
    }

    @Override
    public List<Batch> latest(Map<String, Long> heard, Duration reach, int limit) {
        long now = clock.millis();
        long first = (now - reach.toMillis() - SKEW_MILLIS) / BUCKET_MILLIS;
        long last = (now + SKEW_MILLIS) / BUCKET_MILLIS;
        List<CompletionStage<AsyncResultSet>> buckets = new ArrayList<>();
        for (long bucket = first; bucket <= last; bucket++) {
            buckets.add(cluster.ask(read.bind(bucket)));
        }
        List<Batch> found = new ArrayList<>();
        for (CompletionStage<AsyncResultSet> bucket : buckets) {
            AsyncResultSet page = Cluster.guarded(() -> bucket.toCompletableFuture().join());
            take(page, heard, found);
            while (page.hasMorePages()) {
                CompletionStage<AsyncResultSet> next = page.fetchNextPage();
                page = Cluster.guarded(() -> next.toCompletableFuture().join());
                take(page, heard, found);
            }
        }
        found.sort(Comparator.comparing(Batch::node).thenComparingLong(Batch::number));
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    private static void take(AsyncResultSet page, Map<String, Long> heard, List<Batch> found) {
        for (Row row : page.currentPage()) {
            String node = String.valueOf(row.getString(0));
            long number = row.getLong(1);
            if (number > heard.getOrDefault(node, 0L)) {
                found.add(new Batch(node, number, Objects.requireNonNullElse(row.getInstant(2), Instant.EPOCH),
                        EventCodec.decode(bytes(row.getByteBuffer(3)))));
            }
        }
    }

    private static Bytes bytes(ByteBuffer told) {
        byte[] copy = new byte[told.remaining()];
        told.get(copy);
        return Bytes.wrap(copy);
    }

    /** Batches have a life of their own. */
    @Override
    public int prune(Duration age, int limit) {
        return 0;
    }
}
