package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.grove.server.store.page.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Which job has been waiting longest: each is noted by the time at which it was handed in, in buckets of an hour and a
 * few shards. A note is never removed. Whoever asks goes on from where somebody has been before, past the notes of jobs
 * that are over, to the first that is not: so that each note is looked at about once in its life.
 */
final class Waiting {

    /** What waits for longer is told no more. */
    static final Duration KEPT = Duration.ofDays(31);

    private static final int SHARDS = 8;
    private static final long BUCKET_MILLIS = Duration.ofHours(1).toMillis();
    private static final int CHUNK = 200;
    /** More is not looked at in one go. */
    private static final int MAX_CHUNKS = 100;
    /** How far a shard may be seen to before that is kept. */
    private static final long KEPT_EVERY_MILLIS = 10_000;
    /** In the table of how far hints have been seen to, beside the codes of kinds. */
    private static final byte DONE = 64;

    private final Cluster cluster;
    private final Clock clock;
    private final Duration settling;
    private final PreparedStatement put;
    private final PreparedStatement next;
    private final PreparedStatement exists;
    private final PreparedStatement done;
    private final PreparedStatement keep;

    /** A place in a shard. */
    private record Mark(long at, String device, String key) {}

    Waiting(Cluster cluster, String keyspace, CassandraStore.World world) {
        this.cluster = cluster;
        this.clock = world.clock();
        this.settling = world.settling();
        put = cluster.prepare("insert into " + keyspace + ".waiting (bucket, shard, at, device, key)"
                + " values (?, ?, ?, ?, ?) using ttl " + KEPT.toSeconds());
        next = cluster.prepare("select at, device, key from " + keyspace + ".waiting where bucket = ? and shard = ?"
                + " and (at, device, key) > (?, ?, ?) limit " + CHUNK);
        exists = cluster.prepare("select key from " + keyspace + ".page where device = ? and kind = "
                + Kind.LIVE_JOB.code() + " and key = ?");
        done = cluster.prepare("select shard, at from " + keyspace + ".due_done where kind = " + DONE);
        keep = cluster.prepare("insert into " + keyspace + ".due_done (kind, shard, at) values (" + DONE + ", ?, ?)");
    }

    /** The statement that notes a job. */
    BoundStatement put(String deviceId, String key, Instant since) {
        long at = since.toEpochMilli();
        return put.bind(at / BUCKET_MILLIS, (byte) Math.floorMod(deviceId.hashCode() * 31, SHARDS), at, deviceId, key);
    }

    /** When the one was handed in that has been waiting longest, as far as has been looked. */
    Optional<Instant> oldest() {
        long now = clock.millis();
        long[] begin = new long[SHARDS];
        for (Row row : cluster.run(done.bind().setIdempotent(true))) {
            begin[row.getByte(0)] = row.getLong(1);
        }
        return IntStream.range(0, SHARDS).mapToObj(shard -> first((byte) shard, begin[shard], now))
                .flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** In a store that is new nothing can be waiting from before. */
    private Optional<Instant> first(byte shard, long kept, long now) {
        long begin = kept == 0 ? now - BUCKET_MILLIS : Math.max(kept, now - KEPT.toMillis());
        Mark at = new Mark(begin, "", "");
        Optional<Instant> found = Optional.empty();
        for (int chunks = 0; chunks < MAX_CHUNKS && found.isEmpty() && at.at() <= now; chunks++) {
            List<Mark> some = cluster.run(next.bind(at.at() / BUCKET_MILLIS, shard, at.at(), at.device(), at.key())
                    .setIdempotent(true)).all().stream().map(Waiting::mark).toList();
            Optional<Mark> living = living(some);
            found = living.map(mark -> Instant.ofEpochMilli(mark.at()));
            at = living.isPresent() ? living.get()
                    : some.size() == CHUNK ? some.getLast()
                            : new Mark((at.at() / BUCKET_MILLIS + 1) * BUCKET_MILLIS, "", "");
        }
        long seen = Math.min(at.at(), now - settling.toMillis());
        if (seen - kept >= KEPT_EVERY_MILLIS) {
            cluster.run(keep.bind(shard, seen).setIdempotent(true));
        }
        return found;
    }

    private static Mark mark(Row row) {
        return new Mark(row.getLong(0), String.valueOf(row.getString(1)), String.valueOf(row.getString(2)));
    }

    /** The first of which the job is not over; all are asked for at once. */
    private Optional<Mark> living(List<Mark> marks) {
        List<CompletionStage<AsyncResultSet>> answers = marks.stream()
                .map(mark -> cluster.ask(exists.bind(mark.device(), mark.key()))).toList();
        return IntStream.range(0, marks.size())
                .filter(i -> Cluster.guarded(() -> answers.get(i).toCompletableFuture().join()).one() != null)
                .mapToObj(marks::get).findFirst();
    }
}
