package dev.grove.server.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong credentials by device and address, so that nobody can try passwords at leisure; by address too, so that
 * nobody can shut out a device by failing in its name from elsewhere. Forgets the longest unused when it holds too
 * many.
 */
final class FailedAttempts {

    private static final int MAX_HELD = 50_000;

    private record Key(String deviceId, String remote) {}

    private record Count(int failures, Instant since) {}

    private final int most;
    private final Duration window;
    private final Map<Key, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
            return size() > MAX_HELD;
        }
    };

    FailedAttempts(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** How long the device is not heard from this address; empty if it is. */
    synchronized Optional<Duration> shutOut(String deviceId, String remote, Instant now) {
        Count count = counts.get(new Key(deviceId, remote));
        if (count == null || count.failures() < most) {
            return Optional.empty();
        }
        if (now.isBefore(count.since())) {
            // The clock was set back; nobody is to wait for longer than the window because of that.
            counts.put(new Key(deviceId, remote), new Count(count.failures(), now));
            return Optional.of(window);
        }
        Instant end = count.since().plus(window);
        if (!now.isBefore(end)) {
            counts.remove(new Key(deviceId, remote));
            return Optional.empty();
        }
        return Optional.of(Duration.between(now, end));
    }

    /** Notes a failure. Returns how many there are in this window. */
    synchronized int failed(String deviceId, String remote, Instant now) {
        Count next = counts.merge(new Key(deviceId, remote), new Count(1, now),
                (old, first) -> now.isBefore(old.since().plus(window))
                        ? new Count(old.failures() + 1, earlier(old.since(), now))
                        : first);
        return next.failures();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    synchronized void succeeded(String deviceId, String remote) {
        counts.remove(new Key(deviceId, remote));
    }
}
