package dev.grove.dm1.client;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
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
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes commands of every kind that a server could send, sensible or not, each with an id of its own. */
final class AnyCommands {

    private static final List<String> URIS = List.of("./A/B", "./A/C", "./A/N1", "./A/N2/X", "./A", ".", "./DevInfo",
            "./DevInfo/Man", "A/B", "./A/B?prop=Title", "./A/B?prop=ACL", "./A?list=Struct", "./A?list=TNDS", "/bad",
            "", "./A//B", "./A/%zz", "./Nothing/Here");
    private static final List<String> TEXTS = List.of("", "x", "Get=*&Replace=*", "123", "true", "AQID", "<a/>",
            "y".repeat(700));
    private static final List<String> FORMATS = List.of("chr", "int", "bool", "bin", "b64", "node", "null", "xml",
            "float", "colour");
    private static final int[] ALERTS = {1100, 1101, 1102, 1103, 1104, 1200, 1222, 1224, 1225, 1226, 1299, -1};

    private final RandomGenerator luck;
    private int lastId;

    AnyCommands(RandomGenerator luck) {
        this.luck = luck;
    }

    /** A new message begins: ids may come again. */
    List<Command> some(int most) {
        lastId = 0;
        List<Command> commands = new ArrayList<>();
        for (int i = luck.nextInt(most + 1); i > 0; i--) {
            commands.add(any(2));
        }
        return commands;
    }

    private Command any(int depth) {
        lastId++;
        String id = Integer.toString(lastId);
        return switch (luck.nextInt(depth > 0 ? 12 : 9)) {
            case 0 -> new Add(id, meta(), items());
            case 1 -> new Replace(id, meta(), items());
            case 2 -> new Delete(id, meta(), items());
            case 3 -> new Copy(id, meta(), items());
            case 4, 5 -> new Get(id, meta(), items());
            case 6 -> new Exec(id, meta(), luck.nextBoolean() ? "c" : null, items());
            case 7 -> new Alert(id, new AlertCode(ALERTS[luck.nextInt(ALERTS.length)]), null, items());
            // Results get no Status where they may stand, and so have no place among commands that do.
            case 8 ->
                depth == 2 ? new Results(id, "1", "1", meta(), null, null, items()) : new Get(id, meta(), items());
            case 9, 10 -> new Atomic(id, meta(), inside(depth));
            default -> new Sequence(id, meta(), inside(depth));
        };
    }

    private List<Command> inside(int depth) {
        List<Command> commands = new ArrayList<>();
        for (int i = luck.nextInt(4); i > 0; i--) {
            commands.add(any(depth - 1));
        }
        return commands;
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int i = luck.nextInt(4); i > 0; i--) {
            items.add(item());
        }
        return items;
    }

    private Item item() {
        return new Item(location(), luck.nextInt(3) == 0 ? location() : null, null,
                luck.nextInt(12) == 0 ? ".?MOID=urn%3Ax&B=b" : null, meta(),
                luck.nextInt(4) == 0 ? null : Data.of(oneOf(TEXTS)), luck.nextInt(12) == 0);
    }

    private @Nullable Location location() {
        return luck.nextInt(10) == 0 ? null : new Location(oneOf(URIS));
    }

    private Meta meta() {
        if (luck.nextInt(3) > 0) {
            return Meta.NONE;
        }
        return Meta.of(oneOf(FORMATS), luck.nextBoolean() ? "text/plain" : null)
                .withSize(luck.nextInt(4) == 0 ? (long) luck.nextInt(3000) : null);
    }

    private String oneOf(List<String> list) {
        return list.get(luck.nextInt(list.size()));
    }
}
