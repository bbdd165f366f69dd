package dev.grove.auth;

import dev.grove.wire.Bytes;

/**
 * What one side knows to prove itself to the other: a name, a password, and the nonce to use next.
 *
 * @param userName travels in the clear; holds no colon
 * @param password never leaves the process, and is never printed
 * @param nonce the octets to be hashed next; empty if none was ever agreed
 */
public record Secret(String userName, String password, Bytes nonce) {

    public Secret {
        if (userName.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name holds no colon: it would be read as the end of the name");
        }
    }

    public Secret withNonce(Bytes next) {
        return new Secret(userName, password, next);
    }

    /** Names the user only. */
    @Override
    public String toString() {
        return "Secret[" + userName + "]";
    }
}
