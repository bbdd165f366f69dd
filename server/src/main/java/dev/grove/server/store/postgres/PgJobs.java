package dev.grove.server.store.postgres;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import dev.grove.server.store.form.OperationCodec;
import dev.grove.server.store.form.ResultRow;
import dev.grove.server.store.form.StepsText;
import dev.grove.server.store.postgres.Sql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Jobs: the operations as bytes that never change, their steps as one line such as {@code ANSWERED 1,QUEUED 0}. */
record PgJobs(Sql sql, Heads heads) implements Jobs {

    static final String LIVE = """
            select * from job where device = ? and live and (expires_at is null or expires_at > ? or session <> 0)
              and (steps like '%QUEUED%' or steps like '%SENT%')
            order by priority desc, num limit ?""";

    @Override
    public Job add(Job job) {
        Job numbered = job.withNumber(heads.nextJob(job.deviceId()));
        sql.update(insert(numbered));
        return numbered;
    }

    static Statement insert(Job job) {
        return Statement.of("""
                insert into job (device, num, operations, steps, state, live, priority, retry_exec, submitted_at,
                  expires_at, finished_at, session, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", job.deviceId(), job.number(),
                OperationCodec.encode(job.operations()), StepsText.of(job), job.state(), !job.state().isOver(),
                job.terms().priority(), job.terms().retryExec(), job.submittedAt(), job.terms().expiresAt(),
                job.finishedAt(), job.session(), job.reason());
    }

    static Statement update(Job job) {
        return Statement.of("""
                update job set steps = ?, state = ?, live = ?, finished_at = ?, session = ?, reason = ?
                where device = ? and num = ?""", StepsText.of(job), job.state(), !job.state().isOver(),
                job.finishedAt(), job.session(), job.reason(), job.deviceId(), job.number());
    }

    @Override
    public long newest(String deviceId) {
        return sql.first("select max(num) from job where device = ?", row -> row.getLong(1), deviceId).orElse(0L);
    }

    @Override
    public void put(Job job) {
        heads.touch(job.deviceId());
        sql.update(update(job));
    }

    @Override
    public boolean replace(Job before, Job next) {
        boolean isAsKnown = find(before.deviceId(), before.number()).filter(before::standsAs).isPresent();
        if (isAsKnown) {
            put(next);
        }
        return isAsKnown;
    }

    @Override
    public Optional<Job> find(String deviceId, long number) {
        return sql.first("select * from job where device = ? and num = ?", PgJobs::job, deviceId, number);
    }

    @Override
    public Backlog backlog() {
        int count = sql.count("select count(*) from (select 1 from job where live limit 1000000) counted");
        return new Backlog(count, sql.first("select min(submitted_at) as oldest from job where live",
                row -> Optional.ofNullable(Sql.time(row, "oldest"))).flatMap(oldest -> oldest).orElse(null));
    }

    @Override
    public int countLive(String deviceId) {
        return sql.count("select count(*) from job where device = ? and live", deviceId);
    }

    @Override
    public List<Job> live(String deviceId, Instant now, int limit) {
        return sql.list(LIVE, PgJobs::job, deviceId, now, limit);
    }

    @Override
    public List<Job> waiting(String deviceId, int limit) {
        return sql.list("select * from job where device = ? and live and steps like '%WAITING%' order by num limit ?",
                PgJobs::job, deviceId, limit);
    }

    @Override
    public List<Job> inFlight(String deviceId, long session) {
        return sql.list("select * from job where device = ? and session = ? and session <> 0 order by num",
                PgJobs::job, deviceId, session);
    }

    @Override
    public List<Job> overdue(Instant now, int limit) {
        return sql.list("""
                select * from job where live and expires_at is not null and expires_at <= ? and session = 0
                order by expires_at limit ?""", PgJobs::job, now, limit);
    }

    @Override
    public List<Job> list(String deviceId, Slice slice) {
        return slice.newestFirst()
                ? sql.list("select * from job where device = ? and num < ? order by num desc limit ?", PgJobs::job,
                        deviceId, slice.after() == 0 ? Long.MAX_VALUE : slice.after(), slice.limit())
                : sql.list("select * from job where device = ? and num > ? order by num limit ?", PgJobs::job,
                        deviceId, slice.after(), slice.limit());
    }

    @Override
    public void putResults(String deviceId, long job, Collection<Job.Result> results) {
        if (!results.isEmpty()) {
            heads.touch(deviceId);
            sql.update(put(deviceId, job, results));
        }
    }

    /** What came together is one row. */
    static Statement put(String deviceId, long job, Collection<Job.Result> results) {
        ResultRow row = ResultRow.of(results);
        return Statement.of("""
                insert into result (device, job, path, status, detail, results, at) values (?, ?, ?, ?, ?, ?, ?)
                on conflict (device, job, path) do update set status = excluded.status, detail = excluded.detail,
                  results = excluded.results, at = excluded.at""", deviceId, job, row.path(), row.status(),
                row.detail(), row.results(), row.at());
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        return ResultRow.all(sql.list("""
                select path, status, detail, results, at from result where device = ? and job = ? order by at""",
                PgJobs::results, deviceId, job));
    }

    @Override
    public void forgetResults(String deviceId, long job, int index) {
        List<Job.Result> kept = results(deviceId, job).stream().filter(r -> OperationPath.top(r.path()) != index)
                .toList();
        heads.touch(deviceId);
        sql.update("delete from result where device = ? and job = ?", deviceId, job);
        putResults(deviceId, job, kept);
    }

    @Override
    public int prune(Instant end, int limit) {
        return sql.first("""
                with old as (select device, num from job where finished_at is not null and finished_at < ?
                    and session = 0 order by finished_at limit ?),
                  gone as (delete from result r using old where r.device = old.device and r.job = old.num),
                  last as (delete from job j using old where j.device = old.device and j.num = old.num)
                select count(*) from old""", row -> row.getInt(1), end, limit).orElse(0);
    }

    static Job job(ResultSet row) throws SQLException {
        Terms terms = new Terms(row.getInt("priority"), row.getBoolean("retry_exec"), Sql.time(row, "expires_at"));
        return new Job(row.getLong("num"), row.getString("device"),
                OperationCodec.decode(Sql.bytes(row, "operations")), StepsText.read(row.getString("steps")),
                State.valueOf(row.getString("state")), terms, Objects.requireNonNull(Sql.time(row, "submitted_at")),
                Sql.time(row, "finished_at"), row.getLong("session"), row.getString("reason"));
    }

    private static ResultRow results(ResultSet row) throws SQLException {
        int code = row.getInt("status");
        Integer status = row.wasNull() ? null : code;
        return new ResultRow(row.getString("path"), status, row.getString("detail"),
                Sql.bytes(row, "results"), Objects.requireNonNull(Sql.time(row, "at")));
    }
}
