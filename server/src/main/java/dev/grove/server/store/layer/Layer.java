package dev.grove.server.store.layer;

import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.TraceEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since the layer below: of each device a page with the newest value of each record, and the changes
 * themselves in order. Not safe for threads: whoever shows one to several guards it.
 */
public final class Layer {

    private Map<String, Page> pages = new HashMap<>();
    /** All that stand on pages, by id: whoever brings something tells only that. */
    private Map<String, Tickets.Held> tickets = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many changes. */
    public int size() {
        return size;
    }

    /** Those that were applied or absorbed, in order, without what was covered; not copied. */
    public List<Change> changes() {
        return changes;
    }

    /** What is known here of a device. */
    @Nullable
    Page page(String deviceId) {
        return pages.get(deviceId);
    }

    /** The devices of which something is known here. */
    Set<String> devices() {
        return pages.keySet();
    }

    /** One for each device, in no order. */
    Collection<Page> pages() {
        return pages.values();
    }

    /** Of all devices, by id. */
    Map<String, Tickets.Held> tickets() {
        return tickets;
    }

    /** What is known here of a turn's trace. */
    List<TraceEntry> traced(String deviceId, long session, long turn) {
        Page page = pages.get(deviceId);
        return page == null ? List.of() : page.traced(session, turn);
    }

    /** Adds a change. */
    public void apply(Change change) {
        changes.add(change);
        size++;
        String deviceId = change.deviceId();
        Page page = pages.get(deviceId);
        if (page == null) {
            page = new Page();
            pages.put(deviceId, page);
        }
        page.apply(change);
        if (change instanceof Change.TicketPut(Tickets.Held ticket)) {
            tickets.put(ticket.ticket().id(), ticket);
        }
    }

    /** Takes over what a later layer has changed; that one is good for nothing then but telling its changes. */
    public void absorb(Layer later) {
        changes.addAll(later.changes);
        cover(later);
    }

    /** As {@link #absorb}, but of the changes themselves keeps no more than how many they were. */
    public void cover(Layer later) {
        size += later.size;
        later.pages.forEach((deviceId, page) -> {
            page.forgetTraces();
            Page known = pages.putIfAbsent(deviceId, page);
            if (known != null) {
                known.absorb(page);
            }
        });
        if (!later.tickets.isEmpty()) {
            tickets.putAll(later.tickets);
        }
        // Its pages are here now: they must not be changed, nor read, by way of it.
        later.pages = Map.of();
        later.tickets = Map.of();
    }
}
