package dev.grove.server.store.sqlite;

import dev.grove.server.store.form.OperationCodec;
import dev.grove.server.store.form.StepsText;
import dev.grove.server.store.form.ResultCodec;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Step;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
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
        sql.replaceAll(INTO_RESULT, results.stream().map(result -> row(job, result)).toList());
    }

    /** The columns of a result's row, in its order. */
    static final String INTO_RESULT = "result (job, path, status, detail, results, at)";

    static @Nullable Object[] row(long job, Job.Result result) {
        StatusCode status = result.status();
        return new @Nullable Object[] {job, result.path(), status == null ? null : status.code(), result.detail(),
                ResultCodec.encode(result.results()), result.at()};
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        return sql.list("select * from result where job = ?", SqliteJobs::result, job).stream()
                .sorted(Comparator.comparing(Job.Result::path, OperationPath.ORDER)).toList();
    }

    @Override
    public void forgetResults(String deviceId, long job, int index) {
        sql.update("delete from result where job = ? and (path = ? or path glob ?)", job, Integer.toString(index),
                index + ".*");
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

    private static Job.Result result(ResultSet row) throws SQLException {
        int code = row.getInt("status");
        StatusCode status = row.wasNull() ? null : new StatusCode(code);
        return new Job.Result(row.getString("path"), status, ResultCodec.decode(Sql.bytes(row, "results")),
                row.getString("detail"), Objects.requireNonNull(Sql.time(row, "at")));
    }
}
