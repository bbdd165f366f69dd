package dev.grove.syncml;

import dev.grove.syncml.SyncHdr.Location;
import org.jspecify.annotations.Nullable;

/**
 * An item of a command ([REPPRO 1.2 §6.4]).
 *
 * @param target the node that a server's command aims at
 * @param source the node that a client's item speaks of, or that a Copy reads
 * @param sourceParent read and kept; DM gives it no meaning
 * @param targetParent part A of a relative URI ([DMPRO 1.3 §5.2])
 * @param meta overrides the command's, element by element
 * @param data absent is not the same as empty
 * @param moreData whether further chunks follow ([DMPRO 1.3 §7])
 */
public record Item(@Nullable Location target, @Nullable Location source, @Nullable String sourceParent,
        @Nullable String targetParent, Meta meta, @Nullable Data data, boolean moreData) {

    /** An item that aims at a node. */
    public static Item at(String target, Meta meta, @Nullable Data data) {
        return new Item(new Location(target), null, null, null, meta, data, false);
    }

    /** An item that speaks of a node. */
    public static Item from(String source, Meta meta, @Nullable Data data) {
        return new Item(null, new Location(source), null, null, meta, data, false);
    }

    /** An item with data only. */
    public static Item of(String text) {
        return new Item(null, null, null, null, Meta.NONE, Data.of(text), false);
    }

    /** An item without anything: "no optional parameters" of a user interaction. */
    public static final Item EMPTY = new Item(null, null, null, null, Meta.NONE, null, false);
}
