package dev.grove.server.fleet;

import dev.grove.server.fleet.Events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        int silent = 0;
        for (Device each : missed) {
            if (isNoted(each.id(), now)) {
                events.tell(new Event.DeviceSilent(each.id()));
                silent++;
            }
        }
        return silent;
    }

    /** Each in a unit of work of its own: a store that spreads devices has no larger ones. */
    private boolean isNoted(String deviceId, Instant now) {
        return store.write(records -> {
            Optional<Device> missed = records.devices().find(deviceId).filter(device -> isMissed(device, now));
            missed.ifPresent(device -> records.devices().put(device.fallenSilent(now)));
            return missed.isPresent();
        });
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
