package dev.grove.client.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many in any minute, and no more; for several threads. */
public final class Allowance {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Deque<Instant> granted = new ArrayDeque<>(1);

    public Allowance(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Whether there is one left; then it is used up. A clock that is set back costs nothing. */
    public synchronized boolean take(Instant now) {
        while (!granted.isEmpty() && !isRecent(granted.getFirst(), now)) {
            granted.removeFirst();
        }
        if (granted.size() >= perMinute) {
            return false;
        }
        granted.addLast(now);
        return true;
    }

    private static boolean isRecent(Instant at, Instant now) {
        return !at.isAfter(now) && Duration.between(at, now).compareTo(MINUTE) < 0;
    }
}
