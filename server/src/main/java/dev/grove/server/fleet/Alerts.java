package dev.grove.server.fleet;

import java.time.Instant;
import java.util.List;

/** The alerts that devices raised. */
public interface Alerts {

    /** Keeps an alert and gives it its number. */
    Alert add(Alert alert);

    /** Alerts of a device by number. */
    List<Alert> list(String deviceId, Slice slice);

    /** Forgets alerts from before {@code end}; at most {@code limit}. Returns how many. */
    int prune(Instant end, int limit);
}
