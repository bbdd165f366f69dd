package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.page.Note.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many there are of what begins and ends, in the whole fleet. A node adds up what it sees begin and end, and brings
 * the difference to the cluster when the number is asked for: a message costs nothing. What begins is counted under the
 * time of its beginning, and so is its end; buckets of long ago are left out, and with them what a node that died had
 * not told.
 */
final class Tallies {

    private final Cluster cluster;
    private final Clock clock;
    private final PreparedStatement change;
    private final PreparedStatement sum;
    private final Map<Bucket, Integer> untold = new ConcurrentHashMap<>();

    private record Bucket(Tally what, long number) {
        static Bucket of(Tally what, Instant since) {
            return new Bucket(what, Math.floorDiv(since.toEpochMilli(), width(what).toMillis()));
        }
    }

    private static Duration width(Tally what) {
        return switch (what) {
            case LIVE_SESSIONS -> Duration.ofHours(1);
            case WAITING_JOBS -> Duration.ofDays(1);
        };
    }

    /** How long after its beginning a thing is counted. */
    private static Duration counted(Tally what) {
        return switch (what) {
            case LIVE_SESSIONS -> Duration.ofDays(1);
            case WAITING_JOBS -> Waiting.KEPT;
        };
    }

    Tallies(Cluster cluster, String keyspace, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        change = cluster.prepare("update " + keyspace
                + ".tally set value = value + ? where name = ? and bucket = ?");
        sum = cluster.prepare("select value from " + keyspace + ".tally where name = ? and bucket >= ?");
    }

    void add(Tally what, Instant since, int by) {
        untold.merge(Bucket.of(what, since), by, Integer::sum);
    }

    /** Of what is not told by other nodes yet nothing is known. */
    int count(Tally what) {
        flush();
        long first = Bucket.of(what, clock.instant().minus(counted(what))).number();
        long all = 0;
        for (Row row : cluster.run(sum.bind(what.name(), first).setIdempotent(true))) {
            all += Math.max(0, row.getLong(0));
        }
        return (int) Math.min(Integer.MAX_VALUE, all);
    }

    void flush() {
        for (Bucket bucket : List.copyOf(untold.keySet())) {
            Integer by = untold.remove(bucket);
            if (by != null && by != 0) {
                tell(bucket, by);
            }
        }
    }

    private void tell(Bucket bucket, int by) {
        try {
            cluster.run(change.bind((long) by, bucket.what().name(), bucket.number()).setIdempotent(false));
        } catch (Store.Failure failure) {
            Throwable cause = failure.getCause();
            boolean mayHaveCome = cause instanceof WriteTimeoutException || cause instanceof DriverTimeoutException;
            if (!mayHaveCome) {
                untold.merge(bucket, by, Integer::sum);
            }
            throw failure;
        }
    }
}
