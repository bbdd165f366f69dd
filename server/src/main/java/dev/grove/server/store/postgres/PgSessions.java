package dev.grove.server.store.postgres;

import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.SessionRecord.Tracing;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.store.form.TraceCodec;
import dev.grove.server.store.postgres.Sql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions. The engine's state is a column that is null once nobody needs it; what people read stands in columns. */
record PgSessions(Sql sql, Heads heads) implements Sessions {

    private static final String LATEST = "select * from session where device = ? and session_id = ?"
            + " order by num desc limit 1";
    private static final String LIVE = "select * from session where device = ? and phase = 0 order by num";

    /** The living sessions of a device, and the newest under a session id; by their numbers. */
    static final String MET = """
            select * from session where device = ? and phase = 0
            union all
            select * from (select * from session where device = ? and session_id = ? order by num desc limit 1) latest
            where phase > 0
            order by num""";

    private static final int LIVING = 0;
    private static final int WITH_STATE = 1;
    private static final int FORGOTTEN = 2;

    @Override
    public Optional<StoredSession> latest(String deviceId, String sessionId) {
        return sql.first(LATEST, PgSessions::stored, deviceId, sessionId);
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        return latest(deviceId, sessionId).map(session -> session.record().number()).orElse(0L);
    }

    @Override
    public StoredSession open(StoredSession session) {
        StoredSession opened = new StoredSession(
                session.record().withNumber(heads.nextSession(session.record().deviceId())), session.state());
        sql.update(insert(opened));
        return opened;
    }

