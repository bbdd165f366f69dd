package dev.grove.server.fleet;

import dev.grove.server.fleet.Events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notes which devices that used to call have been silent for too long, a few at a time, and tells of them once. */
public final class SilenceWatch {

    private final Store store;
    private final Events events;
    private volatile int silent;

    public SilenceWatch(Store store, Events events) {
        this.store = store;
        this.events = events;
    }

    /** Looks for {@code limit} devices at most. To be called now and then. Returns how many have fallen silent. */
    public int sweep(Instant now, int limit) {
        List<Device> missed = store.read(records -> records.devices().missed(now, limit));
        if (missed.isEmpty()) {
            return 0;
        }
        List<Event> told = store.write(records -> {
            List<Event> found = new ArrayList<>();
            for (Device each : missed) {
                records.devices().find(each.id()).filter(device -> isMissed(device, now)).ifPresent(device -> {
                    records.devices().put(device.fallenSilent(now));
                    found.add(new Event.DeviceSilent(device.id()));
                });
            }
            return found;
        });
        told.forEach(events::tell);
        return told.size();
    }

    private static boolean isMissed(Device device, Instant now) {
        Instant until = device.rhythm().quietUntil();
        return until != null && !until.isAfter(now);
    }

    /** Counts them anew. To be called now and then. */
    public void count() {
        silent = store.read(records -> records.devices().countSilent());
    }

    /** How many there were when they were counted last. */
    public int silent() {
        return silent;
    }
}
