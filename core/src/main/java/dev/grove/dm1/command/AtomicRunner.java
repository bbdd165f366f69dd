package dev.grove.dm1.command;

import dev.grove.dm1.command.CommandAnswer.Part;
import dev.grove.dm1.command.ItemReader.Reading;
import dev.grove.dm1.command.UserAnswer.Effect;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.AtomicRun;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one Atomic ([REPPRO 1.2 §6.6.4]). The commands inside are taken in order, alerts included; what they did
 * is final only when all have succeeded, so their answers are drawn up provisionally and corrected at the end.
 */
final class AtomicRunner {

    private final CommandRunner runner;
    private final TreeWork tree;
    private final AtomicRun run;

    AtomicRunner(CommandRunner runner, TreeWork tree) {
        this.runner = runner;
        this.tree = tree;
        this.run = tree.atomic();
    }

    CommandAnswer run(Atomic atomic, Meta scope) {
        if (!runner.profile().commands().contains("Atomic")) {
            return CommandAnswer.refused(atomic, StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, StatusCode.NOT_EXECUTED);
        }
        List<CommandAnswer> provisional = inside(atomic.commands(), scope);
        boolean isTooLarge = !run.failed()
                && !runner.fits().passes(CommandAnswer.of(atomic, StatusCode.OK, provisional));
        if (isTooLarge) {
            run.outside(Outcome.of(StatusCode.ATOMIC_RESPONSE_TOO_LARGE));
        }
        Applied applied = tree.finish(run);
        StatusCode outcome = applied.outcome().status();
        Corrected corrected = new Corrected(TreeWork.outcomes(applied).iterator(), outcome.isSuccess());
        return CommandAnswer.of(atomic, isTooLarge ? StatusCode.ATOMIC_RESPONSE_TOO_LARGE : outcome,
                corrected.all(provisional));
    }

    // ---- one step for each item or alert, in order

    private List<CommandAnswer> inside(List<Command> commands, Meta scope) {
        List<CommandAnswer> answers = new ArrayList<>();
        for (Command command : commands) {
            answers.add(inside(command, scope));
        }
        return answers;
    }

    private CommandAnswer inside(Command command, Meta scope) {
        if (!runner.hasGoodId(command)) {
            return refused(command, StatusCode.BAD_REQUEST);
        }
        return switch (command) {
            case Sequence sequence ->
                CommandAnswer.of(sequence, StatusCode.OK, inside(sequence.commands(), sequence.meta().within(scope)));
            case Atomic nested -> refused(nested, StatusCode.COMMAND_FAILED);
            case Alert alert -> new CommandAnswer(alert, List.of(alert(alert)), List.of());
            case WithItems with when with.items().isEmpty() -> refused(with, StatusCode.BAD_REQUEST);
            case WithItems with -> new CommandAnswer(with,
                    with.items().stream().map(item -> item(with, item, item.meta().within(with.meta().within(scope))))
                            .toList(),
                    List.of());
            case Command.Unknown unknown -> refused(unknown, ItemReader.statusOf(unknown));
            case Command.Status status -> refused(status, StatusCode.BAD_REQUEST);
        };
    }

    private CommandAnswer refused(Command command, StatusCode status) {
        outside(Outcome.of(status));
        return CommandAnswer.refused(command, status, StatusCode.NOT_EXECUTED);
    }

    private Part alert(Alert alert) {
        if (run.failed()) {
            outside(Outcome.of(StatusCode.NOT_EXECUTED));
            return Part.of(null, StatusCode.NOT_EXECUTED);
        }
        UserAnswer answer = runner.ask(alert);
        Part part = new Part(null, Outcome.of(answer.status()), answer.items());
        // A display that the user closed is answered 214, but it has been shown.
        outside(answer.effect() == Effect.NONE && answer.status().isSuccess() ? Outcome.of(StatusCode.OK)
                : part.outcome());
        return part;
    }

    private Part item(WithItems command, Item item, Meta meta) {
        if (item.moreData()) {
            return refusedItem(item, Outcome.of(StatusCode.BAD_REQUEST, "a chunk in an Atomic (DMPRO 6.1)"));
        }
        return switch (runner.items().read(command, item, meta)) {
            case Reading.Wanted(Operation operation) ->
                new Part(item, run.step(operation).outcome(), List.of());
            case Reading.Refused(StatusCode status, String reason) -> refusedItem(item, Outcome.of(status, reason));
        };
    }

    private Part refusedItem(@Nullable Item item, Outcome outcome) {
        outside(outcome);
        return new Part(item, outcome, List.of());
    }

    private void outside(Outcome outcome) {
        run.outside(outcome);
    }

    // ---- the answers as they are in the end

    /**
     * Puts the final outcomes in the place of the provisional ones; they come in the same order.
     *
     * @param isDone whether the Atomic has succeeded
     */
    private record Corrected(Iterator<Outcome> outcomes, boolean isDone) {

        List<CommandAnswer> all(List<CommandAnswer> provisional) {
            return provisional.stream().map(this::one).toList();
        }

        private CommandAnswer one(CommandAnswer provisional) {
            if (provisional.command() instanceof Sequence sequence && !isRefusal(provisional)) {
                List<CommandAnswer> children = all(provisional.children());
                return CommandAnswer.of(sequence, statusOfSequence(children), children);
            }
            List<Part> parts = provisional.parts().stream().map(part -> corrected(provisional.command(), part))
                    .toList();
            return new CommandAnswer(provisional.command(), parts, provisional.children());
        }

        private static boolean isRefusal(CommandAnswer sequence) {
            return !sequence.parts().getFirst().status().isSuccess();
        }

        private Part corrected(Command command, Part part) {
            Outcome outcome = outcomes.next();
            if (isDone) {
                return command instanceof Alert ? part : new Part(part.item(), outcome, part.said());
            }
            return new Part(part.item(), outcome, List.of());
        }

        /** A Sequence that had begun is rolled back with all it holds. */
        private StatusCode statusOfSequence(List<CommandAnswer> children) {
            if (isDone) {
                return StatusCode.OK;
            }
            boolean hadBegun = !children.isEmpty()
                    && !children.getFirst().parts().getFirst().status().equals(StatusCode.NOT_EXECUTED);
            return hadBegun ? StatusCode.ATOMIC_ROLL_BACK_OK : StatusCode.NOT_EXECUTED;
        }
    }
}
