package dev.grove.dm1.client;

import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.ItemValue;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the device tells a server of its own accord: a client event (1224) or a generic alert (1226)
 * ([DMPRO 1.3 §8.7], [REPPRO 1.2 §9]).
 *
 * @param id the caller's name for it; comes back in {@link ClientFact.AlertAnswered}
 * @param code {@link AlertCode#CLIENT_EVENT} or {@link AlertCode#GENERIC}
 * @param correlator of the Exec whose asynchronous answer this is; none for anything else
 * @param items one for each thing told, never empty
 */
public record ClientAlert(String id, AlertCode code, @Nullable String correlator, List<Told> items) {

    /**
     * One thing told.
     *
     * @param source the management object that it is about; may be absent
     * @param type as it goes on the wire; a generic alert's is {@code Reversed-Domain-Name: …} or
     *     {@code Content-Type: …}, and gets the former if it has neither
     * @param mark importance, such as {@code critical}; absent means {@code informational}
     */
    public record Told(@Nullable String source, String type, @Nullable String mark, Value data) {}

    private static final String REVERSED_DOMAIN_NAME = "Reversed-Domain-Name:";
    private static final String CONTENT_TYPE = "Content-Type:";

    public ClientAlert {
        items = List.copyOf(items);
        boolean isTold = code.equals(AlertCode.CLIENT_EVENT) || code.equals(AlertCode.GENERIC);
        if (!isTold || items.isEmpty()) {
            throw new IllegalArgumentException("a client tells of events (1224) or generic alerts (1226), with items");
        }
    }

    /** A generic alert with one item. */
    public static ClientAlert generic(String id, @Nullable String correlator, Told told) {
        return new ClientAlert(id, AlertCode.GENERIC, correlator, List.of(told));
    }

    /** A client event with one item. */
    public static ClientAlert event(String id, String type, Value data) {
        return new ClientAlert(id, AlertCode.CLIENT_EVENT, null, List.of(new Told(null, type, null, data)));
    }

    /** What Windows tells in every package 1: {@code user}, {@code others} or {@code none} ([MS-MDM §4]). */
    public static ClientAlert loginStatus(String status) {
        return event("LoginStatus", "com.microsoft/MDM/LoginStatus", Value.text(status));
    }

    /** The Alert, without CmdID. */
    Alert command(Profile profile, Encoding encoding) {
        return new Alert("", code, profile.correlators() ? correlator : null,
                items.stream().map(told -> item(told, profile, encoding)).toList());
    }

    /** Type and Format are mandatory in an alert, unlike elsewhere, where defaults are left out. */
    private Item item(Told told, Profile profile, Encoding encoding) {
        ItemValue value = ItemValue.of(told.data(), encoding);
        String format = value.meta().format() == null ? "chr" : value.meta().format();
        boolean isSparse = profile.has(Quirk.SPARSE_META) && code.equals(AlertCode.CLIENT_EVENT);
        Meta meta = new Meta(isSparse && format.equals("chr") ? null : format, typeOf(told), told.mark(), null, null,
                null, null, List.of());
        return new Item(null, told.source() == null ? null : new Location(told.source()), null, null, meta,
                value.data(), false);
    }

    private String typeOf(Told told) {
        boolean isComplete = code.equals(AlertCode.CLIENT_EVENT) || told.type().startsWith(REVERSED_DOMAIN_NAME)
                || told.type().startsWith(CONTENT_TYPE);
        return isComplete ? told.type() : REVERSED_DOMAIN_NAME + " " + told.type();
    }
}
