package dev.grove.server.fleet;

import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The jobs that one unit of work touches: read once, or known from the read before the turn; changed by the rules of
 * {@link Job}; written once at the end.
 */
final class JobBook {

    private final Records records;
    private final String deviceId;
    private final Instant now;
    private final Map<Long, Job> before = new LinkedHashMap<>();
    private final Map<Long, Job> after = new LinkedHashMap<>();
    private final Map<Long, List<Job.Result>> results = new LinkedHashMap<>();

    /** @param known jobs as they were when the turn was computed; if one has changed, it is to be computed again */
    JobBook(Records records, String deviceId, Instant now, List<Job> known) {
        this.records = records;
        this.deviceId = deviceId;
        this.now = now;
        known.forEach(job -> before.put(job.number(), job));
    }

    /** Whether the operation still waits to be sent: its job may have been cancelled or answered meanwhile. */
    boolean isSendable(String jobId, int index) {
        return job(jobId).filter(j -> !j.state().isOver() && index < j.steps().size()
                && j.steps().get(index).progress() == Progress.QUEUED).isPresent();
    }

    void sent(String jobId, int index, long session) {
        job(jobId).ifPresent(j -> put(j.sent(index, session, now)));
    }

    /**
     * Keeps the answer. A group is answered after all that is inside it, so its own answer settles the operation.
     *
     * @return the operations of the job; empty if there is no such job any more
     */
    Optional<List<Operation>> answered(String jobId, String path, Outcome outcome) {
        Optional<Job> found = job(jobId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Job job = found.get();
        int index = OperationPath.top(path);
        keep(job.number(), new Job.Result(path, outcome.status(), outcome.results(), outcome.detail(), now));
        boolean isTop = path.indexOf('.') < 0;
        Progress progress = job.steps().get(index).progress();
        if (isTop && (progress == Progress.SENT || progress == Progress.WAITING)) {
            put(job.moved(index, Progress.ANSWERED, "", now));
        } else if (!isTop && progress == Progress.WAITING) {
            settle(job, index);
        }
        return Optional.of(job.operations());
    }

    /** The device has taken the operation on; of a group, some of what is inside it may be answered. */
    void accepted(String jobId, String path) {
        int index = OperationPath.top(path);
        boolean isTop = path.indexOf('.') < 0;
        job(jobId).filter(j -> isTop && j.steps().get(index).progress() == Progress.SENT).ifPresent(j -> {
            put(j.moved(index, Progress.WAITING, "", now));
            settle(current(j.number()), index);
        });
    }

    /** A group is answered when all is that is inside it. */
    private void settle(Job job, int index) {
        List<String> missing = missingPaths(job, index);
        boolean isGroup = !OperationPath.membersOf(job.operations().get(index)).isEmpty();
        boolean isComplete = missing.stream()
                .noneMatch(path -> OperationPath.membersOf(OperationPath.at(job.operations(), path)).isEmpty());
        if (isGroup && isComplete) {
            for (String path : missing) {
                keep(job.number(), new Job.Result(path, StatusCode.OK, List.of(),
                        "all that is inside it was answered", now));
            }
            put(job.moved(index, Progress.ANSWERED, "", now));
        }
    }

    /** Whether the outcome of an operation may come outside of a session now. */
    boolean isWaiting(String jobId, String path) {
        return job(jobId).filter(j -> j.steps().get(OperationPath.top(path)).progress() == Progress.WAITING)
                .isPresent();
    }

    /** The operation at a place in a job; empty if there is no such job any more. */
    Optional<Operation> operation(String jobId, String path) {
        return job(jobId).map(j -> OperationPath.at(j.operations(), path));
    }

    /** No answer will come in this session any more. */
    void unanswered(String jobId, int index, int maxSends) {
        job(jobId).filter(j -> j.steps().get(index).progress() == Progress.SENT)
                .ifPresent(j -> giveBack(j.number(), index, maxSends));
    }

    /** Notes that the operation can never be sent. */
    void unsendable(String jobId, int index, StatusCode status, String reason) {
        job(jobId).ifPresent(j -> {
            keep(j.number(), new Job.Result(Integer.toString(index), status, List.of(), reason, now));
            put(j.moved(index, Progress.UNSENDABLE, "operation " + index + ": " + reason, now));
        });
    }

    /**
     * The session is dead: what it left unanswered goes back to the queue, but an Exec is not run twice unless its job
     * allows it, and nothing is sent more than {@code maxSends} times.
     */
    void returnUnanswered(long session, int maxSends) {
        for (Job touched : records.jobs().inFlight(deviceId, session)) {
            before.putIfAbsent(touched.number(), touched);
        }
        for (Job held : List.copyOf(before.values())) {
            Job job = after.getOrDefault(held.number(), held);
            if (job.session() == session) {
                job.at(Progress.SENT).forEach(index -> giveBack(held.number(), index, maxSends));
            }
        }
    }

    private void giveBack(long number, int index, int maxSends) {
        Job job = current(number);
        List<String> missing = missingPaths(job, index);
        if (job.returnsWhenUnanswered(index, maxSends) && missing.contains(Integer.toString(index))) {
            writeResults();
            records.jobs().forgetResults(deviceId, number, index);
            put(job.moved(index, Progress.QUEUED, "", now));
        } else if (job.mayRepeat(index) && !missing.contains(Integer.toString(index))) {
            put(job.moved(index, Progress.ANSWERED, "", now));
        } else {
            markUnknown(job, index, missing, whyUnknown(job, index));
        }
    }

    private static String whyUnknown(Job job, int index) {
        if (job.state().isOver()) {
            return "the session ended before the device answered; the job was over by then";
        }
        return job.mayRepeat(index)
                ? "sent " + job.steps().get(index).sends() + " times, and never answered"
                : "the session ended before the device answered; an Exec is not sent twice";
    }

    private void markUnknown(Job job, int index, List<String> missing, String why) {
        for (String path : missing) {
            keep(job.number(), new Job.Result(path, null, List.of(), why, now));
        }
        String reason = job.state().isOver() ? "" : "operation " + index + ": unknown: " + why;
        put(job.moved(index, Progress.UNKNOWN, reason, now));
    }

    private List<String> missingPaths(Job job, int index) {
        writeResults();
        Set<String> answered = records.jobs().results(deviceId, job.number()).stream().map(Job.Result::path)
                .collect(Collectors.toSet());
        return OperationPath.within(index, job.operations().get(index)).stream().filter(p -> !answered.contains(p))
                .toList();
    }

    /** Writes what has changed, and says which jobs are in another state now. */
    List<Events.Event> close() {
        writeResults();
        List<Events.Event> events = new ArrayList<>();
        after.forEach((number, job) -> {
            Job was = Objects.requireNonNull(before.get(number));
            if (!records.jobs().replace(was, job)) {
                throw new TurnWriter.Stale("job " + number + " was changed meanwhile");
            }
            if (was.state() != job.state()) {
                events.add(new Events.Event.JobChanged(deviceId, job.id(), job.state(), job.reason()));
            }
        });
        return events;
    }

    private void keep(long job, Job.Result result) {
        results.computeIfAbsent(job, _ -> new ArrayList<>()).add(result);
    }

    private void writeResults() {
        results.forEach((job, all) -> records.jobs().putResults(deviceId, job, all));
        results.clear();
    }

    /** The jobs that were known or touched, as they are now, unless they are over. */
    List<Job> live() {
        return before.keySet().stream().map(this::current).filter(job -> !job.state().isOver()).toList();
    }

    private Optional<Job> job(String jobId) {
        long number = Long.parseLong(jobId);
        if (!before.containsKey(number)) {
            records.jobs().find(deviceId, number).ifPresent(j -> before.put(number, j));
        }
        return before.containsKey(number) ? Optional.of(current(number)) : Optional.empty();
    }

    private Job current(long number) {
        return after.getOrDefault(number, Objects.requireNonNull(before.get(number)));
    }

    private void put(Job job) {
        after.put(job.number(), job);
    }
}
