package dev.grove.dm2.server;

import dev.grove.engine.EngineState;
import dev.grove.engine.Fact.Reason;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DM 2.0 session as the server remembers it between two packages: a value that any node may take up.
 *
 * @param startedAt time of package 1
 * @param expiresAt when the session counts as dead if nothing more is heard
 * @param endedBy why nothing more is to be said; absent while the session lives
 * @param turns how many packages were answered
 * @param lastDigest of the last package of the device
 * @param reply the last package 2, for a package that comes again
 * @param outstanding the commands of that package, in order
 * @param operations how many tasks were sent in all
 */
public record Dm2SessionState(String deviceId, String sessionId, Instant startedAt, Instant expiresAt,
        @Nullable Reason endedBy, int turns, Bytes lastDigest, Packet reply, List<Outstanding> outstanding,
        int operations) implements EngineState {

    public Dm2SessionState {
        outstanding = List.copyOf(outstanding);
    }

    @Override
    public boolean isEnded() {
        return endedBy != null;
    }

    /** The stored form: begins with a mark that no state of DM 1.x has, then its version. */
    @Override
    public Bytes encode() {
        return Dm2StateCodec.encode(this);
    }

    /** Whether bytes are the stored form of such a state, and not of one of DM 1.x. */
    public static boolean isStored(Bytes stored) {
        return !stored.isEmpty() && (stored.at(0) & 0xFF) == Dm2StateCodec.MARK;
    }

    /** Reads what {@link #encode} wrote. */
    public static Dm2SessionState decode(Bytes stored) throws Malformed {
        return Dm2StateCodec.decode(stored);
    }

    /** Names the session only: the state holds values and addresses. */
    @Override
    public String toString() {
        return "Dm2SessionState[" + deviceId + ", " + sessionId + ", turn " + turns
                + (endedBy == null ? "" : ", " + endedBy) + "]";
    }
}
