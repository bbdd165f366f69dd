package dev.grove.server.fleet;

import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;

/**
 * One message of a session as it passed, for people who look for a fault. Holds the bytes themselves: whoever shows
 * them masks the secrets first.
 *
 * @param direction who sent it
 * @param mediaType the spelling of {@code body}
 * @param facts what became known with it, one readable line each, without secrets
 */
public record TraceEntry(Instant at, Direction direction, String mediaType, Bytes body, List<String> facts) {

    /** Seen from the server. */
    public enum Direction {
        RECEIVED, SENT
    }

    public TraceEntry {
        facts = List.copyOf(facts);
    }
}
