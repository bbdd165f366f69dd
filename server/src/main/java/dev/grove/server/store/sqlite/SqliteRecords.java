package dev.grove.server.store.sqlite;

import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Descriptions;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Devices;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.Wakes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The records as one connection sees them. */
record SqliteRecords(Sql sql) implements Store.Records {

    private static final int WIDTH = 1 + SqliteDevices.COLUMNS.split(",", -1).length;
    private static final int DEVICE = 1;
    private static final int SESSION = 2;
    private static final int JOB = 3;

    /** All in one statement: a call into SQLite costs more than what it looks up. */
    private static final String CONTACT = select(DEVICE, SqliteDevices.COLUMNS) + " from device where id = ?1"
            + " union all " + select(SESSION, SqliteSessions.STORED)
            + " from session where device = ?1 and ended_at is null"
            + " union all " + select(SESSION, SqliteSessions.STORED)
            + " from (select * from session where device = ?1 and session_id = ?2 order by num desc limit 1)"
            + " where ended_at is not null"
            + " union all " + select(JOB, SqliteJobs.COLUMNS)
            + " from (select * from job where " + SqliteJobs.LIVE.replaceFirst("\\?", "?1") + ")"
            + " union all " + select(0, "max(num)") + " from job where device = ?1";

    /** Rows of several tables have one width: what a table lacks is null. */
    private static String select(int kind, String columns) {
        int missing = WIDTH - 1 - columns.split(",", -1).length;
        return "select " + kind + ", " + columns + String.join("", Collections.nCopies(missing, ", null"));
    }

    @Override
    public Contact contact(Contact.Call call) {
        Found found = new Found();
        sql.list(CONTACT, row -> found.take(row), call.deviceId(), call.sessionId(), call.now(), call.maxJobs());
        found.sessions.sort((a, b) -> Long.compare(a.record().number(), b.record().number()));
        return new Contact(found.device,
                found.sessions.reversed().stream().filter(s -> s.record().sessionId().equals(call.sessionId()))
                        .findFirst(),
                found.sessions.stream().map(StoredSession::record).filter(SessionRecord::isLive).toList(), found.jobs,
                found.newestJob);
    }

    /** What the rows of {@link #CONTACT} tell. */
    private static final class Found {

        private Optional<Device> device = Optional.empty();
        private final List<StoredSession> sessions = new ArrayList<>();
        private final List<Job> jobs = new ArrayList<>();
        private long newestJob;

        boolean take(ResultSet row) throws SQLException {
            Columns columns = new Columns(row);
            switch ((int) columns.number()) {
                case DEVICE -> device = Optional.of(SqliteDevices.device(columns));
                case SESSION -> sessions.add(SqliteSessions.stored(columns));
                case JOB -> jobs.add(SqliteJobs.job(columns));
                default -> newestJob = columns.number();
            }
            return true;
        }
    }

    @Override
    public Devices devices() {
        return new SqliteDevices(sql);
    }

    @Override
    public Jobs jobs() {
        return new SqliteJobs(sql);
    }

    @Override
    public Sessions sessions() {
        return new SqliteSessions(sql);
    }

    @Override
    public Mirror mirror() {
        return new SqliteMirror(sql);
    }

    @Override
    public Alerts alerts() {
        return new SqliteAlerts(sql);
    }

    @Override
    public Descriptions descriptions() {
        return new SqliteDescriptions(sql);
    }

    @Override
    public Tickets tickets() {
        return new SqliteTickets(sql);
    }

    @Override
    public DeviceObjects objects() {
        return new SqliteObjects(sql);
    }

    @Override
    public Wakes wakes() {
        return new SqliteWakes(sql);
    }
}
