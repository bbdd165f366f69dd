package dev.grove.tree.edit;

import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.Applied.Answer;
import dev.grove.tree.edit.Journal.Committed;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All or nothing ([REPPRO 1.2 §6.6]): steps work on a copy, mounted objects check them at once and get them only at
 * the end. If a step fails the old tree stays, and those before it are answered 216, those after it 215; 516 for one
 * whose mounted object could not be set back.
 *
 * <p>For one thread, for one Atomic. Outcomes given before {@link #finish} are provisional.
 */
public final class AtomicRun {

    /** A step: its provisional answer, and where its entries stand in the journal. */
    private record Step(Answer answer, int journalFrom, int journalTo) {}

    private final Tree before;
    private final Workspace work;
    private final List<Step> steps = new ArrayList<>();
    private int failedAt = -1;

    AtomicRun(Tree before, Workspace work) {
        this.before = before;
        this.work = work;
    }

    /** Whether a step has failed, so that nothing will come of the whole. */
    public boolean failed() {
        return failedAt >= 0;
    }

    /** Does one more step, unless an earlier one has failed. */
    public Answer step(Operation operation) {
        if (failed()) {
            return noted(notExecuted(operation), work.journal().size());
        }
        int from = work.journal().size();
        Answer answer = supported() ? run(operation) : notExecuted(operation);
        if (!answer.outcome().status().isSuccess()) {
            failedAt = steps.size();
        }
        return noted(answer, from);
    }

    /** Takes part in what happened elsewhere, such as an alert: anything but success, also 304 and 214, fails. */
    public void outside(Outcome outcome) {
        boolean good = outcome.status().isSuccess() && !outcome.status().equals(StatusCode.OPERATION_CANCELLED)
                && !outcome.status().equals(StatusCode.NOT_EXECUTED);
        if (!good && !failed()) {
            failedAt = steps.size();
        }
        noted(Answer.of(outcome), work.journal().size());
    }

    private Answer noted(Answer answer, int from) {
        steps.add(new Step(answer, from, work.journal().size()));
        return answer;
    }

    private boolean supported() {
        return work.setup.rules().has(Feature.ATOMIC);
    }

    private Answer run(Operation operation) {
        return switch (operation) {
            case Operation.Get _ -> Answer.of(forbidden("Get"));
            case Operation.Atomic a -> new Answer(forbidden("Atomic"),
                    a.operations().stream().map(AtomicRun::notExecuted).toList());
            case Operation.Exec _ when !work.setup.rules().has(Feature.EXEC_IN_ATOMIC) -> Answer.of(forbidden("Exec"));
            case Operation.Sequence(List<Operation> members) -> sequence(members);
            case Operation.Add _ -> Answer.of(checked(operation));
            case Operation.Replace _ -> Answer.of(checked(operation));
            case Operation.Delete _ -> Answer.of(checked(operation));
            case Operation.Copy _ -> Answer.of(checked(operation));
            case Operation.Exec _ -> Answer.of(checked(operation));
            case Operation.Interaction _ -> Answer.of(checked(operation));
            case Operation.Service _ -> Answer.of(checked(operation));
        };
    }

    private static Outcome forbidden(String command) {
        return Outcome.of(StatusCode.COMMAND_FAILED, command + " cannot stand in an Atomic (REPPRO 6.6)");
    }

    private Outcome checked(Operation operation) {
        int from = work.journal().size();
        Workspace.Mark mark = work.mark();
        Outcome outcome = TreeEditor.run(work, operation);
        Optional<Outcome> refusal = work.journal().check(from);
        if (refusal.isPresent()) {
            work.restore(mark);
            return refusal.get();
        }
        return outcome;
    }

    /** Its members are members of the Atomic: the first that fails makes all fail. */
    private Answer sequence(List<Operation> members) {
        List<Answer> answers = new ArrayList<>();
        boolean good = true;
        for (Operation member : members) {
            Answer answer = good ? run(member) : notExecuted(member);
            good &= answer.outcome().status().isSuccess() && !isNotExecuted(answer);
            answers.add(answer);
        }
        return new Answer(good ? NodeChanges.OK : Outcome.of(StatusCode.COMMAND_FAILED), answers);
    }

    /** 215, for the members of a container as well. */
    private static Answer notExecuted(Operation operation) {
        return new Answer(Outcome.of(StatusCode.NOT_EXECUTED),
                members(operation).stream().map(AtomicRun::notExecuted).toList());
    }

    private static List<Operation> members(Operation operation) {
        if (operation instanceof Operation.Atomic(List<Operation> inner)) {
            return inner;
        }
        return operation instanceof Operation.Sequence(List<Operation> inner) ? inner : List.of();
    }

    /** Commits, or says what became of every step. The tree is the old one unless all went well. */
    public Applied finish() {
        if (!supported()) {
            return new Applied(before, new Answer(
                    Outcome.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, "Atomic is not supported here"), answers()));
        }
        if (failed()) {
            return rolledBack(Set.of());
        }
        Committed committed = work.journal().commit();
        for (int i = 0; i < steps.size(); i++) {
            steps.set(i, settled(steps.get(i), committed));
        }
        if (committed.isDone()) {
            return new Applied(work.tree(), new Answer(NodeChanges.OK, answers()));
        }
        failedAt = stepOf(committed.failed());
        return rolledBack(committed.notUndone());
    }

    /** What a mounted object said at the end, if it said more than "done", is the outcome of its step. */
    private static Step settled(Step step, Committed committed) {
        for (int i = step.journalFrom(); i < step.journalTo() && i < committed.outcomes().size(); i++) {
            Outcome outcome = committed.outcomes().get(i);
            if (!outcome.status().equals(StatusCode.OK)) {
                return new Step(new Answer(outcome, step.answer().parts()), step.journalFrom(), step.journalTo());
            }
        }
        return step;
    }

    private List<Answer> answers() {
        return steps.stream().map(Step::answer).toList();
    }

    private int stepOf(int entry) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).journalFrom() <= entry && entry < steps.get(i).journalTo()) {
                return i;
            }
        }
        throw new IllegalStateException("journal entry " + entry + " belongs to no step");
    }

    private Applied rolledBack(Set<Integer> notUndone) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean stuck = notUndone.stream().anyMatch(e -> step.journalFrom() <= e && e < step.journalTo());
            StatusCode taken = stuck ? StatusCode.ATOMIC_ROLL_BACK_FAILED : StatusCode.ATOMIC_ROLL_BACK_OK;
            answers.add(i < failedAt ? taken(step.answer(), taken)
                    : i == failedAt ? failing(step.answer()) : notExecuted(step.answer()));
        }
        StatusCode cause = steps.get(failedAt).answer().outcome().status();
        boolean byUser = cause.equals(StatusCode.NOT_MODIFIED) || cause.equals(StatusCode.OPERATION_CANCELLED);
        return new Applied(before,
                new Answer(Outcome.of(byUser ? StatusCode.NOT_EXECUTED : StatusCode.ATOMIC_FAILED), answers));
    }

    /** A failing Sequence has been begun and is taken back, and so are its members before the one that failed. */
    private static Answer failing(Answer answer) {
        boolean sequence = answer.parts().stream().anyMatch(part -> !isNotExecuted(part));
        if (!sequence) {
            return answer;
        }
        List<Answer> parts = answer.parts().stream()
                .map(part -> part.outcome().status().isSuccess() && !isNotExecuted(part)
                        ? taken(part, StatusCode.ATOMIC_ROLL_BACK_OK)
                        : failing(part))
                .toList();
        return new Answer(Outcome.of(StatusCode.ATOMIC_ROLL_BACK_OK), parts);
    }

    private static boolean isNotExecuted(Answer answer) {
        return answer.outcome().status().equals(StatusCode.NOT_EXECUTED);
    }

    private static Answer taken(Answer answer, StatusCode status) {
        return new Answer(Outcome.of(status), answer.parts().stream().map(part -> taken(part, status)).toList());
    }

    private static Answer notExecuted(Answer answer) {
        return new Answer(Outcome.of(StatusCode.NOT_EXECUTED),
                answer.parts().stream().map(AtomicRun::notExecuted).toList());
    }
}
