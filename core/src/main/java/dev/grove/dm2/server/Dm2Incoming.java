package dev.grove.dm2.server;

import dev.grove.dm2.Dm2Package;
import dev.grove.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A package as it reached the server, decoded, from a device that has proved itself.
 *
 * @param sessionId of the session that it belongs to or begins: DM 2.0 has none of its own, the bearer keeps it
 * @param content what was sent
 * @param digest of the bytes that were received
 * @param after the {@link Dm2SessionState#turns} of the package that it answers, as the bearer knows; absent if it does
 *     not
 * @param query what stood behind the question mark of the address; empty if nothing
 */
public record Dm2Incoming(String deviceId, String sessionId, Dm2Package content, Bytes digest,
        @Nullable Integer after, String query) {}
