package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.OperationCodec;
import dev.grove.server.store.form.StepsText;
import dev.grove.server.store.form.ResultRow;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Step;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import dev.grove.tree.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs: the operations as one blob that never changes, their steps as one line such as {@code ANSWERED 1,QUEUED 0}. */
record SqliteJobs(Sql sql) implements Jobs {

    /** The columns of a job, in their order. */
    static final String COLUMNS = "num, steps, state, live, finished_at, session, reason, device, operations,"
            + " priority, retry_exec, submitted_at, expires_at";

    /** Where {@link #row} goes. */
    static final String INTO = "job (" + COLUMNS + ")";

    @Override
    public Job add(Job job) {
        return job.withNumber(sql.insert("insert into " + INTO + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row(job)));
    }

    /** A job without number gets one from the table. */
    static @Nullable Object[] row(Job job) {
        return new @Nullable Object[] {job.number() == 0 ? null : job.number(), StepsText.of(job), job.state(),
                !job.state().isOver(), job.finishedAt(), job.session(), job.reason(), job.deviceId(),
                OperationCodec.encode(job.operations()), job.terms().priority(), job.terms().retryExec(),
                job.submittedAt(), job.terms().expiresAt()};
    }

    /** Writes down how far jobs have come, many with one statement: rows of {@link #update}. */
    static void updateAll(Sql sql, List<@Nullable Object[]> rows) {
        sql.updateAll("with next (steps, state, live, finished_at, session, reason, num) as (", rows, """
                ) update job set steps = next.steps, state = next.state, live = next.live,
                  finished_at = next.finished_at, session = next.session, reason = next.reason
                from next where job.num = next.num""");
    }

    /** What {@link #UPDATE} takes. */
    static @Nullable Object[] update(Job job) {
        return new @Nullable Object[] {StepsText.of(job), job.state(), !job.state().isOver(), job.finishedAt(),
                job.session(), job.reason(), job.number()};
    }

    @Override
    public long newest(String deviceId) {
        return sql.first("select num from job where device = ? order by num desc limit 1", row -> row.getLong(1),
                deviceId).orElse(0L);
    }

    /** Numbers ascend, so the oldest has the lowest; both are read from the index of living jobs. */
    @Override
    public Backlog backlog() {
        int count = sql.count("select count(*) from (select 1 from job where live = 1 limit 1000000)");
        return new Backlog(count, sql.first("""
                select submitted_at from job where num = (select min(num) from job where live = 1)""",
                row -> Objects.requireNonNull(Sql.time(row, "submitted_at"))).orElse(null));
    }

    static final String UPDATE = """
            update job set steps = ?, state = ?, live = ?, finished_at = ?, session = ?, reason = ? where num = ?""";

    @Override
    public void put(Job job) {
        sql.update(UPDATE, update(job));
    }

    @Override
    public boolean replace(Job before, Job next) {
        return sql.update(UPDATE + " and steps = ? and state = ? and session = ?", StepsText.of(next), next.state(),
                !next.state().isOver(), next.finishedAt(), next.session(), next.reason(), next.number(),
                StepsText.of(before), before.state(), before.session()) > 0;
    }

    @Override
    public Optional<Job> find(String deviceId, long number) {
        return sql.first("select " + COLUMNS + " from job where num = ? and device = ?", SqliteJobs::job, number,
                deviceId);
    }

    @Override
    public int countLive(String deviceId) {
        return sql.count("select count(*) from job where device = ? and live = 1", deviceId);
    }

    @Override
    public List<Job> live(String deviceId, Instant now, int limit) {
        return sql.list("select " + COLUMNS + " from job where " + LIVE, SqliteJobs::job, deviceId, now, limit);
    }

    /** Of a device, at a time, at most so many. */
    static final String LIVE = """
                device = ? and live = 1
                  and (expires_at is null or expires_at > ? or session <> 0)
                  and (steps like '%QUEUED%' or steps like '%SENT%')
                order by priority desc, num limit ?""";

    @Override
    public List<Job> waiting(String deviceId, int limit) {
        return sql.list(
                "select " + COLUMNS
                        + " from job where device = ? and live = 1 and steps like '%WAITING%' order by num limit ?",
                SqliteJobs::job, deviceId, limit);
    }

    @Override
    public List<Job> inFlight(String deviceId, long session) {
        return sql.list(
                "select " + COLUMNS + " from job where session = ? and session <> 0 and device = ? order by num",
                SqliteJobs::job, session, deviceId);
    }

    @Override
    public List<Job> overdue(Instant now, int limit) {
        return sql.list("select " + COLUMNS + " from job where live = 1 and expires_at is not null and expires_at <= ?"
                + " and session = 0 limit ?", SqliteJobs::job, now, limit);
    }

    @Override
    public List<Job> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select " + COLUMNS + " from job where device = ? and num < ? order by num desc limit ?",
                        SqliteJobs::job, deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(), slice.limit())
                : sql.list("select " + COLUMNS + " from job where device = ? and num > ? order by num limit ?",
                        SqliteJobs::job,
                        deviceId, slice.after(), slice.limit());
    }

    @Override
    public void putResults(String deviceId, long job, Collection<Job.Result> results) {
        if (!results.isEmpty()) {
            sql.replaceAll(INTO_RESULT, List.<@Nullable Object[]>of(row(job, results)));
        }
    }

    /** The columns of a row of results, in its order. */
    static final String INTO_RESULT = "result (job, path, status, detail, results, at)";

    /** What came together is one row. */
    static @Nullable Object[] row(long job, Collection<Job.Result> results) {
        ResultRow row = ResultRow.of(results);
        return new @Nullable Object[] {job, row.path(), row.status(), row.detail(), row.results(), row.at()};
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        return ResultRow.all(sql.list("select path, status, detail, results, at from result where job = ? order by at",
                SqliteJobs::results, job));
    }

    @Override
    public void forgetResults(String deviceId, long job, int index) {
        List<Job.Result> kept = results(deviceId, job).stream().filter(r -> OperationPath.top(r.path()) != index)
                .toList();
        sql.update("delete from result where job = ?", job);
        putResults(deviceId, job, kept);
    }

    @Override
    public int prune(Instant end, int limit) {
        String old = "(select num from job where finished_at is not null and finished_at < ? and session = 0"
                + " order by finished_at limit ?)";
        sql.update("delete from result where job in " + old, end, limit);
        return sql.update("delete from job where num in " + old, end, limit);
    }

    private static Job job(ResultSet row) throws SQLException {
        return job(new Columns(row));
    }

    /** A job of {@link #COLUMNS}. */
    static Job job(Columns row) throws SQLException {
        long number = row.number();
        List<Step> steps = StepsText.read(row.text());
        State state = State.valueOf(row.text());
        row.truth();
        Instant finishedAt = row.timeOrNull();
        long session = row.number();
        String reason = row.text();
        String device = row.text();
        List<Operation> operations = OperationCodec.decode(row.bytes());
        int priority = (int) row.number();
        boolean retryExec = row.truth();
        Instant submittedAt = row.time();
        Terms terms = new Terms(priority, retryExec, row.timeOrNull());
        return new Job(number, device, operations, steps, state, terms, submittedAt, finishedAt, session, reason);
    }

    private static ResultRow results(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        String path = columns.text();
        int code = (int) columns.number();
        return new ResultRow(path, row.wasNull() ? null : code, columns.textOrNull(), columns.bytes(),
                columns.time());
    }
}
