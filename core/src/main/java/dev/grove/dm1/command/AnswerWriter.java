package dev.grove.dm1.command;

import dev.grove.dm1.command.CommandAnswer.Part;
import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Meta;
import dev.grove.tree.Format;
import dev.grove.tree.Outcome.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as Status and Results ([REPPRO 1.2 §7, §10]): the container's Status before those of its commands, and
 * Results after the Status they belong to. The commands have no CmdID yet.
 *
 * @param msgRef id of the message that is answered
 */
public record AnswerWriter(Profile profile, Encoding encoding, String msgRef) {

    /** The Statuses and Results of {@code answers}, in order. */
    public List<Command> write(List<CommandAnswer> answers) {
        List<Command> written = new ArrayList<>();
        answers.forEach(answer -> write(answer, written));
        return written;
    }

    private void write(CommandAnswer answer, List<Command> written) {
        List<Part> parts = answer.parts();
        if (areAlike(parts)) {
            Item named = parts.size() == 1 ? parts.getFirst().item() : null;
            written.add(status(answer.command(), named, parts.getFirst()));
        } else {
            parts.forEach(part -> written.add(status(answer.command(), part.item(), part)));
        }
        List<Item> results = parts.stream()
                .flatMap(part -> part.outcome().results().stream().map(result -> item(part, result))).toList();
        if (!results.isEmpty()) {
            written.add(new Results("", msgRef, answer.command().cmdId(), Meta.NONE, null, null, results));
        }
        answer.children().forEach(child -> write(child, written));
    }

    /** One Status may speak for all items if all codes are equal and none has something of its own to say. */
    private static boolean areAlike(List<Part> parts) {
        return parts.size() == 1 || (parts.stream().map(Part::status).distinct().count() == 1
                && parts.stream().allMatch(part -> said(part).isEmpty()));
    }

    private Status status(Command command, @Nullable Item item, Part part) {
        String error = profile.has(Quirk.ORIGINAL_ERROR) && !part.status().isSuccess()
                ? OriginalError.of(part.outcome())
                : null;
        return new Status("", msgRef, command.cmdId(), command.name(), target(item), source(item), null, null,
                part.status(), error, said(part));
    }

    private static List<String> target(@Nullable Item item) {
        return item == null || item.target() == null ? List.of() : List.of(item.target().uri());
    }

    private static List<String> source(@Nullable Item item) {
        return item == null || item.source() == null ? List.of() : List.of(item.source().uri());
    }

    /** What the user said, or the interior node that could not be made on the way ([REPPRO 1.2 §6.6.1]). */
    private static List<Item> said(Part part) {
        String detail = part.outcome().detail();
        if (detail == null || part.status().isSuccess() || part.item() == null || part.item().target() == null) {
            return part.said();
        }
        boolean isNodeAbove = isAbove(detail, part.item().target().uri());
        return isNodeAbove ? List.of(Item.at(detail, Meta.NONE, null)) : part.said();
    }

    /** The detail of an outcome is the URI of a node, or a sentence for people. */
    private static boolean isAbove(String detail, String target) {
        return detail.startsWith("./") && (target.startsWith("./") ? target : "./" + target).startsWith(detail + "/");
    }

    /** A list of structure has no data but that of leaves, if any ([TND 1.2 §7.6]); elsewhere nothing is empty data. */
    private Item item(Part part, Result result) {
        ItemValue value = ItemValue.of(result.value(), encoding);
        String asked = part.item() == null || part.item().target() == null ? "" : part.item().target().uri();
        boolean isList = asked.contains("?list=");
        boolean isInterior = result.value().format() == Format.NODE;
        Data data = value.data();
        if (asked.endsWith("?list=Struct") || (isList && isInterior)) {
            data = null;
        } else if (data == null && isInterior) {
            data = Data.of("");
        }
        return Item.from(result.uri(), value.meta(), data);
    }
}
