package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import java.time.Instant;

/**
 * An alert that a device raised.
 *
 * @param number given by the store, ascending
 * @param session number of the session in which it came
 */
public record Alert(long number, String deviceId, long session, Instant at, Fact.AlertRaised what) {

    public Alert withNumber(long given) {
        return new Alert(given, deviceId, session, at, what);
    }
}
