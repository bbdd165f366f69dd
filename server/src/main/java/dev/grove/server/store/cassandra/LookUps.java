package dev.grove.server.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.grove.server.store.page.FleetIndex;
import dev.grove.server.store.page.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables that find a device without its id. They are written before the page that they speak of, so that they leave
 * nothing out, and cleared after it; what they name is looked up before it is believed.
 */
final class LookUps implements FleetIndex {

    private final Cluster cluster;
    private final DueHints hints;
    private final Tallies tallies;
    private final Waiting waiting;
    private final DeviceIds all;
    private final DeviceIds silent;
    private final int ticketSeconds;
    private final PreparedStatement byPsk;
    private final PreparedStatement putPsk;
    private final PreparedStatement removePsk;
    private final PreparedStatement byTicket;
    private final PreparedStatement putTicket;

    LookUps(Cluster cluster, String keyspace, CassandraStore.World world) {
        this.cluster = cluster;
        this.hints = new DueHints(cluster, keyspace, world.clock(), world.settling());
        // So long a closed ticket is still told apart from one that never was.
        this.ticketSeconds = Math.toIntExact(world.retention().tickets().toSeconds());
        byPsk = cluster.prepare("select device from " + keyspace + ".psk where identity = ?");
        putPsk = cluster.prepare("insert into " + keyspace + ".psk (identity, device) values (?, ?)");
        removePsk = cluster.prepare("delete from " + keyspace + ".psk using timestamp ? where identity = ?");
        byTicket = cluster.prepare("select device from " + keyspace + ".ticket where id = ?");
        putTicket = cluster.prepare("insert into " + keyspace + ".ticket (id, device) values (?, ?) using ttl ?");
        all = new DeviceIds(cluster, keyspace + ".device_id");
        silent = new DeviceIds(cluster, keyspace + ".silent");
        tallies = new Tallies(cluster, keyspace, world.clock());
        waiting = new Waiting(cluster, keyspace, world);
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

    @Override
    public List<String> deviceIds(String after, int limit) {
        return all.list(after, limit);
    }

    @Override
    public List<String> silentIds(String after, int limit) {
        return silent.list(after, limit);
    }

    @Override
    public int countSilent() {
        return silent.count();
    }

    @Override
    public void due(Note.Due due, Instant now, int limit, Look look) {
        hints.due(due, now, limit, look);
    }

    @Override
    public int count(Note.Tally what) {
        return tallies.count(what);
    }

    @Override
    public Optional<Instant> oldestWaiting() {
        return waiting.oldest();
    }

    /** Brings to the cluster what was only counted so far. */
    void flush() {
        tallies.flush();
    }

    /** What is to be written before the page. */
    void prepare(String deviceId, List<Note> notes) {
        List<BoundStatement> statements = new ArrayList<>();
        for (Note note : notes) {
            if (note instanceof Note.Before before) {
                statements.add(switch (before) {
                    case Note.DeviceAdded() -> all.put(deviceId);
                    case Note.PskGiven(String identity) -> putPsk.bind(identity, deviceId);
                    case Note.TicketGiven(String id) -> putTicket.bind(id, deviceId, 0);
                    case Note.DueAt(Note.Due due, String key, Instant at) ->
                        hints.put(new Hint(due, at, deviceId, key));
                    case Note.JobWaits(String key, Instant since) -> waiting.put(deviceId, key, since);
                    case Note.FellSilent() -> silent.put(deviceId);
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
                    case Note.DeviceRemoved() -> statements.add(all.remove(deviceId, micros));
                    case Note.PskTaken(String identity) -> statements.add(removePsk.bind(micros, identity));
                    case Note.TicketClosed(String id) -> statements.add(putTicket.bind(id, deviceId, ticketSeconds));
                    case Note.SilentNoMore() -> statements.add(silent.remove(deviceId, micros));
                    case Note.Counted(Note.Tally what, Instant since, int by) -> tallies.add(what, since, by);
                }
            }
        }
        cluster.runAll(statements);
    }
}
