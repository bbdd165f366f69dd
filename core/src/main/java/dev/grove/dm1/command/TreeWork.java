package dev.grove.dm1.command;

import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.AtomicRun;
import dev.grove.tree.edit.Requester;
import dev.grove.tree.edit.TreeEditor;
import java.time.Instant;
import java.util.List;

/** The tree as it grows while the commands of one message are carried out for one server. */
public final class TreeWork {

    private final TreeEditor editor;
    private final Requester server;
    private final Instant now;
    private Tree tree;

    /** @param server whose rights count */
    public TreeWork(TreeEditor editor, Tree tree, Requester server, Instant now) {
        this.editor = editor;
        this.tree = tree;
        this.server = server;
        this.now = now;
    }

    /** The tree as it is now. */
    public Tree tree() {
        return tree;
    }

    Outcome apply(Operation operation) {
        Applied applied = editor.apply(tree, operation, server, now);
        tree = applied.tree();
        return applied.outcome();
    }

    AtomicRun atomic() {
        return editor.atomic(tree, server, now);
    }

    /** Ends an Atomic: the outcomes of its steps as they are now, and its own first. */
    Applied finish(AtomicRun run) {
        Applied applied = run.finish();
        tree = applied.tree();
        return applied;
    }

    /** The outcomes of the steps of a finished Atomic, in order. */
    static List<Outcome> outcomes(Applied applied) {
        return applied.parts().stream().map(Applied.Answer::outcome).toList();
    }
}
