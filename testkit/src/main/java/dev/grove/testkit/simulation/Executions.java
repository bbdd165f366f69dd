package dev.grove.testkit.simulation;

import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.Progress;
import dev.grove.server.fleet.Job.Result;
import dev.grove.server.fleet.OperationPath;
import dev.grove.server.fleet.Store;
import dev.grove.testkit.simulation.Mark.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The device's own count of what it has carried out, against the server's books: nothing that is answered is done
 * again, and what is acknowledged is known.
 */
final class Executions {

    /** An operation whose answer is in the books. */
    private record Settled(int status, int executions) {}

    private final Store store;
    private final Map<String, Map<String, Mark>> marks = new HashMap<>();
    private final Map<String, Settled> settled = new HashMap<>();
    private int executed;

    Executions(Store store) {
        this.store = store;
    }

    void submitted(SimulatedDevice device, Job job) {
        Map<String, Mark> known = marks.computeIfAbsent(device.id(), _ -> new HashMap<>());
        RandomJobs.marks(job).forEach(mark -> known.put(mark.name(), mark));
    }

    /** Looks at what became known of the device since the last call. */
    void check(SimulatedDevice device) {
        for (String name : device.ledger().news()) {
            checkExecutions(device, mark(device, name));
        }
        checkAcknowledged(device);
        settle(device);
    }

    private Mark mark(SimulatedDevice device, String name) {
        Mark mark = marks.getOrDefault(device.id(), Map.of()).get(name);
        Invariants.that(mark != null, device.id() + " did '" + name + "', which nobody has asked of it");
        if (mark == null) {
            throw new IllegalStateException("unreachable");
        }
        return mark;
    }

    private void checkExecutions(SimulatedDevice device, Mark mark) {
        List<Integer> sessions = device.ledger().sessionsOf(mark.name());
        Invariants.that(new HashSet<>(sessions).size() == sessions.size(),
                mark + " was done twice in one session of " + device.id() + ": " + sessions);
        Invariants.that(mark.kind() != Kind.EXEC || mark.mayRepeat() || sessions.size() <= 1,
                mark + " is an Exec that must not run twice; it ran in sessions " + sessions + " of " + device.id());
        int sends = job(mark).steps().get(OperationPath.top(mark.path())).sends();
        Invariants.that(sessions.size() <= sends, mark + " was done " + sessions.size()
                + " times, but is said to have been sent only " + sends + " times");
        Settled before = settled.get(mark.name());
        Invariants.that(before == null || before.executions() == sessions.size(),
                mark + " was done again after its answer was in the books, in sessions " + sessions);
    }

    /**
     * What the server has acknowledged is in its books. While the session lives the answer may still stand in the
     * session's state, which is as durable.
     */
    private void checkAcknowledged(SimulatedDevice device) {
        device.ledger().acknowledged().entrySet().removeIf(entry -> {
            Mark mark = mark(device, entry.getKey());
            Progress progress = job(mark).steps().get(OperationPath.top(mark.path())).progress();
            Result result = result(mark);
            boolean isKnown = result != null && result.status() != null
                    && result.status().code() == entry.getValue();
            Invariants.that(isKnown || progress == Progress.SENT, mark + " was answered by " + entry.getValue()
                    + " and the server said that it knows; now it is " + progress + " with " + result);
            return isKnown;
        });
    }

    /** Notes which answers are in the books by now; whatever was there before is still there. */
    private void settle(SimulatedDevice device) {
        Set<Mark> open = new HashSet<>(marks.getOrDefault(device.id(), Map.of()).values());
        for (Mark mark : open) {
            Settled before = settled.get(mark.name());
            Progress progress = job(mark).steps().get(OperationPath.top(mark.path())).progress();
            if (before == null && progress == Progress.ANSWERED) {
                Result result = result(mark);
                if (result != null && result.status() != null) {
                    int count = device.ledger().sessionsOf(mark.name()).size();
                    executed += Math.min(1, count);
                    settled.put(mark.name(), new Settled(result.status().code(), count));
                    Invariants.that(mark.kind() == Kind.READ || !result.status().isSuccess() || count > 0,
                            mark + " is said to be done, but was not");
                }
            } else if (before != null) {
                Result result = result(mark);
                Invariants.that(progress == Progress.ANSWERED && result != null && result.status() != null
                        && result.status().code() == before.status(),
                        mark + " had the answer " + before.status() + ", now it has " + progress + ", " + result);
            }
        }
    }

    private Job job(Mark mark) {
        return store.read(records -> records.jobs().find(mark.deviceId(), mark.job())).orElseThrow(
                () -> new Invariants.Broken("job " + mark.job() + " is gone"));
    }

    private @Nullable Result result(Mark mark) {
        return store.read(records -> records.jobs().results(mark.deviceId(), mark.job())).stream()
                .filter(result -> result.path().equals(mark.path())).findFirst().orElse(null);
    }

    /** When the world is quiet: every operation that must have an outcome has one. */
    void allAreKnown(SimulatedDevice device) {
        for (Mark mark : marks.getOrDefault(device.id(), Map.of()).values()) {
            Job job = job(mark);
            boolean isEnded = job.state() == Job.State.CANCELLED || job.state() == Job.State.EXPIRED;
            boolean isUnsendable = job.steps().get(OperationPath.top(mark.path())).progress() == Progress.UNSENDABLE;
            Invariants.that(isEnded || isUnsendable || result(mark) != null,
                    mark + " has no outcome, though its job is "
                            + job.state());
        }
    }

    int executed() {
        return executed;
    }

    int settled() {
        return settled.size();
    }
}
