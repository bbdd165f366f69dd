package dev.grove.syncml;

import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Copy;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.wire.Tag;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Small transformations of commands. */
final class Commands {

    private Commands() {}

    /** The element of a command. */
    static int tag(Command command) {
        return switch (command) {
            case Add add -> Tag.ADD;
            case Replace replace -> Tag.REPLACE;
            case Delete delete -> Tag.DELETE;
            case Copy copy -> Tag.COPY;
            case Get get -> Tag.GET;
            case Exec exec -> Tag.EXEC;
            case Alert alert -> Tag.ALERT;
            case Atomic atomic -> Tag.ATOMIC;
            case Sequence sequence -> Tag.SEQUENCE;
            case Results results -> Tag.RESULTS;
            case Status status -> Tag.STATUS;
            case Unknown unknown -> Tokens.UNKNOWN;
        };
    }

    /** The same command, its last item carrying {@code data}. */
    static Command withData(Command command, Data data) {
        return switch (command) {
            case Add c -> new Add(c.cmdId(), c.meta(), lastWith(c.items(), data));
            case Replace c -> new Replace(c.cmdId(), c.meta(), lastWith(c.items(), data));
            case Delete c -> new Delete(c.cmdId(), c.meta(), lastWith(c.items(), data));
            case Copy c -> new Copy(c.cmdId(), c.meta(), lastWith(c.items(), data));
            case Get c -> new Get(c.cmdId(), c.meta(), lastWith(c.items(), data));
            case Exec c -> new Exec(c.cmdId(), c.meta(), c.correlator(), lastWith(c.items(), data));
            case Alert c -> new Alert(c.cmdId(), c.code(), c.correlator(), lastWith(c.items(), data));
            case Results c -> new Results(c.cmdId(), c.msgRef(), c.cmdRef(), c.meta(), c.targetRef(), c.sourceRef(),
                    lastWith(c.items(), data));
            case Atomic c -> c;
            case Sequence c -> c;
            case Status c -> c;
            case Unknown c -> c;
        };
    }

    /** Whether the data of the last item is base64. */
    static boolean isBase64(Command command) {
        String format = switch (command) {
            case WithItems c -> c.items().getLast().meta().within(c.meta()).format();
            case Alert c -> c.items().getLast().meta().format();
            case Atomic c -> null;
            case Sequence c -> null;
            case Status c -> null;
            case Unknown c -> null;
        };
        return format != null && format.equalsIgnoreCase("b64");
    }

    private static List<Item> lastWith(List<Item> items, Data data) {
        List<Item> changed = new ArrayList<>(items);
        Item last = changed.removeLast();
        changed.add(new Item(last.target(), last.source(), last.sourceParent(), last.targetParent(), last.meta(), data,
                last.moreData()));
        return changed;
    }
}
