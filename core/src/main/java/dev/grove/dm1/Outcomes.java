package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.dm1.InFlight.Expected;
import dev.grove.dm1.InFlight.Kind;
import dev.grove.dm1.SessionState.Sending;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what became of a task: what is inside a group first, then the group. */
final class Outcomes {

    private static final Outcome TOO_LONG = Outcome.of(StatusCode.REQUEST_ENTITY_TOO_LARGE,
            "the device aborted (Alert 1223), as it does when a result is longer than a message");

    private final List<Fact> facts;
    private final @Nullable StatusCode refusedWith;
    private final boolean isTooLongToSend;

    /**
     * @param facts where it is told
     * @param refusedWith the code with which the device refused the message that the commands were in; absent if it
     *     did not
     * @param isTooLongToSend whether a Get without an answer means that the device could not send one so long
     */
    Outcomes(List<Fact> facts, @Nullable StatusCode refusedWith, boolean isTooLongToSend) {
        this.facts = facts;
        this.refusedWith = refusedWith;
        this.isTooLongToSend = isTooLongToSend;
    }

    /** The session is over: tells the outcome if the device has answered, else that no answer will come. */
    void tellLast(InFlight task, @Nullable Sending sending) {
        boolean isChunk = sending != null && sending.isOf(task.jobId(), task.index());
        if (isChunk || task.commands().isEmpty()) {
            facts.add(new Fact.Unanswered(task.jobId(), task.index()));
            return;
        }
        Expected first = task.commands().getFirst();
        if (first.status() != null) {
            tell(task);
        } else if (first.kind().isGet() && isTooLongToSend) {
            facts.add(new Fact.Answered(task.jobId(), first.path(), TOO_LONG));
        } else {
            facts.add(new Fact.Unanswered(task.jobId(), task.index()));
        }
    }

    /** Tells the outcome of each command of a task; those without a Status get what can be concluded. */
    void tell(InFlight task) {
        for (Expected expected : task.commands()) {
            if (expected.kind() != Kind.CONTAINER) {
                tell(task, expected, outcome(task, expected));
            }
        }
        for (Expected expected : task.commands().reversed()) {
            if (expected.kind() == Kind.CONTAINER) {
                tell(task, expected, groupOutcome(task, expected));
            }
        }
    }

    private void tell(InFlight task, Expected expected, Outcome outcome) {
        facts.add(new Fact.Answered(task.jobId(), expected.path(), outcome));
        if (expected.kind() == Kind.READ && outcome.status().isSuccess() && !outcome.results().isEmpty()) {
            facts.add(new Fact.Learned(outcome.results()));
        }
    }

    private Outcome outcome(InFlight task, Expected expected) {
        StatusCode status = expected.status();
        if (status == null) {
            return expected.results().isEmpty()
                    ? unanswered(groupOf(task, expected))
                    : new Outcome(StatusCode.OK, expected.results(), "Results came, but no Status");
        }
        String detail = expected.detail();
        if (expected.kind().isGet() && status.isSuccess() && expected.results().isEmpty() && detail == null) {
            if (isTooLongToSend) {
                return TOO_LONG;
            }
            detail = "the device sent no Results";
        }
        return new Outcome(status, expected.results(), detail);
    }

    /** What is said of a command whose Status never came, though the device closed its package. */
    private Outcome unanswered(@Nullable Expected group) {
        if (refusedWith != null) {
            return Outcome.of(refusedWith, "the device refused the whole message");
        }
        StatusCode groupStatus = group == null ? null : group.status();
        return groupStatus != null && !groupStatus.isSuccess()
                ? Outcome.of(StatusCode.NOT_EXECUTED, "no Status; its group was answered " + groupStatus)
                : Outcome.of(StatusCode.COMMAND_FAILED, "the device closed its package without a Status on it");
    }

    private static @Nullable Expected groupOf(InFlight task, Expected inner) {
        Expected group = null;
        for (Expected expected : task.commands()) {
            if (expected.kind() == Kind.CONTAINER && inner.path().startsWith(expected.path() + ".")) {
                group = expected;
            }
        }
        return group;
    }

    private Outcome groupOutcome(InFlight task, Expected group) {
        StatusCode status = group.status();
        if (status != null) {
            return new Outcome(status, group.results(), group.detail());
        }
        if (refusedWith != null) {
            return Outcome.of(refusedWith, "the device refused the whole message");
        }
        boolean isAnswered = false;
        boolean isFailed = false;
        for (Expected expected : task.commands()) {
            StatusCode inner = expected.status();
            if (inner != null && expected.path().startsWith(group.path() + ".")) {
                isAnswered = true;
                isFailed |= !inner.isSuccess();
            }
        }
        if (!isAnswered) {
            return unanswered(null);
        }
        boolean isAtomic = group.verb().equals("Atomic");
        return Outcome.of(isFailed && isAtomic ? StatusCode.ATOMIC_FAILED : StatusCode.OK,
                "no Status on the group; concluded from those inside it");
    }
}
