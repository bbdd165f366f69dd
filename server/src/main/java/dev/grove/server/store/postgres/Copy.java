package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Weight;
import dev.grove.server.store.layer.Change;
import dev.grove.server.store.layer.Known;
import dev.grove.server.store.layer.Layer;
import dev.grove.server.store.postgres.Heads.Head;
import dev.grove.server.store.postgres.Sql.Answers;
import dev.grove.server.store.postgres.Sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a node knows of a device that has made contact, at one epoch of the device. A unit of work that ran over a copy
 * can be committed only while the device is still at that epoch: then nobody has changed it since, and what else the
 * unit has read in the tables is of the same moment.
 *
 * @param call who made contact
 * @param base what the tables held when they were read
 * @param since what this node alone has changed afterwards, the newest first; all of it is in the tables too
 * @param now what a message finds: {@code base} with all that has changed since
 * @param head the epoch, and the highest number that was given
 */
record Copy(Contact.Call call, Known base, List<Layer> since, Contact now, Head head) {

    private static final int MAX_LAYERS = 16;
    private static final int MAX_NODE_BYTES = 4096;

    private static final String DEVICE = """
            select d.*, h.epoch, h.newest, (select max(num) from job j where j.device = d.device) as newest_job
            from device d left join head h on h.device = d.device where d.device = ?""";

    Copy {
        since = List.copyOf(since);
    }

    /**
     * Reads the tables, in one round trip; in a second one, if the jobs want it, some nodes. The epoch is read first:
     * if something changes meanwhile, the copy is of no use, and does no harm.
     */
    static Copy read(Sql sql, Contact.Call call) {
        List<Statement> questions = List.of(Statement.of(DEVICE, call.deviceId()),
                Statement.of(PgSessions.MET, call.deviceId(), call.deviceId(), call.sessionId()),
                Statement.of(PgJobs.LIVE, call.deviceId(), call.now(), call.maxJobs()));
        try (Answers answers = sql.ask(questions)) {
            Optional<Row> device = answers.next(row -> new Row(PgDevices.device(row),
                    new Head(row.getLong("epoch"), row.getLong("newest")), row.getLong("newest_job"))).stream()
                    .findFirst();
            List<StoredSession> sessions = answers.next(PgSessions::stored);
            Contact contact = new Contact(device.map(Row::device), latest(sessions, call.sessionId()),
                    sessions.stream().map(StoredSession::record).filter(session -> session.isLive()).toList(),
                    answers.next(PgJobs::job), device.map(Row::newestJob).orElse(0L));
            Known base = Known.of(contact, uris -> PgMirror.findAll(sql, call.deviceId(), uris));
            return new Copy(call, base, List.of(), contact, device.map(Row::head).orElse(Head.NONE));
        }
    }

    private record Row(Device device, Head head, long newestJob) {}

    private static Optional<StoredSession> latest(List<StoredSession> sessions, String sessionId) {
        return sessions.reversed().stream().filter(session -> session.record().sessionId().equals(sessionId))
                .findFirst();
    }

    /** Whether it tells what a message asks for. */
    boolean answers(Contact.Call asked) {
        return asked.sessionId().equals(call.sessionId()) && asked.maxJobs() == call.maxJobs();
    }

    /** Whether the session goes on: then it is likely that its device is heard here again. */
    boolean isLive() {
        return now.session().filter(session -> session.record().isLive()).isPresent();
    }

    /** Whether it is short enough to be kept, and tells all that a turn needs. */
    boolean isWorthIt() {
        return isWorthIt(base.contact()) && isWorthIt(now) && since.size() < MAX_LAYERS;
    }

    private boolean isWorthIt(Contact contact) {
        return contact.device().isPresent() && contact.jobs().size() < call.maxJobs()
                && contact.session().filter(session -> !Weight.isLight(session)).isEmpty()
                && Weight.isLight(contact.jobs());
    }

    /**
     * The copy after a unit of work that ran over it was committed; empty if that has changed what is hard to keep.
     *
     * @param changed by the unit
     * @param then what a message finds now
     * @param given the highest number that the unit gave; 0 if none
     */
    Optional<Copy> after(Layer changed, Contact then, long given) {
        List<Layer> layers = new ArrayList<>();
        Layer kept = new Layer();
        for (Change change : changed.changes()) {
            switch (change) {
                case Change.JobAdded _,Change.NodeRemoved _ -> {
                    return Optional.empty();
                }
                case Change.NodesPut(String _, List<MirrorNode> nodes) when bytes(nodes) > MAX_NODE_BYTES -> {
                    return Optional.empty();
                }
                case Change.Traced _,Change.ResultsPut _,Change.AlertAdded _ -> {
                    // read from the tables by who asks for it
                }
                case Change.DevicePut _,Change.SessionPut _,Change.JobPut _,Change.NodesPut _ -> kept.apply(change);
                case Change.TicketPut _,Change.ObjectsTold _,Change.ValidatorPut _ -> kept.apply(change);
                case Change.ReachPut _,Change.WakePut _ -> kept.apply(change);
            }
        }
        layers.add(kept);
        layers.addAll(since);
        return Optional.of(new Copy(call, base, layers, then,
                new Head(head.epoch() + 1, Math.max(head.newest(), given))));
    }

    private static int bytes(Collection<MirrorNode> nodes) {
        int bytes = 0;
        for (MirrorNode node : nodes) {
            bytes += node.uri().toString().length() + (node.value() == null ? 0 : node.value().data().length());
        }
        return bytes;
    }
}
