package dev.grove.server.endpoint;

import dev.grove.dm1.Incoming;

/**
 * Judges the bearer token that a device sends beside its credentials ([MS-MDM §2.1], {@code Authorization: Bearer}).
 * Called before the engine sees the message; what it knows of tokens (issuers, keys, audiences) is its own business.
 */
@FunctionalInterface
public interface Authorization {

    /** Takes no notice of tokens. */
    Authorization IGNORING = (in, token) -> true;

    /**
     * @param token as it came, unverified; empty if the device sent none
     * @return whether the message may be heard
     */
    boolean admits(Incoming in, String token);
}
