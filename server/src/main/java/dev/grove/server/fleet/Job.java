package dev.grove.server.fleet;

import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish for one device: operations in order. Each is queued, then sent, then answered; it is queued again when the
 * session dies before the answer came. A job never waits for another: what can never be sent fails and lets the rest
 * pass.
 *
 * @param number given by the store, ascending in the order of submission; 0 before that
 * @param steps how far each operation has come; as many as there are operations
 * @param session number of the session in which operations are in flight; 0 if none are
 * @param reason why the job failed, or was not done; empty otherwise
 */
public record Job(long number, String deviceId, List<Operation> operations, List<Step> steps, State state, Terms terms,
        Instant submittedAt, @Nullable Instant finishedAt, long session, String reason) {

    /** Where a job stands. */
    public enum State {
        /** Something is still to be sent, and nothing is in flight. */
        QUEUED,
        /** Something is in flight, or has been taken on by the device. */
        SENT,
        /** The device has answered every operation, whatever the status. */
        DONE,
        /** Something could not be sent, or its answer can never be known. */
        FAILED,
        /** Its time passed before everything was sent. */
        EXPIRED,
        /** Somebody took it back. */
        CANCELLED;

        public boolean isOver() {
            return this != QUEUED && this != SENT;
        }
    }

    /**
     * How a job wants to be treated.
     *
     * @param priority higher ones run first; those of equal priority in order of submission
     * @param retryExec whether an Exec that got no answer is sent again, at the risk of running twice
     * @param expiresAt when what was not sent yet is given up; never if absent
     */
    public record Terms(int priority, boolean retryExec, @Nullable Instant expiresAt) {

        /** Priority 0, no Exec twice, no expiry. */
        public static final Terms USUAL = new Terms(0, false, null);
    }

    /**
     * How far an operation has come.
     *
     * @param sends how often it was sent
     */
    public record Step(Progress progress, int sends) {

        static final Step NEW = new Step(Progress.QUEUED, 0);

        Step to(Progress next) {
            return new Step(next, sends);
        }
    }

    /** The stages of an operation; the last three are final. */
    public enum Progress {
        QUEUED, SENT,
        /** The device has taken it on; its outcome comes later, whatever becomes of the session. */
        WAITING, ANSWERED, UNKNOWN, UNSENDABLE
    }

    /**
     * What became of the operation at {@code path}.
     *
     * @param status the device's answer, or the reason why it was never asked; absent if its answer can never be known
     * @param detail what else is known, such as an HRESULT or why there is no answer
     */
    public record Result(String path, @Nullable StatusCode status, List<Outcome.Result> results,
            @Nullable String detail, Instant at) {
        public Result {
            results = List.copyOf(results);
        }

        /** The status in plain English; {@code unknown} if there is none. */
        public String text() {
            return status == null ? "unknown" : status.text();
        }
    }

    public Job {
        operations = List.copyOf(operations);
        steps = List.copyOf(steps);
        if (steps.size() != operations.size()) {
            throw new IllegalArgumentException(steps.size() + " steps of " + operations.size() + " operations");
        }
    }

    /** A job that nobody has stored yet. */
    public static Job of(String deviceId, List<Operation> operations, Terms terms, Instant now) {
        List<Step> steps = operations.stream().map(o -> Step.NEW).toList();
        return new Job(0, deviceId, operations, steps, State.QUEUED, terms, now, null, 0, "");
    }

    /** The number as the outside sees it. */
    public String id() {
        return Long.toString(number);
    }

    public Job withNumber(long given) {
        return new Job(given, deviceId, operations, steps, state, terms, submittedAt, finishedAt, session, reason);
    }

    /** The indices of the operations that have come just so far. */
    public List<Integer> at(Progress progress) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).progress() == progress) {
                found.add(i);
            }
        }
        return found;
    }

    /**
     * Whether an operation in flight would go back to the queue, were its session to die now: an Exec is not run twice
     * unless the job allows it, and nothing is sent for ever.
     */
    public boolean returnsWhenUnanswered(int index, int maxSends) {
        return mayRepeat(index) && steps.get(index).sends() < maxSends && !state.isOver();
    }

    /** Whether another version of the same job has come just as far. */
    public boolean standsAs(Job other) {
        return state == other.state && session == other.session && steps.equals(other.steps);
    }

    /** Whether its time has passed and nothing of it is in flight. */
    public boolean isOverdue(Instant now) {
        return terms.expiresAt() != null && !terms.expiresAt().isAfter(now) && session == 0 && !state.isOver();
    }

    boolean mayRepeat(int index) {
        return terms.retryExec() || !operations.get(index).holdsExec();
    }

    /** Operation {@code index} leaves for the device in the given session. */
    public Job sent(int index, long inSession, Instant now) {
        return judged(with(index, new Step(Progress.SENT, steps.get(index).sends() + 1)), inSession, reason, now);
    }

    /** Operation {@code index} has come to a final stage, or back to the queue. */
    public Job moved(int index, Progress to, String why, Instant now) {
        return judged(with(index, steps.get(index).to(to)), session, why.isEmpty() ? reason : why, now);
    }

    /** Taken back: what is queued is never sent; answers of what is in flight are still noted. */
    public Job cancelled(Instant now) {
        return ended(State.CANCELLED, "cancelled", now);
    }

    /** Given up because its time has passed. */
    public Job expired(Instant now) {
        return ended(State.EXPIRED, "expired before everything was sent", now);
    }

    private Job ended(State as, String why, Instant now) {
        return new Job(number, deviceId, operations, steps, as, terms, submittedAt, now, session, why);
    }

    private List<Step> with(int index, Step step) {
        List<Step> changed = new ArrayList<>(steps);
        changed.set(index, step);
        return changed;
    }

    /** The state follows from the steps, unless somebody ended the job; with nothing in flight no session holds it. */
    private Job judged(List<Step> next, long inSession, String why, Instant now) {
        Set<Progress> stages = EnumSet.noneOf(Progress.class);
        for (Step step : next) {
            stages.add(step.progress());
        }
        State judged = state.isOver() ? state : stateOf(stages);
        Instant end = judged.isOver() && finishedAt == null ? now : finishedAt;
        long holder = stages.contains(Progress.SENT) ? inSession : 0;
        return new Job(number, deviceId, operations, next, judged, terms, submittedAt, end, holder, why);
    }

    private static State stateOf(Set<Progress> stages) {
        if (stages.contains(Progress.SENT) || stages.contains(Progress.WAITING)) {
            return State.SENT;
        }
        if (stages.contains(Progress.QUEUED)) {
            return State.QUEUED;
        }
        boolean isAnswered = !stages.contains(Progress.UNKNOWN) && !stages.contains(Progress.UNSENDABLE);
        return isAnswered ? State.DONE : State.FAILED;
    }
}
