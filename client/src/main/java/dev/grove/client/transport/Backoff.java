package dev.grove.client.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: twice as long each time, up to a limit, and a part of it by luck, so that a fleet
 * that fell silent together does not come back together.
 *
 * @param attempts how often a message is sent in all; 1 means no retry
 * @param first the wait after the first attempt
 * @param longest no wait is longer, not even if the server asks for it
 */
public record Backoff(int attempts, Duration first, Duration longest) {

    /** Four attempts, with 1, 2 and 4 seconds between them; a server may ask for up to five minutes. */
    public static final Backoff DEFAULT = new Backoff(4, Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** A message is sent once. */
    public static final Backoff NONE = new Backoff(1, Duration.ZERO, Duration.ZERO);

    public Backoff {
        if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off has at least one attempt and 0 <= first <= longest");
        }
    }

    /** The wait after attempt number {@code attempt} (from 1): between half of its full length and all of it. */
    public Duration after(int attempt, RandomGenerator luck) {
        Duration full = first;
        for (int i = 1; i < attempt && full.compareTo(longest) < 0; i++) {
            full = full.multipliedBy(2);
        }
        long nanos = (full.compareTo(longest) < 0 ? full : longest).toNanos();
        return Duration.ofNanos(nanos / 2 + (nanos < 2 ? 0 : luck.nextLong(nanos - nanos / 2 + 1)));
    }
}
