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
import java.util.Optional;
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
    private final PreparedStatement names;
    private final PreparedStatement read;

    CassandraEventLog(Cluster cluster, String keyspace, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        append = cluster.prepare("insert into " + keyspace
                + ".event (bucket, node, number, at, told) values (?, ?, ?, ?, ?) using ttl " + KEPT_SECONDS);
        names = cluster.prepare("select node, number, at from " + keyspace + ".event where bucket = ?");
        read = cluster.prepare("select node, number, at, told from " + keyspace
                + ".event where bucket = ? and node = ? and number = ?");
    }

    @Override
    public void append(Batch batch) {
        cluster.run(append.bind(clock.millis() / BUCKET_MILLIS, batch.node(), batch.number(), batch.at(),
                ByteBuffer.wrap(EventCodec.encode(batch.events()).toArray())).setIdempotent(true));
    }

    /** Whose turn it is to be read. */
    private record Name(long bucket, String node, long number, Instant at) {}

    /** Their names first, and then those that are news: the rest may be large, and asked for often. */
    @Override
    public List<Batch> latest(Map<String, Long> heard, Duration reach, int limit) {
        long now = clock.millis();
        long first = (now - reach.toMillis() - SKEW_MILLIS) / BUCKET_MILLIS;
        long last = (now + SKEW_MILLIS) / BUCKET_MILLIS;
        List<Name> news = new ArrayList<>();
        for (long bucket = first; bucket <= last; bucket++) {
            for (Row row : cluster.run(names.bind(bucket).setIdempotent(true))) {
                Name name = new Name(bucket, String.valueOf(row.getString(0)), row.getLong(1),
                        Objects.requireNonNullElse(row.getInstant(2), Instant.EPOCH));
                if (name.number() > heard.getOrDefault(name.node(), 0L)) {
                    news.add(name);
                }
            }
        }
        List<CompletionStage<AsyncResultSet>> asked = ordered(news).stream().limit(limit)
                .map(name -> cluster.ask(read.bind(name.bucket(), name.node(), name.number()))).toList();
        return asked.stream().flatMap(answer -> batch(answer).stream()).toList();
    }

    /** About as things happened, but those of one node in their order, whatever its clock does. */
    private static List<Name> ordered(List<Name> news) {
        news.sort(Comparator.comparing(Name::node).thenComparingLong(Name::number));
        List<Name> ordered = new ArrayList<>();
        for (Name name : news) {
            Name before = ordered.isEmpty() ? name : ordered.getLast();
            boolean isBackwards = before.node().equals(name.node()) && before.at().isAfter(name.at());
            ordered.add(isBackwards ? new Name(name.bucket(), name.node(), name.number(), before.at()) : name);
        }
        ordered.sort(Comparator.comparing(Name::at));
        return ordered;
    }

    /** One that has faded meanwhile is none any more. */
    private static Optional<Batch> batch(CompletionStage<AsyncResultSet> answer) {
        Row row = Cluster.guarded(() -> answer.toCompletableFuture().join()).one();
        return row == null
                ? Optional.empty()
                : Optional.of(new Batch(String.valueOf(row.getString(0)), row.getLong(1),
                        Objects.requireNonNullElse(row.getInstant(2), Instant.EPOCH),
                        EventCodec.decode(bytes(Objects.requireNonNull(row.getByteBuffer(3))))));
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
