package dev.grove.server.api;

import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Store;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.wake.WakeDesk;
import dev.grove.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes many devices known by one request. Each is judged by itself: what is wrong with one keeps no other out. They
 * become durable some hundreds at a time, so that a long list holds up no message; a list that was cut short by a
 * failure is sent again as it was, with {@code update}.
 */
final class DeviceBatch {

    /** Most devices in one request. */
    static final int MOST = 10_000;

    private static final int IN_ONE_UNIT = 250;

    private final Store store;
    private final EventStream events;
    private final Clock clock;
    private final WakeDesk wakes;

    DeviceBatch(Fleet fleet, EventStream events, Clock clock) {
        this.store = fleet.store();
        this.wakes = fleet.wakes();
        this.events = events;
        this.clock = clock;
    }

    List<Route> routes(String root) {
        return List.of(Route.of("POST", root + "/devices:batch", this::add));
    }

    /**
     * What is said of one device.
     *
     * @param document what the list says of it
     * @param device as a new one; absent if the document is not understood
     * @param reach how a new one can be woken; empty if nothing is said of it
     * @param invalid why; absent if it is understood
     */
    private record Entry(Input document, @Nullable Device device, Optional<Reach> reach, @Nullable Invalid invalid) {

        static Entry of(Input document, Instant now, WakeDesk wakes) {
            try {
                return new Entry(document, DeviceInput.device(document, now),
                        ReachInput.within(document, Reach.NONE, wakes), null);
            } catch (Invalid invalid) {
                return new Entry(document, null, Optional.empty(), invalid);
            }
        }
    }

    /** What became of one: 201 it is new, 200 it was changed, 409 or 422 with a reason it was not taken. */
    private record Line(@Nullable String id, int status, @Nullable String pointer, @Nullable String reason) {

        Json json() {
            return Json.object().with("id", id).with("status", status).with("pointer", pointer)
                    .with("detail", reason).build();
        }
    }

    private HttpAnswer add(Asked asked) throws Invalid {
        Input document = asked.document().objectOf(Set.of("devices", "update"));
        Optional<Input> update = document.field("update");
        boolean mayChange = update.isPresent() && update.get().truth();
        List<Input> items = document.required("devices").items();
        if (items.size() > MOST) {
            throw document.required("devices").invalid("has more than " + MOST + " devices; send several lists");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Entry> entries = items.stream().map(item -> Entry.of(item, now, wakes)).toList();
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += IN_ONE_UNIT) {
            List<Entry> unit = entries.subList(from, Math.min(from + IN_ONE_UNIT, entries.size()));
            List<Line> written = store
                    .write(records -> unit.stream().map(entry -> written(records, entry, mayChange)).toList());
            written.forEach(this::tell);
            lines.addAll(written);
        }
        return Answers.json(200, summary(lines));
    }

    private void tell(Line line) {
        if (line.status() == 201 && line.id() != null) {
            events.tell(new Events.Event.DeviceAdded(line.id()));
        }
    }

    private Line written(Store.Records records, Entry entry, boolean mayChange) {
        Device device = entry.device();
        if (device == null) {
            return refused(null, entry.invalid());
        }
        if (Resources.isPskTaken(records, device)) {
            return new Line(device.id(), 409, null, Resources.PSK_TAKEN);
        }
        if (Resources.added(records, device, entry.reach())) {
            return new Line(device.id(), 201, null, null);
        }
        if (!mayChange) {
            return new Line(device.id(), 409, null, "a device with this id is known already");
        }
        return changed(records, device.id(), entry.document());
    }

    /** What is known of the device beside the document, such as when it called last, stays. */
    private Line changed(Store.Records records, String id, Input document) {
        Device known = records.devices().find(id)
                .orElseThrow(() -> new IllegalStateException("a device is taken and not there: " + id));
        try {
            Device changed = DeviceInput.patched(known, document);
            Optional<Reach> reach = document.field("reach").isEmpty() ? Optional.empty()
                    : ReachInput.within(document, records.wakes().reach(id), wakes);
            records.devices().put(changed);
            reach.ifPresent(given -> records.wakes().putReach(id, given));
            return new Line(id, 200, null, null);
        } catch (Invalid invalid) {
            return refused(id, invalid);
        }
    }

    private static Line refused(@Nullable String id, @Nullable Invalid invalid) {
        return invalid == null ? new Line(id, 422, null, null)
                : new Line(id, 422, invalid.pointer(), invalid.rule());
    }

    private static Json summary(List<Line> lines) {
        long added = lines.stream().filter(line -> line.status() == 201).count();
        long changed = lines.stream().filter(line -> line.status() == 200).count();
        return Json.object().with("added", added).with("changed", changed)
                .with("refused", lines.size() - added - changed)
                .with("items", Json.list(lines.stream().map(Line::json).toList())).build();
    }
}
