package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.TraceCodec;
import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Wake;
import dev.grove.server.store.layer.Change;
import dev.grove.server.fleet.StoredSession;
import dev.grove.tree.NodeUri;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A change as the tables take it: which statement, and what it is given. */
final class Row {

    private final Kind kind;
    private final @Nullable Object[] values;

    Row(Kind kind, @Nullable Object[] values) {
        this.kind = kind;
        this.values = values;
    }

    Kind kind() {
        return kind;
    }

    /** What the statement is given, in its order; not copied. */
    @Nullable
    Object[] values() {
        return values;
    }

    /** The statements, in the order in which those of one moment are run. */
    enum Kind {
        DEVICE(1, "device (" + SqliteDevices.COLUMNS + ")", 15, 1), SESSION(2, SqliteSessions.INTO, 0, 1), TRACE(3,
                "trace (num, entries)", 0,
                1), JOB(4, SqliteJobs.INTO, 0, 1), JOB_CHANGED(5, SqliteJobs.UPDATE, 6, 1), RESULT(6,
                        SqliteJobs.INTO_RESULT, 0,
                        2), NODE_REMOVED(7, "", 0, 2), LEARNED(16, SqliteMirror.INTO_LEARNED, 0, 1), ALERT(9,
                                SqliteAlerts.INTO, 0, 1), TICKET(10, SqliteTickets.INTO, 0,
                                        1), OBJECTS_FORGOTTEN(11, "", 0, 1), OBJECT(12, SqliteObjects.INTO, 0,
                                                2), VALIDATOR(13, SqliteObjects.INTO_VALIDATOR, 0, 3), REACH(14,
                                                        SqliteWakes.INTO_REACH, 0, 1), WAKE(15, SqliteWakes.INTO, 0, 1);

        private final int code;
        private final String sql;
        private final int keyFrom;
        private final int keyLength;

        /** @param code its number in the journal: never another one, never given twice */
        Kind(int code, String sql, int keyFrom, int keyLength) {
            this.code = code;
            this.sql = sql;
            this.keyFrom = keyFrom;
            this.keyLength = keyLength;
        }

        int code() {
            return code;
        }

        /** How many columns its rows have; those of an older program may have fewer. */
        int columns() {
            return sql.endsWith(")") ? sql.split(",", -1).length : 0;
        }

        static Optional<Kind> of(int code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    /** What makes two rows of a kind the same record. */
    Object key() {
        Object first = Objects.requireNonNull(values[kind.keyFrom]);
        return kind.keyLength == 1 ? first
                : List.of(Arrays.copyOfRange(values, kind.keyFrom, kind.keyFrom + kind.keyLength));
    }

    /** The rows of changes, in order. */
    static void each(List<Change> changes, Consumer<Row> taken) {
        for (Change change : changes) {
            switch (change) {
                case Change.DevicePut(Device device) ->
                    taken.accept(new Row(Kind.DEVICE, SqliteDevices.row(device)));
                case Change.SessionPut(StoredSession session, boolean _) ->
                    taken.accept(new Row(Kind.SESSION, SqliteSessions.row(session)));
                case Change.Traced(String _, long session, long turn, List<TraceEntry> entries) ->
                    taken.accept(new Row(Kind.TRACE, new @Nullable Object[] {
                            SqliteSessions.firstTrace(session) + turn, TraceCodec.encode(entries)}));
                case Change.JobAdded(Job job) -> taken.accept(new Row(Kind.JOB, SqliteJobs.row(job)));
                case Change.JobPut(Job job) -> taken.accept(new Row(Kind.JOB_CHANGED, SqliteJobs.update(job)));
                case Change.ResultsPut(String _, long job, List<Job.Result> results) ->
                    taken.accept(new Row(Kind.RESULT, SqliteJobs.row(job, results)));
                case Change.NodesPut(String device, List<MirrorNode> nodes) ->
                    taken.accept(new Row(Kind.LEARNED, SqliteMirror.row(device, nodes)));
                case Change.NodeRemoved(String device, NodeUri uri) ->
                    taken.accept(new Row(Kind.NODE_REMOVED, new @Nullable Object[] {device, uri.toString()}));
                case Change.TicketPut(Tickets.Held held) -> taken.accept(new Row(Kind.TICKET, SqliteTickets.row(held)));
                case Change.ObjectsTold(String device, List<KnownObject> objects) -> {
                    taken.accept(new Row(Kind.OBJECTS_FORGOTTEN, new @Nullable Object[] {device}));
                    objects.forEach(object -> taken.accept(new Row(Kind.OBJECT, SqliteObjects.row(device, object))));
                }
                case Change.ValidatorPut(String device, DeviceObjects.Validator validator) ->
                    taken.accept(new Row(Kind.VALIDATOR, SqliteObjects.row(device, validator)));
                case Change.ReachPut(String device, Reach reach) ->
                    taken.accept(new Row(Kind.REACH, SqliteWakes.row(device, reach)));
                case Change.WakePut(Wake wake) -> taken.accept(new Row(Kind.WAKE, SqliteWakes.row(wake)));
                case Change.AlertAdded(var alert) -> taken.accept(new Row(Kind.ALERT, SqliteAlerts.row(alert)));
            }
        }
    }

    /** Runs rows of one kind. */
    static void run(Sql sql, Kind kind, List<@Nullable Object[]> rows) {
        switch (kind) {
            case JOB_CHANGED -> SqliteJobs.updateAll(sql, rows);
            case NODE_REMOVED -> rows.forEach(row -> new SqliteMirror(sql).remove((String) row[0],
                    NodeUri.parse((String) row[1])));
            case OBJECTS_FORGOTTEN -> rows.forEach(row -> new SqliteObjects(sql).forget((String) row[0]));
            case LEARNED -> SqliteMirror.append(sql, rows);
            case DEVICE, SESSION, TRACE, JOB, RESULT, ALERT, TICKET, OBJECT, VALIDATOR, REACH, WAKE ->
                sql.replaceAll(kind.sql, rows);
        }
    }
}
