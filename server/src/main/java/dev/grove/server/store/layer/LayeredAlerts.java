package dev.grove.server.store.layer;

import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Slice;
import java.time.Instant;
import java.util.List;

/** Alerts in layers. */
record LayeredAlerts(View view) implements Alerts {

    @Override
    public Alert add(Alert alert) {
        Alert numbered = alert.withNumber(view.numbers().nextAlert(alert.deviceId()));
        view.change(new Change.AlertAdded(numbered));
        return numbered;
    }

    @Override
    public List<Alert> list(String deviceId, Slice slice) {
        throw new NotInMemory();
    }

    @Override
    public int prune(Instant end, int limit) {
        throw new NotInMemory();
    }
}
