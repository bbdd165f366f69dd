package dev.grove.dm1.client;

import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Copy;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import java.util.List;

/** What a scripted server says, in few words. */
final class Say {

    private Say() {}

    /** The Status on the device's header. */
    static Status ok(int msgRef) {
        return status(msgRef, "0", "SyncHdr", 200);
    }

    static Status status(int msgRef, String cmdRef, String cmd, int code) {
        return new Status("900", Integer.toString(msgRef), cmdRef, cmd, List.of(), List.of(), null, null,
                new StatusCode(code), null, List.of());
    }

    static Get get(String id, String... uris) {
        return new Get(id, Meta.NONE, List.of(uris).stream().map(uri -> Item.at(uri, Meta.NONE, null)).toList());
    }

    static Add add(String id, String uri, String text) {
        return new Add(id, Meta.NONE, List.of(Item.at(uri, Meta.NONE, Data.of(text))));
    }

    static Replace replace(String id, String uri, String text) {
        return new Replace(id, Meta.NONE, List.of(Item.at(uri, Meta.NONE, Data.of(text))));
    }

    static Delete delete(String id, String uri) {
        return new Delete(id, Meta.NONE, List.of(Item.at(uri, Meta.NONE, null)));
    }

    static Copy copy(String id, String from, String to) {
        return new Copy(id, Meta.NONE,
                List.of(new Item(new Location(to), new Location(from), null, null, Meta.NONE, null, false)));
    }

    static Exec exec(String id, String uri, String correlator) {
        return new Exec(id, Meta.NONE, correlator, List.of(Item.at(uri, Meta.NONE, null)));
    }

    static Alert alert(String id, int code, String... items) {
        return new Alert(id, new AlertCode(code), null,
                List.of(items).stream().map(text -> text.isEmpty() ? Item.EMPTY : Item.of(text)).toList());
    }

    static Alert next(String id) {
        return alert(id, 1222);
    }
}
