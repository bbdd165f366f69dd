package dev.grove.server.store.page;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import dev.grove.server.store.form.OperationCodec;
import dev.grove.tree.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Jobs on the page of their device: those that are not over among what is read with every message. */
record PagedJobs(Pages pages, PageRecords.World world) implements Jobs {

    private static final Comparator<Job> IN_TURN = Comparator.<Job>comparingInt(job -> -job.terms().priority())
            .thenComparingLong(Job::number);
    /** When to look again at a job whose time has passed, but of which something is in flight. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    @Override
    public Job add(Job job) {
        Page page = pages.of(job.deviceId());
        Job numbered = job.withNumber(Newest.nextJob(page, world.numbers()));
        String key = Place.key(numbered.number());
        page.put(Kind.LIVE_JOB, key,
                Row.of(WorkForms.job(numbered), OperationCodec.encode(numbered.operations())));
        page.note(new Note.JobWaits(key, numbered.submittedAt()));
        page.note(new Note.Counted(Note.Tally.WAITING_JOBS, numbered.submittedAt(), 1));
        Instant expiresAt = numbered.terms().expiresAt();
        if (expiresAt != null) {
            page.note(new Note.DueAt(Note.Due.JOB, key, expiresAt));
        }
        return numbered;
    }

    @Override
    public Optional<Job> find(String deviceId, long number) {
        return row(pages.of(deviceId), number).map(WorkForms::job);
    }

    private static Optional<Row> row(Page page, long number) {
        String key = Place.key(number);
        return page.find(Kind.LIVE_JOB, key).or(() -> page.find(Kind.ENDED_JOB, key));
    }

    @Override
    public long newest(String deviceId) {
        return Newest.in(pages.of(deviceId)).job();
    }

    @Override
    public void put(Job job) {
        Page page = pages.of(job.deviceId());
        Row before = row(page, job.number())
                .orElseThrow(() -> new IllegalStateException("there is no job " + job.number()));
        String key = Place.key(job.number());
        Row row = Row.of(WorkForms.job(job), before.body());
        boolean isKept = !job.state().isOver() || job.session() != 0;
        boolean wasKept = page.find(Kind.LIVE_JOB, key).isPresent();
        if (isKept != wasKept) {
            page.note(new Note.Counted(Note.Tally.WAITING_JOBS, job.submittedAt(), isKept ? 1 : -1));
        }
        if (isKept) {
            page.put(Kind.LIVE_JOB, key, row);
            return;
        }
        page.put(Kind.ENDED_JOB, key, row.fading(world.retention().jobs()));
        if (wasKept) {
            page.remove(Kind.LIVE_JOB, key);
            retire(page, job);
        }
    }

    /** From now on the results fade as the job does. */
    private void retire(Page page, Job job) {
        boolean hadResults = page.before(new Place(Kind.LIVE_JOB, Place.key(job.number()))).map(WorkForms::job)
                .filter(before -> before.operations().stream().allMatch(PagedJobs::isSingle)
                        && before.steps().stream().allMatch(PagedJobs::isBefore))
                .isEmpty();
        if (hadResults) {
            page.range(Range.prefix(Kind.RESULT, resultKey(job.number(), ""))).forEach((place, row) -> page
                    .put(Kind.RESULT, place.key(), row.fading(world.retention().jobs())));
        } else {
            page.fade(Range.prefix(Kind.RESULT, resultKey(job.number(), "")), world.retention().jobs());
        }
    }

    private static boolean isSingle(Operation operation) {
        return !(operation instanceof Operation.Atomic) && !(operation instanceof Operation.Sequence);
    }

    private static boolean isBefore(Job.Step step) {
        return step.progress() == Progress.QUEUED || step.progress() == Progress.SENT;
    }

    @Override
    public boolean replace(Job before, Job next) {
        boolean isAsKnown = find(before.deviceId(), before.number()).filter(before::standsAs).isPresent();
        if (isAsKnown) {
            put(next);
        }
        return isAsKnown;
    }

