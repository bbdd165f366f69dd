package dev.grove.server.doorbell;

import java.time.Duration;

/**
 * How much goes through a bearer, and how long that may take.
 *
 * @param atOnce calls that may be under way
 * @param perSecond notifications a second; 0: as many as there are
 * @param patience how long a call may take
 */
public record Flow(int atOnce, int perSecond, Duration patience) {

    /** Without the patience, which is the bearer's own. */
    public Doorbell.Pace pace() {
        return new Doorbell.Pace(perSecond, atOnce);
    }
}
