package dev.grove.dm1.command;

import dev.grove.dm1.command.CommandAnswer.Part;
import dev.grove.dm1.command.ItemReader.Reading;
import dev.grove.dm1.command.UserAnswer.Effect;
import dev.grove.dm1.exchange.LargeObject.Step;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out the commands of one message in their order ([REPPRO 1.2 §6.6], [DMPRO 1.3 §8, §10]): translates each item
 * into an operation on the tree, asks the user where an alert wants it, and gives every command its answer.
 *
 * <p>For one message; it remembers whether the user has stopped everything.
 */
public final class CommandRunner {

    /**
     * What the runner works with.
     *
     * @param encoding of the message that brings the commands
     * @param maxResultBytes the largest object that the server takes; a larger result is refused by 413
     * @param fits whether the answer to an Atomic can be sent; if not, it is rolled back and answered by 517
     */
    public record Setup(Profile profile, Encoding encoding, UserInterface user, Chunks chunks, long maxResultBytes,
            AnswerTest fits) {}

    /** Decides on an answer before it is final. */
    public interface AnswerTest {

        /** Whether the answer may stand. */
        boolean passes(CommandAnswer answer);
    }

    private final Setup setup;
    private final TreeWork tree;
    private final ItemReader items;
    private final AlertDesk alerts;
    private final Set<String> seenIds = new HashSet<>();
    private boolean stopped;

    public CommandRunner(Setup setup, TreeWork tree) {
        this.setup = setup;
        this.tree = tree;
        this.items = new ItemReader(setup.profile(), setup.encoding());
        this.alerts = new AlertDesk(setup.profile(), setup.user());
    }

    /** The answers to {@code commands}, in their order; Status and Results get none. */
    public List<CommandAnswer> run(List<Command> commands) {
        List<CommandAnswer> answers = new ArrayList<>();
        for (Command command : commands) {
            if (!(command instanceof Command.Status || command instanceof Command.Results)) {
                answers.add(stopped ? CommandAnswer.uniform(command, StatusCode.NOT_EXECUTED) : inBody(command));
            }
        }
        return answers;
    }

    private CommandAnswer inBody(Command command) {
        if (!(command instanceof WithItems)) {
            setup.chunks().pass(command);
        }
        if (!hasGoodId(command)) {
            return CommandAnswer.refused(command, StatusCode.BAD_REQUEST, StatusCode.NOT_EXECUTED);
        }
        return switch (command) {
            case Atomic atomic -> new AtomicRunner(this, tree).run(atomic, atomic.meta());
            case Sequence sequence -> sequence(sequence);
            case Alert alert -> alert(alert);
            case WithItems with -> withItems(with, with.meta(), true);
            case Command.Unknown unknown -> CommandAnswer.uniform(unknown, ItemReader.statusOf(unknown));
            case Command.Status _ -> throw new IllegalStateException("a Status is no command to carry out");
        };
    }

    /** Every command has an id of its own, and 0 is the header's ([REPPRO 1.2 §6.1]). */
    boolean hasGoodId(Command command) {
        return !command.cmdId().isEmpty() && !command.cmdId().equals(Command.Status.OF_HEADER)
                && seenIds.add(command.cmdId());
    }

    // ---- Sequence

    private CommandAnswer sequence(Sequence sequence) {
        List<CommandAnswer> answers = new ArrayList<>();
        boolean bypassed = false;
        for (Command child : sequence.commands()) {
            if (bypassed || stopped) {
                answers.add(CommandAnswer.uniform(child, StatusCode.NOT_EXECUTED));
                continue;
            }
            CommandAnswer answer = inSequence(child, sequence.meta());
            answers.add(answer);
            bypassed = isRejection(answer);
        }
        return CommandAnswer.of(sequence, StatusCode.OK, answers);
    }

