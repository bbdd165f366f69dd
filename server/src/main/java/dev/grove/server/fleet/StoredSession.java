package dev.grove.server.fleet;

import dev.grove.wire.Bytes;

/**
 * A session with the engine's state of it, as the store keeps them together.
 *
 * @param state what {@code SessionState.encode} wrote; empty once it was forgotten
 */
public record StoredSession(SessionRecord record, Bytes state) {}
