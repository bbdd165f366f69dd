package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.TraceCodec;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.SessionRecord.Tracing;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions. The engine's state is a blob that is null once nobody needs it; what people read stands in columns. */
record SqliteSessions(Sql sql) implements Sessions {

    private static final String RECORD = "num, device, session_id, version, started_at, last_at, expires_at, ended_at,"
            + " reason, remark, profile, authenticated, messages, operations, traced";

    /** The columns of {@link #stored}. */
    static final String STORED = RECORD + ", state";

    /** Sessions that may be alive among the oldest without holding up that those behind them are forgotten. */
    private static final int LONG_LIVED = 500;

    /** A session has at most so many messages, as a power of two; it takes a year of them to get there. */
    private static final int TRACE_BITS = 24;

    @Override
    public Optional<StoredSession> latest(String deviceId, String sessionId) {
        return sql.first(
                "select " + STORED + " from session where device = ? and session_id = ? order by num desc limit 1",
                SqliteSessions::stored, deviceId, sessionId);
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        return sql.first("select max(num) from session where device = ? and session_id = ?", row -> row.getLong(1),
                deviceId, sessionId).orElse(0L);
    }

    @Override
    public StoredSession open(StoredSession session) {
        long number = sql.insert("insert into " + INTO
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row(session));
        return new StoredSession(session.record().withNumber(number), session.state());
    }

    /** The columns of {@link #row}, in its order. */
    static final String INTO = "session (num, device, session_id, version, started_at, last_at, expires_at, ended_at,"
            + " reason, remark, profile, authenticated, messages, operations, state, traced)";

    /** A session without number gets one from the table. How it is traced stands there as 0, 1 or 2. */
    static @Nullable Object[] row(StoredSession session) {
        SessionRecord r = session.record();
        End end = r.end();
        return new @Nullable Object[] {r.number() == 0 ? null : r.number(), r.deviceId(), r.sessionId(), r.version(),
                r.startedAt(), r.lastAt(), r.expiresAt(), end == null ? null : end.at(),
                end == null ? null : end.reason(), end == null ? null : end.remark(), r.tally().profile(),
                r.tally().isAuthenticated(), r.tally().messages(), r.tally().operations(), session.state(),
                r.tracing().code()};
    }

    @Override
    public boolean replace(StoredSession next, long expectedVersion) {
        SessionRecord r = next.record();
        End end = r.end();
        return sql.update("""
                update session set version = ?, last_at = ?, expires_at = ?, ended_at = ?, reason = ?, remark = ?,
                  profile = ?, authenticated = ?, messages = ?, operations = ?, state = ?, traced = ?
                where num = ? and version = ?""", r.version(), r.lastAt(), r.expiresAt(),
                end == null ? null : end.at(), end == null ? null : end.reason(), end == null ? null : end.remark(),
                r.tally().profile(), r.tally().isAuthenticated(), r.tally().messages(), r.tally().operations(),
                next.state(), r.tracing().code(), r.number(), expectedVersion) > 0;
    }

    @Override
    public void end(SessionRecord ended) {
        End end = Objects.requireNonNull(ended.end());
        sql.update("update session set version = ?, ended_at = ?, reason = ?, remark = ? where num = ?",
                ended.version(), end.at(), end.reason(), end.remark(), ended.number());
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        return sql.list("select " + RECORD + " from session where device = ? and ended_at is null order by num",
                SqliteSessions::record, deviceId);
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        return sql.list("select " + STORED + " from session where ended_at is null and expires_at <= ? limit ?",
                SqliteSessions::stored, now, limit);
    }

    @Override
    public int countLive() {
        return sql.count("select count(*) from session where ended_at is null");
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        return sql.first("select " + RECORD + " from session where num = ? and device = ?", SqliteSessions::record,
                number, deviceId);
    }

