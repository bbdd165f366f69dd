package dev.grove.server.store.memory;

import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Alerts;
import dev.grove.server.fleet.Slice;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

final class MemoryAlerts implements Alerts {

    private final UndoMap<Long, Alert> alerts;
    private long lastNumber;

    MemoryAlerts(Deque<Runnable> undo) {
        alerts = new UndoMap<>(undo);
    }

    @Override
    public Alert add(Alert alert) {
        Alert numbered = alert.withNumber(++lastNumber);
        alerts.put(lastNumber, numbered);
        return numbered;
    }

    @Override
    public List<Alert> list(String deviceId, Slice slice) {
        Stream<Alert> ordered = slice.newestFirst() ? alerts.descending().stream() : alerts.values().stream();
        return ordered.filter(a -> a.deviceId().equals(deviceId) && slice.admits(a.number())).limit(slice.limit())
                .toList();
    }

    @Override
    public int prune(Instant end, int limit) {
        List<Alert> old = alerts.values().stream().filter(a -> a.at().isBefore(end)).limit(limit).toList();
        old.forEach(a -> alerts.remove(a.number()));
        return old.size();
    }

    void forget(String deviceId) {
        alerts.removeIf(a -> a.deviceId().equals(deviceId));
    }
}
