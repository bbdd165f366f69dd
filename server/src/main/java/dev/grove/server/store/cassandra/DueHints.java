package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.grove.server.store.page.FleetIndex.Hint;
import dev.grove.server.store.page.FleetIndex.Look;
import dev.grove.server.store.page.FleetIndex.Verdict;
import dev.grove.server.store.page.Kind;
import dev.grove.server.store.page.Note.Due;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What has a time that may pass, by that time: buckets of ten minutes, each in a few shards. A hint is written once,
 * not with every message that moves the time on: who comes to it looks what is so, and may write it anew for later.
 * Hints are never removed, they fade; how far each shard has been seen to is kept in the table {@code due_done}. A hint
 * is written a moment before what it speaks of, by a clock that may be seconds behind: so a shard is seen to only up to
 * a time that has settled. What is urgent is looked at before that as well.
 */
final class DueHints {

    private static final int SHARDS = 8;
    private static final long BUCKET_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int CHUNK = 200;
    /** How far a shard may be seen to before that is kept. */
    private static final long KEPT_EVERY_MILLIS = 10_000;
    /** A hint that nobody acts upon is put off, so that it does not hold up those behind it. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PUT_OFF = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(2);

    private final Cluster cluster;
    private final Clock clock;
    private final Duration settling;
    private final PreparedStatement put;
    private final PreparedStatement next;
    private final PreparedStatement done;
    private final PreparedStatement keep;
    private final PreparedStatement exists;
    private final Map<Due, Mark[]> marks = new EnumMap<>(Due.class);
    /** Urgent hints that were looked at before it was sure that all was written which they speak of. */
    private final Set<Mark> glanced = new HashSet<>();
    private int firstShard;

    /** How far a shard has been seen to. */
    private record Mark(long at, String device, String key) {}

    /**
     * A hint, and whether what it speaks of is there.
     *
     * @param answer absent if the hint is to be passed over
     */
    private record Known(Mark mark, Optional<CompletionStage<AsyncResultSet>> answer) {}

    /** Whether hints are looked at when their time has come, and once more when they have settled. */
    private static boolean isUrgent(Due due) {
        return due == Due.WAKE;
    }

    private static byte kindOf(Due due) {
        return (byte) switch (due) {
            case SESSION -> Kind.LIVE_SESSION.code();
            case JOB -> Kind.LIVE_JOB.code();
            case TICKET -> Kind.LIVE_TICKET.code();
            case WAKE -> Kind.OPEN_WAKE.code();
            case QUIET -> Kind.DEVICE.code();
        };
    }

    /** @param settling how long after its time a hint is sure to be there: writers may be late, and clocks differ */
    DueHints(Cluster cluster, String keyspace, Clock clock, Duration settling) {
        this.cluster = cluster;
        this.clock = clock;
        this.settling = settling;
        String due = keyspace + ".due";
        put = cluster.prepare("insert into " + due + " (kind, bucket, shard, at, device, key) values (?, ?, ?, ?, ?, ?)"
                + " using ttl ?");
        next = cluster.prepare("select at, device, key from " + due + " where kind = ? and bucket = ? and shard = ?"
                + " and (at, device, key) > (?, ?, ?) and (at) <= (?) limit " + CHUNK);
        done = cluster.prepare("select shard, at from " + keyspace + ".due_done where kind = ?");
        exists = cluster.prepare("select key from " + keyspace + ".page where device = ? and kind = ? and key = ?");
        keep = cluster.prepare("insert into " + keyspace + ".due_done (kind, shard, at) values (?, ?, ?)");
        for (Due kind : Due.values()) {
            marks.put(kind, begin(kind));
        }
    }

    /** In a store that is new nothing can be due from before. */
    private Mark[] begin(Due kind) {
        Mark[] known = new Mark[SHARDS];
        List<BoundStatement> missing = new ArrayList<>();
        long[] at = kept(kind);
        for (int shard = 0; shard < SHARDS; shard++) {
            if (at[shard] == 0) {
                at[shard] = clock.millis() - BUCKET_MILLIS;
                missing.add(keep.bind(kindOf(kind), (byte) shard, at[shard]));
            }
            known[shard] = new Mark(at[shard], "", "");
        }
        cluster.runAll(missing);
        return known;
    }

    private long[] kept(Due kind) {
        long[] at = new long[SHARDS];
        for (Row row : cluster.run(done.bind(kindOf(kind)).setIdempotent(true))) {
            at[row.getByte(0)] = row.getLong(1);
        }
        return at;
    }

    /** The statement that writes a hint; one whose time is over already is written as of now. */
    BoundStatement put(Hint hint) {
        long now = clock.millis();
        long at = Math.max(now, hint.at().toEpochMilli());
        long seconds = Math.min((at - now) / 1000 + KEPT.toSeconds(), 630_720_000);
        return put.bind(kindOf(hint.due()), at / BUCKET_MILLIS, shard(hint.deviceId()), at, hint.deviceId(),
                hint.key(), (int) seconds);
    }