    private Stream<Job> kept(String deviceId) {
        return pages.of(deviceId).all(Kind.LIVE_JOB).values().stream().map(WorkForms::job);
    }

    @Override
    public int countLive(String deviceId) {
        return (int) kept(deviceId).filter(job -> !job.state().isOver()).count();
    }

    @Override
    public List<Job> live(String deviceId, Instant now, int limit) {
        return kept(deviceId).filter(job -> !job.state().isOver() && (!job.isOverdue(now) || job.session() != 0))
                .filter(job -> !job.at(Progress.QUEUED).isEmpty() || !job.at(Progress.SENT).isEmpty())
                .sorted(IN_TURN).limit(limit).toList();
    }

    @Override
    public List<Job> waiting(String deviceId, int limit) {
        return kept(deviceId).filter(job -> !job.state().isOver() && !job.at(Progress.WAITING).isEmpty())
                .limit(limit).toList();
    }

    @Override
    public List<Job> inFlight(String deviceId, long session) {
        return session == 0 ? List.of() : kept(deviceId).filter(job -> job.session() == session).toList();
    }

    @Override
    public List<Job> overdue(Instant now, int limit) {
        List<Job> overdue = new ArrayList<>();
        world.index().due(Note.Due.JOB, now, limit, hint -> {
            Optional<Job> job = pages.of(hint.deviceId()).find(Kind.LIVE_JOB, hint.key()).map(WorkForms::job)
                    .filter(known -> !known.state().isOver());
            if (job.isEmpty()) {
                return new FleetIndex.Verdict.Settled();
            }
            if (!job.get().isOverdue(now)) {
                return new FleetIndex.Verdict.Later(now.plus(AGAIN));
            }
            overdue.add(job.get());
            return new FleetIndex.Verdict.Passed();
        });
        return overdue;
    }

    @Override
    public List<Job> list(String deviceId, Slice slice) {
        Comparator<Job> order = Comparator.comparingLong(Job::number);
        Stream<Job> ended = pages.of(deviceId).range(Range.slice(Kind.ENDED_JOB, slice)).values().stream()
                .map(WorkForms::job);
        return Stream.concat(ended, kept(deviceId).filter(job -> slice.admits(job.number())))
                .sorted(slice.newestFirst() ? order.reversed() : order).limit(slice.limit()).toList();
    }

    @Override
    public void putResults(String deviceId, long job, Collection<Job.Result> results) {
        if (results.isEmpty()) {
            return;
        }
        Page page = pages.of(deviceId);
        boolean isLive = page.find(Kind.LIVE_JOB, Place.key(job)).isPresent();
        for (Job.Result result : results) {
            Row row = Row.of(WorkForms.result(result));
            page.put(Kind.RESULT, resultKey(job, result.path()), isLive ? row : row.fading(world.retention().jobs()));
        }
    }

    private static String resultKey(long job, String path) {
        return Place.key(job) + "/" + path;
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        return pages.of(deviceId).range(Range.prefix(Kind.RESULT, resultKey(job, ""))).values().stream()
                .map(row -> WorkForms.result(row.value()))
                .sorted(Comparator.comparing(Job.Result::path, OperationPath.ORDER)).toList();
    }

    @Override
    public void forgetResults(String deviceId, long job, int index) {
        String itself = Integer.toString(index);
        results(deviceId, job).stream().map(Job.Result::path)
                .filter(path -> path.equals(itself) || path.startsWith(index + "."))
                .forEach(path -> pages.of(deviceId).remove(Kind.RESULT, resultKey(job, path)));
    }

    /** Cancelled jobs of which something is in flight are counted as well. */
    @Override
    public Backlog backlog() {
        return new Backlog(world.index().count(Note.Tally.WAITING_JOBS),
                world.index().oldestWaiting().orElse(null));
    }

    /** Jobs that are over have a life of their own. */
    @Override
    public int prune(Instant end, int limit) {
        return 0;
    }
}
