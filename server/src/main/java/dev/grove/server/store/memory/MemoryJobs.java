package dev.grove.server.store.memory;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

final class MemoryJobs implements Jobs {

    private static final Comparator<Job> ORDER = Comparator.comparingInt((Job j) -> -j.terms().priority())
            .thenComparingLong(Job::number);

    private final UndoMap<Long, Job> jobs;
    private final UndoMap<Long, List<Job.Result>> results;
    private long lastNumber;

    MemoryJobs(Deque<Runnable> undo) {
        jobs = new UndoMap<>(undo);
        results = new UndoMap<>(undo);
    }

    @Override
    public Backlog backlog() {
        List<Job> live = jobs.values().stream().filter(job -> !job.state().isOver()).toList();
        return new Backlog(live.size(), live.isEmpty() ? null : live.getFirst().submittedAt());
    }

    @Override
    public Job add(Job job) {
        Job numbered = job.withNumber(++lastNumber);
        jobs.put(numbered.number(), numbered);
        return numbered;
    }

    @Override
    public Optional<Job> find(String deviceId, long number) {
        return jobs.find(number).filter(job -> job.deviceId().equals(deviceId));
    }

    @Override
    public long newest(String deviceId) {
        return jobs.descending().stream().filter(j -> j.deviceId().equals(deviceId)).findFirst().map(Job::number)
                .orElse(0L);
    }

    @Override
    public void put(Job job) {
        jobs.put(job.number(), job);
    }

    @Override
    public boolean replace(Job before, Job next) {
        boolean isAsBefore = jobs.find(next.number()).filter(before::standsAs).isPresent();
        if (isAsBefore) {
            put(next);
        }
        return isAsBefore;
    }

    @Override
    public int countLive(String deviceId) {
        return (int) of(deviceId).filter(j -> !j.state().isOver()).count();
    }

    @Override
    public List<Job> live(String deviceId, Instant now, int limit) {
        return of(deviceId).filter(j -> !j.state().isOver() && !j.isOverdue(now) && isMoving(j)).sorted(ORDER)
                .limit(limit).toList();
    }

    private static boolean isMoving(Job job) {
        return !job.at(Progress.QUEUED).isEmpty() || !job.at(Progress.SENT).isEmpty();
    }

    @Override
    public List<Job> waiting(String deviceId, int limit) {
        return of(deviceId).filter(j -> !j.state().isOver() && !j.at(Progress.WAITING).isEmpty()).limit(limit)
                .toList();
    }

    @Override
    public List<Job> inFlight(String deviceId, long session) {
        return of(deviceId).filter(j -> j.session() == session).toList();
    }

    @Override
    public List<Job> overdue(Instant now, int limit) {
        return jobs.values().stream().filter(j -> j.isOverdue(now)).limit(limit).toList();
    }

    @Override
    public List<Job> list(String deviceId, Slice slice) {
        Stream<Job> ordered = slice.newestFirst() ? jobs.descending().stream() : jobs.values().stream();
        return ordered.filter(j -> j.deviceId().equals(deviceId) && slice.admits(j.number())).limit(slice.limit())
                .toList();
    }

    @Override
    public void putResults(String deviceId, long job, Collection<Job.Result> added) {
        NavigableMap<String, Job.Result> kept = new TreeMap<>(OperationPath.ORDER);
        results(deviceId, job).forEach(r -> kept.put(r.path(), r));
        added.forEach(r -> kept.put(r.path(), r));
        results.put(job, List.copyOf(kept.values()));
    }

    @Override
    public List<Job.Result> results(String deviceId, long job) {
        return results.find(job).orElse(List.of());
    }

    @Override
    public void forgetResults(String deviceId, long job, int index) {
        results.put(job, results(deviceId, job).stream().filter(r -> OperationPath.top(r.path()) != index).toList());
    }

    @Override
    public int prune(Instant end, int limit) {
        List<Job> old = jobs.values().stream().filter(j -> isOverBefore(j, end)).limit(limit).toList();
        old.forEach(this::remove);
        return old.size();
    }

    private static boolean isOverBefore(Job job, Instant end) {
        Instant finished = job.finishedAt();
        return finished != null && finished.isBefore(end) && job.session() == 0;
    }

    void forget(String deviceId) {
        of(deviceId).toList().forEach(this::remove);
    }

    private void remove(Job job) {
        jobs.remove(job.number());
        results.remove(job.number());
    }

    private Stream<Job> of(String deviceId) {
        return jobs.values().stream().filter(j -> j.deviceId().equals(deviceId));
    }
}
