package dev.grove.bench;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** The messages that the benchmarks read and write. */
final class Samples {

    private static final Meta TEXT = Meta.of("chr", "text/plain");

    private Samples() {}

    /** Package 1 of a phone: credentials, an alert, 13 items of DevInfo and DevDetail. */
    static Message packageOne() {
        List<Item> items = List.of(item("./DevInfo/DevId", "IMEI:493005100592800"), item("./DevInfo/Man", "Example"),
                item("./DevInfo/Mod", "Phone 12"), item("./DevInfo/DmV", "1.2"), item("./DevInfo/Lang", "en-US"),
                item("./DevDetail/DevTyp", "smartphone"), item("./DevDetail/OEM", "Example Corporation"),
                item("./DevDetail/FwV", "12.4.301-release"), item("./DevDetail/SwV", "2026-11-21.004"),
                item("./DevDetail/HwV", "rev C"), item("./DevDetail/LrgObj", "true"),
                item("./DevDetail/URI/MaxTotLen", "255"), item("./DevDetail/URI/MaxSegLen", "32"));
        return new Message(header(), List.of(new Alert("1", AlertCode.CLIENT_INITIATED, null, List.of()),
                new Replace("2", Meta.NONE, items)), true);
    }

    /** A message of 100 commands: a status and a result for each of 50 Gets. */
    static Message hundredCommands() {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String ref = Integer.toString(i + 1);
            commands.add(new Status(Integer.toString(2 * i + 1), "2", ref, "Get", List.of(), List.of(), null, null,
                    StatusCode.OK, null, List.of()));
            commands.add(new Results(Integer.toString(2 * i + 2), "2", ref, Meta.NONE, null, null,
                    List.of(item("./Vendor/Example/Settings/Group" + i % 5 + "/Value" + i,
                            "the value of number " + i))));
        }
        return new Message(header(), commands, true);
    }

    private static SyncHdr header() {
        Cred cred = new Cred(Meta.of("b64", "syncml:auth-md5"), "Zz6EivR3yeaaENcRN6lpAQ==");
        Meta limits = new Meta(null, null, null, null, null, 16384L, 1048576L, List.of());
        return new SyncHdr("1.2", "DM/1.2", "1A", "1", new Location("http://dm.example.com/dm"),
                new Location("IMEI:493005100592800", "phone"), null, false, cred, limits);
    }

    private static Item item(String uri, String value) {
        return Item.from(uri, TEXT, Data.of(value));
    }
}
