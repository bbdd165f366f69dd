package dev.grove.dm1.command;

import dev.grove.syncml.Command;
import dev.grove.syncml.Item;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command: one part for each of its items, or one for the command as a whole; for Atomic and Sequence
 * also the answers of the commands inside ([REPPRO 1.2 §7]).
 */
public record CommandAnswer(Command command, List<Part> parts, List<CommandAnswer> children) {

    /**
     * What came of an item.
     *
     * @param item absent if the command as a whole is meant
     * @param said items of the Status: what the user said
     */
    public record Part(@Nullable Item item, Outcome outcome, List<Item> said) {

        public Part {
            said = List.copyOf(said);
        }

        static Part of(@Nullable Item item, StatusCode status) {
            return new Part(item, Outcome.of(status), List.of());
        }

        /** The code of the outcome. */
        public StatusCode status() {
            return outcome.status();
        }
    }

    public CommandAnswer {
        parts = List.copyOf(parts);
        children = List.copyOf(children);
    }

    /** An answer without details to a command, and to every command inside it. */
    public static CommandAnswer uniform(Command command, StatusCode status) {
        return refused(command, status, status);
    }

    /** One status for the command and another one for every command inside it. */
    static CommandAnswer refused(Command command, StatusCode own, StatusCode inside) {
        List<Command> within = command instanceof Command.Container container ? container.commands() : List.of();
        return new CommandAnswer(command, List.of(Part.of(onlyItem(command), own)),
                within.stream().map(child -> uniform(child, inside)).toList());
    }

    /** The answer to a command that holds others. */
    static CommandAnswer of(Command.Container container, StatusCode own, List<CommandAnswer> children) {
        return new CommandAnswer(container, List.of(Part.of(null, own)), children);
    }

    /** The item of a command with exactly one, which a Status may name. */
    private static @Nullable Item onlyItem(Command command) {
        return command instanceof Command.WithItems with && with.items().size() == 1 ? with.items().getFirst() : null;
    }
}
