package dev.grove.server.endpoint;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What the transport knows of whoever sent a message.
 *
 * @param remote its address
 * @param certificate the one it has proved to own
 * @param bearerToken unverified; empty if it sent none
 * @param userAgent as it names itself; may be empty
 */
public record Caller(String remote, Optional<X509Certificate> certificate, String bearerToken, String userAgent) {

    /** Somebody of whom nothing but the address is known. */
    public static Caller at(String remote) {
        return new Caller(remote, Optional.empty(), "", "");
    }

    /** Tells nothing of the token. */
    @Override
    public String toString() {
        return "Caller[" + remote + ", " + userAgent + "]";
    }
}
