package dev.grove.tree.edit;

import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import java.util.List;

/**
 * What an operation has made of a tree.
 *
 * @param tree the tree from now on; the old one if nothing changed
 */
public record Applied(Tree tree, Answer answer) {

    /**
     * An outcome and, for Atomic and Sequence, those of the parts in order. The container's own outcome speaks only of
     * the container.
     */
    public record Answer(Outcome outcome, List<Answer> parts) {
        public Answer {
            parts = List.copyOf(parts);
        }

        public static Answer of(Outcome outcome) {
            return new Answer(outcome, List.of());
        }
    }

    public Outcome outcome() {
        return answer.outcome();
    }

    public List<Answer> parts() {
        return answer.parts();
    }
}