    private CommandAnswer inSequence(Command child, Meta scope) {
        if (!hasGoodId(child)) {
            return CommandAnswer.refused(child, StatusCode.BAD_REQUEST, StatusCode.NOT_EXECUTED);
        }
        return switch (child) {
            case Atomic atomic -> new AtomicRunner(this, tree).run(atomic, atomic.meta().within(scope));
            case Sequence nested ->
                CommandAnswer.refused(nested, StatusCode.COMMAND_FAILED, StatusCode.NOT_EXECUTED);
            case Alert alert -> alert(alert);
            case WithItems with -> withItems(with, with.meta().within(scope), false);
            case Command.Unknown unknown -> CommandAnswer.uniform(unknown, ItemReader.statusOf(unknown));
            case Command.Status status -> CommandAnswer.uniform(status, StatusCode.BAD_REQUEST);
        };
    }

    /** "No" bypasses the rest of the Sequence in which it was asked ([DMPRO 1.3 §10.2.2]). */
    private static boolean isRejection(CommandAnswer answer) {
        return answer.command() instanceof Alert
                && answer.parts().getFirst().status().equals(StatusCode.NOT_MODIFIED);
    }

    // ---- single commands

    private CommandAnswer alert(Alert alert) {
        UserAnswer answer = ask(alert);
        Part part = new Part(null, Outcome.of(answer.status()), answer.items());
        return new CommandAnswer(alert, List.of(part), List.of());
    }

    /** Asks the user; whoever cancels stops all that is left of the message ([DMPRO 1.3 §10.2]). */
    UserAnswer ask(Alert alert) {
        UserAnswer answer = alerts.answer(alert);
        stopped |= answer.effect() == Effect.STOPPED;
        return answer;
    }

    private CommandAnswer withItems(WithItems command, Meta meta, boolean mayBeChunked) {
        List<Part> parts = new ArrayList<>();
        for (Item item : command.items()) {
            parts.add(part(command, item, item.meta().within(meta), mayBeChunked));
        }
        if (parts.isEmpty()) {
            setup.chunks().interrupt();
            return CommandAnswer.uniform(command, StatusCode.BAD_REQUEST);
        }
        return new CommandAnswer(command, parts, List.of());
    }

    private Part part(WithItems command, Item item, Meta meta, boolean mayBeChunked) {
        if (!mayBeChunked) {
            return item.moreData() ? Part.of(item, StatusCode.BAD_REQUEST) : whole(command, item, meta);
        }
        return switch (setup.chunks().take(command, item, meta)) {
            case Step.Chunk(var _, StatusCode status) -> Part.of(item, status);
            case Step.Lost(StatusCode status, String reason) ->
                new Part(item, Outcome.of(status, reason), List.of());
            case Step.Whole(Item all) -> whole(command, all, all.meta().within(meta));
        };
    }

    private Part whole(WithItems command, Item item, Meta meta) {
        return switch (items.read(command, item, meta)) {
            case Reading.Wanted(Operation operation) ->
                new Part(item, asAsked(item, limited(tree.apply(operation))), List.of());
            case Reading.Refused(StatusCode status, String reason) ->
                new Part(item, Outcome.of(status, reason), List.of());
        };
    }

    /** No object larger than the server takes may be sent to it ([DMPRO 1.3 §7]). */
    private Outcome limited(Outcome outcome) {
        boolean isTooLarge = outcome.results().stream()
                .anyMatch(result -> result.value().data().length() > setup.maxResultBytes());
        return isTooLarge ? Outcome.of(StatusCode.REQUEST_ENTITY_TOO_LARGE) : outcome;
    }

    /** A single result bears the URI that the server wrote, so that it finds its own words again. */
    private static Outcome asAsked(Item item, Outcome outcome) {
        if (outcome.results().size() != 1 || item.targetParent() != null || item.target() == null) {
            return outcome;
        }
        Outcome.Result only = outcome.results().getFirst();
        String asked = item.target().uri();
        boolean isList = asked.contains("?list=");
        return isList ? outcome
                : new Outcome(outcome.status(), List.of(new Outcome.Result(asked, only.value())), outcome.detail());
    }

    ItemReader items() {
        return items;
    }

    AnswerTest fits() {
        return setup.fits();
    }

    Profile profile() {
        return setup.profile();
    }
}
