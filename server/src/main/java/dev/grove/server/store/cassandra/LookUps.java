package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.grove.server.store.page.FleetIndex;
import dev.grove.server.store.page.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;

/**
 * The tables that find a device without its id. They are written before the page that they speak of, so that they leave
 * nothing out, and cleared after it; what they name is looked up before it is believed.
 */
final class LookUps implements FleetIndex {

    /** Parts of the list of devices: each is a partition, and a hundred million ids make 1.6 million in each. */
    private static final int BUCKETS = 64;

    private final Cluster cluster;
    private final DueHints hints;
    private final LiveSessions live = new LiveSessions();
    private final int ticketSeconds;
    private final PreparedStatement byPsk;
    private final PreparedStatement putPsk;
    private final PreparedStatement removePsk;
    private final PreparedStatement byTicket;
    private final PreparedStatement putTicket;
    private final PreparedStatement ids;
    private final PreparedStatement putId;
    private final PreparedStatement removeId;

    /** @param ticketsKept how long a closed ticket is still told apart from one that never was */
    LookUps(Cluster cluster, String keyspace, DueHints hints, Duration ticketsKept) {
        this.cluster = cluster;
        this.hints = hints;
        this.ticketSeconds = Math.toIntExact(ticketsKept.toSeconds());
        byPsk = cluster.prepare("select device from " + keyspace + ".psk where identity = ?");
        putPsk = cluster.prepare("insert into " + keyspace + ".psk (identity, device) values (?, ?)");
        removePsk = cluster.prepare("delete from " + keyspace + ".psk using timestamp ? where identity = ?");
        byTicket = cluster.prepare("select device from " + keyspace + ".ticket where id = ?");
        putTicket = cluster.prepare("insert into " + keyspace + ".ticket (id, device) values (?, ?) using ttl ?");
        ids = cluster.prepare("select id from " + keyspace + ".device_id where bucket = ? and id > ? limit ?");
        putId = cluster.prepare("insert into " + keyspace + ".device_id (bucket, id) values (?, ?)");
        removeId = cluster.prepare("delete from " + keyspace
                + ".device_id using timestamp ? where bucket = ? and id = ?");
    }

    @Override
    public Optional<String> deviceOfPsk(String identity) {
        return first(byPsk.bind(identity));
    }

    @Override
    public Optional<String> deviceOfTicket(String id) {
        return first(byTicket.bind(id));
    }

    private Optional<String> first(BoundStatement statement) {
        return Optional.ofNullable(cluster.run(statement.setIdempotent(true)).one()).map(row -> row.getString(0));
    }

    /** A part of the list of devices, read a little at a time. */
    private final class Bucket {
        private final short number;
        private final int chunk;
        private final Deque<String> read = new ArrayDeque<>();
        private String last;
        private boolean isOver;
        private CompletionStage<AsyncResultSet> answer;

        Bucket(int number, String after, int chunk) {
            this.number = (short) number;
            this.chunk = chunk;
            this.last = after;
            this.answer = ask();
        }

        private CompletionStage<AsyncResultSet> ask() {
            return cluster.ask(ids.bind(number, last, chunk));
        }

        /** Whether there is a next one. */
        boolean isFilled() {
            if (read.isEmpty() && !isOver) {
                for (Row row : Cluster.guarded(() -> answer.toCompletableFuture().join()).currentPage()) {
                    read.add(String.valueOf(row.getString(0)));
                }
                isOver = read.size() < chunk;
                if (!isOver) {
                    last = read.getLast();
                    answer = ask();
                }
            }
            return !read.isEmpty();
        }

        String first() {
            return read.getFirst();
        }
    }

    /** All parts are asked at once, and merged. */
    @Override
    public List<String> deviceIds(String after, int limit) {
        int chunk = Math.min(1000, 4 + 2 * limit / BUCKETS);
        List<Bucket> all = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            all.add(new Bucket(i, after, chunk));
        }
        PriorityQueue<Bucket> waiting = new PriorityQueue<>(Comparator.comparing(Bucket::first));
        all.stream().filter(Bucket::isFilled).forEach(waiting::add);
        List<String> found = new ArrayList<>();
        while (found.size() < limit && !waiting.isEmpty()) {
            Bucket next = waiting.remove();
            found.add(next.read.removeFirst());
            if (next.isFilled()) {
                waiting.add(next);
            }
        }
        return found;
    }

    private static short bucket(String deviceId) {
        return (short) Math.floorMod(deviceId.hashCode(), BUCKETS);
    }

    @Override
    public void due(Note.Due due, Instant now, int limit, Look look) {
        hints.due(due, now, limit, look);
    }

    @Override
    public int countLiveSessions() {
        return live.count();
    }

    /** What is to be written before the page. */
    void prepare(String deviceId, List<Note> notes) {
        List<BoundStatement> statements = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Note.Before before) {
                statements.add(switch (before) {
                    case Note.DeviceAdded() -> putId.bind(bucket(deviceId), deviceId);
                    case Note.PskGiven(String identity) -> putPsk.bind(identity, deviceId);
                    case Note.TicketGiven(String id) -> putTicket.bind(id, deviceId, 0);
                    case Note.DueAt(Note.Due due, String key, Instant at) ->
                        hints.put(new Hint(due, at, deviceId, key));
                });
            }
        }
        cluster.runAll(statements);
    }

    /**
     * What is to be written after the page.
     *
     * @param micros a moment before the page was written: what was put since then is not removed
     */
    void settle(String deviceId, List<Note> notes, long micros) {
        List<BoundStatement> statements = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Note.After after) {
                switch (after) {
                    case Note.DeviceRemoved() -> statements.add(removeId.bind(micros, bucket(deviceId), deviceId));
                    case Note.PskTaken(String identity) -> statements.add(removePsk.bind(micros, identity));
                    case Note.TicketClosed(String id) -> statements.add(putTicket.bind(id, deviceId, ticketSeconds));
                    case Note.SessionLives(long number, Instant expiresAt) -> live.lives(deviceId, number, expiresAt);
                    case Note.SessionOver(long number) -> live.over(deviceId, number);
                }
            }
        }
        cluster.runAll(statements);
    }
}
