package dev.grove.engine;

import dev.grove.wire.Bytes;
import java.time.Instant;

/** What an engine remembers of a session between two messages: a value, and its stored form says all of it. */
public interface EngineState {

    /** As the device writes it, or as the server has chosen it. */
    String sessionId();

    /** When the session counts as dead if nothing more is heard. */
    Instant expiresAt();

    /** Whether nothing more is to be said. */
    boolean isEnded();

    /** The stored form, from which any node may go on. */
    Bytes encode();
}