    static Statement insert(StoredSession session) {
        SessionRecord r = session.record();
        End end = r.end();
        return Statement.of("""
                insert into session (device, num, session_id, version, started_at, last_at, expires_at, ended_at,
                  reason, remark, profile, authenticated, messages, operations, phase, due_at, tracing,
                  state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", r.deviceId(), r.number(),
                r.sessionId(), r.version(), r.startedAt(), r.lastAt(), r.expiresAt(), end == null ? null : end.at(),
                end == null ? null : end.reason(), end == null ? null : end.remark(), r.tally().profile(),
                r.tally().isAuthenticated(), r.tally().messages(), r.tally().operations(), phase(session),
                r.expiresAt(), r.tracing().code(), session.state());
    }

    /** A living session is looked at again by the sweeps when the time has passed that they know of. */
    static Statement update(StoredSession session) {
        SessionRecord r = session.record();
        End end = r.end();
        return Statement.of("""
                update session set version = ?, last_at = ?, expires_at = ?, ended_at = ?, reason = ?, remark = ?,
                  profile = ?, authenticated = ?, messages = ?, operations = ?, phase = ?,
                  tracing = ?, state = ?, due_at = case when ? or due_at <= ? then ? else due_at end
                where device = ? and num = ?""", r.version(), r.lastAt(), r.expiresAt(),
                end == null ? null : end.at(), end == null ? null : end.reason(), end == null ? null : end.remark(),
                r.tally().profile(), r.tally().isAuthenticated(), r.tally().messages(), r.tally().operations(),
                phase(session), r.tracing().code(), session.state(), end != null, r.lastAt(), r.expiresAt(),
                r.deviceId(), r.number());
    }

    private static int phase(StoredSession session) {
        if (session.record().isLive()) {
            return LIVING;
        }
        return session.state().isEmpty() ? FORGOTTEN : WITH_STATE;
    }

    @Override
    public boolean replace(StoredSession next, long expectedVersion) {
        SessionRecord r = next.record();
        heads.touch(r.deviceId());
        boolean isAsExpected = find(r.deviceId(), r.number()).filter(s -> s.version() == expectedVersion).isPresent();
        return isAsExpected && sql.update(update(next)) > 0;
    }

    @Override
    public void end(SessionRecord ended) {
        heads.touch(ended.deviceId());
        sql.first("select * from session where device = ? and num = ?", PgSessions::stored, ended.deviceId(),
                ended.number()).ifPresent(known -> sql.update(update(new StoredSession(ended, known.state()))));
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        return sql.list(LIVE, PgSessions::record, deviceId);
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        return sql.list("select * from session where phase = 0 and due_at <= ? and expires_at <= ?"
                + " order by due_at limit ?", PgSessions::stored, now, now, limit);
    }

    @Override
    public int countLive() {
        return sql.count("select count(*) from session where phase = 0");
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        return sql.first("select * from session where device = ? and num = ?", PgSessions::record, deviceId, number);
    }

    @Override
    public List<SessionRecord> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from session where device = ? and num < ? order by num desc limit ?",
                        PgSessions::record, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(),
                        slice.limit())
                : sql.list("select * from session where device = ? and num > ? order by num limit ?",
                        PgSessions::record, deviceId, slice.after(), slice.limit());
    }

    @Override
    public void trace(String deviceId, long session, List<TraceEntry> entries) {
        if (!entries.isEmpty()) {
            heads.touch(deviceId);
            sql.update("""
                    insert into trace (device, session, turn, entries) select ?, ?, 1 + coalesce(max(turn), 0), ?
                    from trace where device = ? and session = ?""", deviceId, session, TraceCodec.encode(entries),
                    deviceId, session);
        }
    }

    static Statement trace(String deviceId, long session, long turn, List<TraceEntry> entries) {
        return Statement.of("""
                insert into trace (device, session, turn, entries) values (?, ?, ?, ?)
                on conflict (device, session, turn) do update set entries = excluded.entries""", deviceId, session,
                turn, TraceCodec.encode(entries));
    }

    @Override
    public List<TraceEntry> trace(String deviceId, long session) {
        return sql.list("select entries from trace where device = ? and session = ? order by turn",
                row -> TraceCodec.decode(Sql.bytes(row, "entries")), deviceId, session).stream()
                .flatMap(List::stream).toList();
    }

    @Override
    public int forgetStates(Instant now, int limit) {
        return sql.update("""
                update session set state = null, phase = 2 where (device, num) in (select device, num from session
                  where phase = 1 and due_at < ? and expires_at < ? order by due_at limit ?)""", now, now, limit);
    }

    @Override
    public int pruneTraces(Instant end, int limit) {
        return sql.first("""
                with old as (select device, num from session where phase > 0 and tracing <> 0 and ended_at < ?
                    order by ended_at limit ?),
                  gone as (delete from trace t using old where t.device = old.device and t.session = old.num),
                  noted as (update session s set tracing = 0 from old
                    where s.device = old.device and s.num = old.num)
                select count(*) from old""", row -> row.getInt(1), end, limit).orElse(0);
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.first("""
                with old as (select device, num from session where phase > 0 and ended_at < ?
                    order by ended_at limit ?),
                  gone as (delete from trace t using old where t.device = old.device and t.session = old.num),
                  last as (delete from session s using old where s.device = old.device and s.num = old.num)
                select count(*) from old""", row -> row.getInt(1), end, limit).orElse(0);
    }

    static StoredSession stored(ResultSet row) throws SQLException {
        return new StoredSession(record(row), Sql.bytes(row, "state"));
    }

    static SessionRecord record(ResultSet row) throws SQLException {
        Tally tally = new Tally(row.getString("profile"), row.getBoolean("authenticated"), row.getInt("messages"),
                row.getInt("operations"));
        return new SessionRecord(row.getLong("num"), row.getString("device"), row.getString("session_id"),
                row.getLong("version"), time(row, "started_at"), time(row, "last_at"), time(row, "expires_at"),
                end(row), tally, Tracing.of(row.getInt("tracing")));
    }

    private static @Nullable End end(ResultSet row) throws SQLException {
        Instant at = Sql.time(row, "ended_at");
        return at == null ? null : new End(at, Reason.valueOf(row.getString("reason")), row.getString("remark"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.time(row, column));
    }
}
