package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.Address;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Mounts.Mount;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.Applied.Answer;
import dev.grove.tree.edit.Journal.Committed;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.tree.edit.Workspace.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does operations on a tree: takes a tree and what somebody asks for, gives the tree from now on and the exact outcome
 * ([TND 1.2 §7], [REPPRO 1.2 §6.6]). Whatever a peer asks, the answer is a value; nothing is thrown.
 *
 * <p>Each operation is done as a whole or not at all, mounted objects included. User interactions are not its business
 * and get 406; an engine that shows alerts in the midst of an Atomic drives {@link #atomic} step by step.
 *
 * <p>Holds no state of its own. Mounted objects are called from the thread that calls this.
 */
public final class TreeEditor {

    private final Workspace.Ground ground;

    public TreeEditor(TreeSetup setup) {
        this.ground = Workspace.Ground.of(setup);
    }

    /** What is known of the tree's nodes: of mounted objects, and of all others. */
    public Description description() {
        return ground.description();
    }

    /** The tree as it is now at {@code uri} and below: what mounted objects hold is drawn in. */
    public Tree drawn(Tree tree, NodeUri uri, Instant now) {
        Workspace work = new Workspace(ground, tree, new Occasion(Requester.DEVICE, now, false));
        work.loadAll(uri);
        return work.tree();
    }

    /**
     * The tree as it is now, and of mounted objects the interior nodes that they describe: enough to see which objects
     * there are. What is not described, such as files of a folder, is not read.
     */
    public Tree outlined(Tree tree, Instant now) {
        Workspace work = new Workspace(ground, tree, new Occasion(Requester.DEVICE, now, false));
        work.loadDescribed(NodeUri.ROOT);
        return work.tree();
    }

    /** Does {@code operation}. A Get leaves the tree as it is, even if mounted objects have changed meanwhile. */
    public Applied apply(Tree tree, Operation operation, Requester who, Instant now) {
        if (operation instanceof Operation.Atomic(List<Operation> members)) {
            return atomic(tree, members, who, now);
        }
        if (operation instanceof Operation.Sequence(List<Operation> members)) {
            return sequence(tree, members, who, now);
        }
        return single(tree, operation, who, now);
    }

    /** An Atomic, to be done step by step. */
    public AtomicRun atomic(Tree tree, Requester who, Instant now) {
        return new AtomicRun(tree, new Workspace(ground, tree, new Occasion(who, now, true)));
    }

    private Applied atomic(Tree tree, List<Operation> members, Requester who, Instant now) {
        AtomicRun run = atomic(tree, who, now);
        members.forEach(run::step);
        return run.finish();
    }

    /** A member that fails does not stop those behind it; only the user does, and that is the engine's business. */
    private Applied sequence(Tree tree, List<Operation> members, Requester who, Instant now) {
        List<Answer> answers = new ArrayList<>();
        Tree current = tree;
        for (Operation member : members) {
            Applied applied = apply(current, member, who, now);
            answers.add(applied.answer());
            current = applied.tree();
        }
        return new Applied(current, new Answer(NodeChanges.OK, answers));
    }

    private Applied single(Tree tree, Operation operation, Requester who, Instant now) {
        Workspace work = new Workspace(ground, tree, new Occasion(who, now, false));
        Outcome outcome = run(work, operation);
        if (operation instanceof Operation.Get || !outcome.status().isSuccess()) {
            return new Applied(tree, Answer.of(outcome));
        }
        Optional<Outcome> refusal = work.journal().check(0);
        if (refusal.isPresent()) {
            return new Applied(tree, Answer.of(refusal.get()));
        }
        Committed committed = work.journal().commit();
        if (operation instanceof Operation.Exec || !committed.isDone()) {
            return new Applied(tree, Answer.of(committed.outcomes().getLast()));
        }
        return new Applied(work.tree(), Answer.of(outcome));
    }

    /** Does one operation in the workspace; which is as before if the outcome is no success. */
    static Outcome run(Workspace work, Operation operation) {
        Workspace.Mark mark = work.mark();
        Outcome outcome = switch (operation) {
            case Operation.Get get -> at(work, get.target(), (uri, part) -> get(work, uri, part));
            case Operation.Add add -> at(work, add.target(), (uri, part) -> switch (part) {
                case Address.Itself _ -> new Grafting(work).add(uri, add.value());
                case Address.Property p -> new PropertyAccess(work).refuseOther(p.name());
                case Address.Listing _ -> onlyInGet();
            });
            case Operation.Replace replace -> at(work, replace.target(), (uri, part) -> switch (part) {
                case Address.Itself _ -> new Grafting(work).replace(uri, replace.value());
                case Address.Property p -> new PropertyAccess(work).replace(uri, p.name(), replace.value());
                case Address.Listing _ -> onlyInGet();
            });
            case Operation.Delete delete -> delete(work, delete.target());
            case Operation.Copy copy -> copy(work, copy);
            case Operation.Exec exec -> at(work, exec.target(), (uri, part) -> switch (part) {
                case Address.Itself _ -> exec(work, uri, exec);
                case Address.Property p -> new PropertyAccess(work).refuseOther(p.name());
                case Address.Listing _ -> onlyInGet();
            });
            case Operation.Atomic _ -> Outcome.of(StatusCode.COMMAND_FAILED, "an Atomic cannot stand here");
            case Operation.Sequence _ -> Outcome.of(StatusCode.COMMAND_FAILED, "a Sequence cannot stand here");
            case Operation.Interaction _ -> unsupported("user interaction");
            case Operation.Service _ -> unsupported("a command of DM 2.0");
        };
        if (!outcome.status().isSuccess()) {
            work.restore(mark);
        }
        return outcome;
    }

    /** What to do with the node and the part of it that an address means. */
    private interface Action {
        Outcome apply(NodeUri uri, Address.Part part);
    }

    private static Outcome at(Workspace work, Address address, Action action) {
        return switch (address) {
            case Address.Absolute(NodeUri uri, Address.Part part) -> {
                // Before anything is looked for: a URI beyond the limits is not looked up.
                Optional<Outcome> refusal = work.setup.limits().refuse(uri, part.suffix());
                yield refusal.orElseGet(() -> action.apply(work.spelled(uri), part));
            }
            case Address.Relative relative -> switch (new RelativeAddress(work).one(relative)) {
                case RelativeAddress.Found.Nothing(Outcome outcome) -> outcome;
                case RelativeAddress.Found.Roots(List<NodeUri> uris) -> {
                    NodeUri uri = uris.getFirst().resolve(relative.path());
                    Optional<Outcome> refusal = work.setup.limits().refuse(uri, relative.part().suffix());
                    yield refusal.orElseGet(() -> action.apply(work.spelled(uri), relative.part()));
                }
            };
            case Address.Client _ -> unsupported("a ClientURI (DM 2.0 §6.1)");
        };
    }

    private static Outcome get(Workspace work, NodeUri uri, Address.Part part) {
        return switch (part) {
            case Address.Itself _ -> new Reading(work).get(uri);
            case Address.Property(String name) -> new PropertyAccess(work).get(uri, name);
            case Address.Listing(String form) -> new Listing(work).get(uri, form);
        };
    }

    /** Without part B, a relative address means all objects of the identifier ([DMPRO 1.3 §5.2]). */
    private static Outcome delete(Workspace work, Address target) {
        if (!(target instanceof Address.Relative relative) || !relative.path().isRoot()
                || !(relative.part() instanceof Address.Itself)) {
            return at(work, target, (uri, part) -> switch (part) {
                case Address.Itself _ -> new NodeChanges(work).delete(uri);
                case Address.Property p -> new PropertyAccess(work).refuseOther(p.name());
                case Address.Listing _ -> onlyInGet();
            });
        }
        return switch (new RelativeAddress(work).some(relative)) {
            case RelativeAddress.Found.Nothing(Outcome outcome) -> outcome;
            case RelativeAddress.Found.Roots(List<NodeUri> uris) -> deleteAll(work, uris);
        };
    }

    private static Outcome deleteAll(Workspace work, List<NodeUri> uris) {
        for (NodeUri uri : uris) {
            // An object inside another one is gone with it.
            Outcome outcome = work.tree().has(uri) ? new NodeChanges(work).delete(uri) : NodeChanges.OK;
            if (!outcome.status().isSuccess()) {
                return outcome;
            }
        }
        return NodeChanges.OK;
    }

    private static Outcome copy(Workspace work, Operation.Copy copy) {
        if (!work.setup.rules().has(Feature.COPY)) {
            return unsupported("Copy");
        }
        return at(work, copy.from(), (from, fromPart) -> at(work, copy.to(), (to, toPart) -> {
            if (!(fromPart instanceof Address.Itself) || !(toPart instanceof Address.Itself)) {
                return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "only leaves are copied (REPPRO 6.6)");
            }
            return new NodeChanges(work).copy(from, to);
        }));
    }

    private static Outcome exec(Workspace work, NodeUri uri, Operation.Exec exec) {
        if (!work.setup.rules().has(Feature.EXEC)) {
            return unsupported("Exec");
        }
        if (work.at(uri).isEmpty()) {
            return NodeChanges.notFound(uri);
        }
        NodeChanges nodes = new NodeChanges(work);
        Optional<Outcome> refusal = new AccessControl(work).refuse(Right.EXEC, uri)
                .or(() -> nodes.refuseByDescription(uri, Access.EXEC));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Mount> mount = work.setup.mounts().covering(uri);
        if (mount.isEmpty()) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "there is nothing to execute at " + uri);
        }
        work.journal().noteExec(new Journal.Entry.ToExec(mount.get(), mount.get().inside(uri), exec.argument(),
                exec.correlator()));
        return NodeChanges.OK;
    }

    private static Outcome onlyInGet() {
        return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "?list= is for Get only (TND 7.6)");
    }

    private static Outcome unsupported(String what) {
        return Outcome.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, what + " is not supported here");
    }
}
