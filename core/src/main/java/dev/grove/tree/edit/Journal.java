package dev.grove.tree.edit;

import dev.grove.tree.ManagementObject.Change;
import dev.grove.tree.Mounts.Mount;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to mounted objects, in order. Nothing is done before {@link #commit}: each entry is checked by
 * its object as soon as its operation is through, all are applied at the end, and when one fails those before it are
 * undone, last first.
 */
final class Journal {

    /** Something to do. */
    sealed interface Entry {

        /** A change, and the changes that take it back; none if that is impossible. */
        record ToChange(Mount mount, Change change, List<Change> undo) implements Entry {}

        /** An Exec; what it did cannot be taken back. */
        record ToExec(Mount mount, NodeUri path, @Nullable Value argument,
                @Nullable String correlator) implements Entry {}
    }

    /**
     * How a commit ended.
     *
     * @param outcomes of the entries in order, up to the one that failed
     * @param notUndone indices of entries that were applied and could not be taken back
     */
    record Committed(List<Outcome> outcomes, boolean isDone, Set<Integer> notUndone) {
        /** Index of the entry that failed. */
        int failed() {
            return outcomes.size() - 1;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Set<NodeUri> writeOnly = new HashSet<>();

    void cannotRestore(NodeUri uri) {
        writeOnly.add(uri);
    }

    boolean canRestore(NodeUri uri) {
        return !writeOnly.contains(uri);
    }

    void note(Mount mount, Change change, List<Change> undo) {
        entries.add(new Entry.ToChange(mount, change, undo));
    }

    void noteExec(Entry.ToExec exec) {
        entries.add(exec);
    }

    int size() {
        return entries.size();
    }

    /** Forgets all entries from index {@code size} on. */
    void cut(int size) {
        entries.subList(size, entries.size()).clear();
    }

    /** Asks the objects of the entries from index {@code from} on; the first refusal, if there is one. */
    Optional<Outcome> check(int from) {
        for (Entry entry : entries.subList(from, entries.size())) {
            if (entry instanceof Entry.ToChange planned) {
                StatusCode status = planned.mount().object().check(planned.change());
                if (!status.isSuccess()) {
                    NodeUri uri = planned.mount().at().resolve(planned.change().path());
                    return Optional.of(Outcome.of(status, uri.toString()));
                }
            }
        }
        return Optional.empty();
    }

    /** Does everything, or takes back what was done. */
    Committed commit() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Entry entry : entries) {
            Outcome outcome = switch (entry) {
                case Entry.ToChange change -> Outcome.of(change.mount().object().apply(change.change()));
                case Entry.ToExec exec ->
                    exec.mount().object().exec(exec.path(), exec.argument(), exec.correlator());
            };
            outcomes.add(outcome);
            if (!outcome.status().isSuccess()) {
                return new Committed(outcomes, false, undo(outcomes.size() - 1));
            }
        }
        return new Committed(outcomes, true, Set.of());
    }

    private Set<Integer> undo(int failed) {
        Set<Integer> notUndone = new HashSet<>();
        for (int i = failed - 1; i >= 0; i--) {
            if (!isUndone(entries.get(i))) {
                notUndone.add(i);
            }
        }
        return notUndone;
    }

    private static boolean isUndone(Entry entry) {
        return switch (entry) {
            case Entry.ToChange done -> !done.undo().isEmpty()
                    && done.undo().stream().allMatch(back -> done.mount().object().apply(back).isSuccess());
            case Entry.ToExec done -> false;
        };
    }
}