    @Override
    public List<SessionRecord> list(String deviceId, Slice slice) {
        String ofDevice = "select " + RECORD + " from session indexed by session_of_device where device = ?";
        return slice.newestFirst()
                ? sql.list(ofDevice + " and num < ? order by num desc limit ?", SqliteSessions::record, deviceId,
                        slice.after() == 0 ? Long.MAX_VALUE : slice.after(), slice.limit())
                : sql.list(ofDevice + " and num > ? order by num limit ?", SqliteSessions::record, deviceId,
                        slice.after(), slice.limit());
    }

    @Override
    public void trace(String deviceId, long session, List<TraceEntry> entries) {
        if (!entries.isEmpty()) {
            sql.update("""
                    insert into trace (num, entries) values (1 + coalesce(
                      (select max(num) from trace where num between ? and ?), ?), ?)""", firstTrace(session),
                    firstTrace(session + 1) - 1, firstTrace(session) - 1, TraceCodec.encode(entries));
        }
    }

    @Override
    public List<TraceEntry> trace(String deviceId, long session) {
        return sql.list("select entries from trace where num between ? and ? order by num",
                row -> TraceCodec.decode(Sql.bytes(row, "entries")), firstTrace(session), firstTrace(session + 1) - 1)
                .stream().flatMap(List::stream).toList();
    }

    @Override
    public int forgetStates(Instant now, int limit) {
        return sql.update("""
                update session set state = null where num in (select num from session
                  where ended_at is not null and state is not null and expires_at < ? limit ?)""", now, limit);
    }

    @Override
    public int pruneTraces(Instant end, int limit) {
        String old = "(select num from session where ended_at is not null and traced > 0 and ended_at < ?"
                + " order by ended_at limit ?)";
        deleteTraces(old, end, limit);
        return sql.update("update session set traced = 0 where num in " + old, end, limit);
    }

    /** The oldest have the lowest numbers: only those are looked at, and a few more, since some may live long. */
    @Override
    public int prune(Instant end, int limit) {
        String old = "(select num from (select num, ended_at from session order by num limit ?)"
                + " where ended_at is not null and ended_at < ? limit ?)";
        deleteTraces(old, limit + LONG_LIVED, end, limit);
        return sql.update("delete from session where num in " + old, limit + LONG_LIVED, end, limit);
    }

    private void deleteTraces(String sessions, Object... arguments) {
        for (long session : sql.list("select num from session where num in " + sessions, row -> row.getLong(1),
                arguments)) {
            forgetTrace(session);
        }
    }

    void forgetTrace(long session) {
        sql.update("delete from trace where num between ? and ?", firstTrace(session), firstTrace(session + 1) - 1);
    }

    /** Traces are numbered by session, so that those of one session lie together and new ones at the end. */
    static long firstTrace(long session) {
        return session << TRACE_BITS;
    }

    private static StoredSession stored(ResultSet row) throws SQLException {
        return stored(new Columns(row));
    }

    /** A session of {@link #STORED}. */
    static StoredSession stored(Columns row) throws SQLException {
        return new StoredSession(record(row), row.bytes());
    }

    private static SessionRecord record(ResultSet row) throws SQLException {
        return record(new Columns(row));
    }

    private static SessionRecord record(Columns row) throws SQLException {
        long number = row.number();
        String device = row.text();
        String sessionId = row.text();
        long version = row.number();
        Instant startedAt = row.time();
        Instant lastAt = row.time();
        Instant expiresAt = row.time();
        Instant endedAt = row.timeOrNull();
        String reason = row.textOrNull();
        String remark = row.textOrNull();
        End end = endedAt == null
                ? null
                : new End(endedAt, Reason.valueOf(Objects.requireNonNull(reason)), Objects.requireNonNull(remark));
        Tally tally = new Tally(row.text(), row.truth(), (int) row.number(), (int) row.number());
        return new SessionRecord(number, device, sessionId, version, startedAt, lastAt, expiresAt, end, tally,
                Tracing.of((int) row.number()));
    }
}
