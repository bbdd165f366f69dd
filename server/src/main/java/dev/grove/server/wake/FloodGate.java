package dev.grove.server.wake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what each device was sent by each bearer within the last hour. What was long ago, or long unseen, goes. */
final class FloodGate {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MOST_KEPT = 100_000;

    private final int most;
    private final Map<Way, Deque<Instant>> sent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Way, Deque<Instant>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Way(String deviceId, String bearer) {}

    /** @param most in an hour */
    FloodGate(int most) {
        this.most = most;
    }

    /** Whether one more may be sent now; then it counts. */
    synchronized boolean admits(String deviceId, String bearer, Instant now) {
        Deque<Instant> times = sent.computeIfAbsent(new Way(deviceId, bearer), way -> new ArrayDeque<>());
        // what lies ahead was counted by a clock that has been put back since
        times.removeIf(time -> time.isBefore(now.minus(WINDOW)) || time.isAfter(now));
        if (times.size() >= most) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