    private static byte shard(String deviceId) {
        return (byte) Math.floorMod(deviceId.hashCode() * 31, SHARDS);
    }

    /** As {@link dev.grove.server.store.page.FleetIndex#due}; one thread at a time. */
    synchronized void due(Due kind, Instant now, int limit, Look look) {
        long[] kept = kept(kind);
        Mark[] known = marks.getOrDefault(kind, new Mark[SHARDS]);
        int found = 0;
        firstShard = (firstShard + 1) % SHARDS;
        for (int i = 0; i < SHARDS && found < limit; i++) {
            int shard = (firstShard + i) % SHARDS;
            if (kept[shard] > known[shard].at()) {
                known[shard] = new Mark(kept[shard], "", "");
            }
            Walk walk = new Walk(kind, (byte) shard, now, look);
            known[shard] = walk.from(known[shard], limit - found);
            found += walk.found;
            if (known[shard].at() - kept[shard] >= KEPT_EVERY_MILLIS) {
                cluster.run(keep.bind(kindOf(kind), (byte) shard, known[shard].at()).setIdempotent(true));
            }
        }
    }

    /** One shard, from where it was left. */
    private final class Walk {
        private final Due kind;
        private final byte shard;
        private final long until;
        private final long settled;
        private final Look look;
        private int found;
        private boolean isHeld;

        Walk(Due kind, byte shard, Instant now, Look look) {
            this.kind = kind;
            this.shard = shard;
            this.settled = now.minus(settling).toEpochMilli();
            this.until = isUrgent(kind) ? now.toEpochMilli() : settled;
            this.look = look;
        }

        /** @return how far it has been seen to: up to the first hint that somebody is still to act upon */
        Mark from(Mark start, int limit) {
            glanced.removeIf(hint -> hint.at() <= settled);
            Mark seen = start;
            Mark at = start;
            while (at.at() / BUCKET_MILLIS <= until / BUCKET_MILLIS && found < limit) {
                List<Row> rows = cluster.run(next.bind(kindOf(kind), at.at() / BUCKET_MILLIS, shard, at.at(),
                        at.device(), at.key(), until).setIdempotent(true)).all();
                for (Known hint : known(rows)) {
                    if (found >= limit) {
                        return seen;
                    }
                    at = hint.mark();
                    boolean isLeft = isThere(hint) && isLeft(at);
                    if (!isLeft && at.at() > settled) {
                        glanced.add(at);
                    }
                    isHeld |= isLeft || at.at() > settled;
                    seen = isHeld ? seen : at;
                }
                if (rows.size() < CHUNK) {
                    long behind = (at.at() / BUCKET_MILLIS + 1) * BUCKET_MILLIS;
                    if (behind > until) {
                        return seen;
                    }
                    at = new Mark(behind, "", "");
                    isHeld |= behind > settled;
                    seen = isHeld ? seen : at;
                }
            }
            return seen;
        }

        /** Most sessions, jobs and tickets are over before their time is: those are asked for at once, and no more. */
        private List<Known> known(List<Row> rows) {
            return rows.stream().map(row -> {
                Mark mark = new Mark(row.getLong(0), String.valueOf(row.getString(1)),
                        String.valueOf(row.getString(2)));
                return new Known(mark, glanced.contains(mark)
                        ? Optional.empty()
                        : Optional.of(cluster.ask(exists.bind(mark.device(), kindOf(kind), mark.key()))));
            }).toList();
        }

        private boolean isThere(Known hint) {
            return hint.answer()
                    .filter(answer -> Cluster.guarded(() -> answer.toCompletableFuture().join()).one() != null)
                    .isPresent();
        }

        /** Looks at a hint; whether it is left where it is, for somebody is going to see to it. */
        private boolean isLeft(Mark at) {
            Hint hint = new Hint(kind, Instant.ofEpochMilli(at.at()), at.device(), at.key());
            return switch (look.at(hint)) {
                case Verdict.Settled() -> false;
                case Verdict.Later(Instant later) -> {
                    again(hint, later);
                    yield false;
                }
                case Verdict.Passed() -> {
                    found++;
                    boolean isPutOff = settled - at.at() > PATIENCE.toMillis();
                    if (isPutOff) {
                        again(hint, Instant.ofEpochMilli(settled).plus(settling).plus(PUT_OFF));
                    }
                    yield !isPutOff;
                }
            };
        }

        private void again(Hint hint, Instant later) {
            cluster.run(put(new Hint(kind, later, hint.deviceId(), hint.key())).setIdempotent(true));
        }
    }
}
