package dev.grove.dm1;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Short words for commands, to write scripts with and to read answers by. */
final class Say {

    private Say() {}

    static Alert alert(int cmdId, int code, Item... items) {
        return new Alert(Integer.toString(cmdId), new AlertCode(code), null, List.of(items));
    }

    static Replace devInfo(int cmdId) {
        return new Replace(Integer.toString(cmdId), Meta.NONE,
                List.of(Item.from("./DevInfo/DevId", Meta.NONE, Data.of(ScriptedDevice.ID)),
                        Item.from("./DevInfo/Man", Meta.NONE, Data.of("Device Factory, Inc."))));
    }

    static Status header(int msgRef, int code) {
        return status(1, msgRef + "/0", "SyncHdr", code);
    }

    /** @param ref {@code MsgRef/CmdRef} */
    static Status status(int cmdId, String ref, String cmd, int code) {
        return new Status(Integer.toString(cmdId), ref.substring(0, ref.indexOf('/')),
                ref.substring(ref.indexOf('/') + 1), cmd, List.of(), List.of(), null, null, new StatusCode(code), null,
                List.of());
    }

    /** A Status on a user interaction, with what the user said. */
    static Status answered(int cmdId, String ref, int code, String... texts) {
        Status status = status(cmdId, ref, "Alert", code);
        List<Item> items = new ArrayList<>();
        for (String text : texts) {
            items.add(Item.of(text));
        }
        return new Status(status.cmdId(), status.msgRef(), status.cmdRef(), status.cmd(), List.of(), List.of(), null,
                null, status.code(), null, items);
    }

    static Results results(int cmdId, int msgRef, int cmdRef, Item... items) {
        return new Results(Integer.toString(cmdId), Integer.toString(msgRef), Integer.toString(cmdRef), Meta.NONE, null,
                null, List.of(items));
    }

    static Item value(String uri, String text) {
        return Item.from(uri, Meta.NONE, Data.of(text));
    }

    static Item chunk(String uri, String text, int size) {
        Meta meta = size < 0 ? Meta.NONE : Meta.NONE.withSize((long) size);
        return new Item(null, new Location(uri), null, null, meta, Data.of(text), true);
    }

    /** A line such as {@code Status 1/0 SyncHdr 212} or {@code 3 Get ./DevInfo/Man}. */
    static String line(Command command) {
        return switch (command) {
            case Status s -> "Status " + s.msgRef() + "/" + s.cmdRef() + " " + s.cmd() + " " + s.code()
                    + (s.chal() == null ? "" : " Chal " + s.chal().type());
            case Alert a -> a.cmdId() + " Alert " + a.code().code()
                    + a.items().stream().map(Say::item).collect(Collectors.joining());
            case Atomic a -> a.cmdId() + " Atomic" + lines(a.commands());
            case Sequence s -> s.cmdId() + " Sequence" + lines(s.commands());
            case WithItems w -> w.cmdId() + " " + w.name()
                    + w.items().stream().map(Say::item).collect(Collectors.joining());
            case Unknown u -> u.cmdId() + " " + u.name();
        };
    }

    private static String lines(List<Command> commands) {
        return commands.stream().map(Say::line).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String item(Item item) {
        StringBuilder line = new StringBuilder();
        if (item.source() != null) {
            line.append(" from ").append(item.source().uri());
        }
        if (item.targetParent() != null) {
            line.append(" in ").append(item.targetParent());
        }
        if (item.target() != null) {
            line.append(" ").append(item.target().uri());
        }
        if (item.data() != null) {
            line.append(" '").append(item.data().text()).append("'");
        }
        return line.append(item.moreData() ? " …" : "").toString();
    }
}
