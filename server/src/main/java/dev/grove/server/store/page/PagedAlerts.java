package dev.grove.server.store.page;

import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Slice;
import java.time.Instant;
import java.util.List;

/** Alerts on the page of their device. */
record PagedAlerts(Pages pages, PageRecords.World world) implements Alerts {

    @Override
    public Alert add(Alert alert) {
        Page page = pages.of(alert.deviceId());
        Alert numbered = alert.withNumber(Newest.next(page, world.numbers()));
        page.put(Kind.ALERT, Place.key(numbered.number()),
                Row.of(Forms.alert(numbered)).fading(world.retention().alerts()));
        return numbered;
    }

    @Override
    public List<Alert> list(String deviceId, Slice slice) {
        return pages.of(deviceId).range(Range.slice(Kind.ALERT, slice)).values().stream()
                .map(row -> Forms.alert(row.value())).toList();
    }

    /** Alerts have a life of their own. */
    @Override
    public int prune(Instant end, int limit) {
        return 0;
    }
}
