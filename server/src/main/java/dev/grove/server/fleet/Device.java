package dev.grove.server.fleet;

import dev.grove.auth.PreSharedKey;
import dev.grove.engine.Account;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device that the server knows.
 *
 * @param account its id and the credentials of both sides
 * @param name what people call it; may be empty
 * @param certificate SHA-256 of the certificate that it shows in mutual TLS, 64 lower-case hexadecimal digits; if
 *     absent, a trusted certificate whose common name is the device's id vouches for it
 * @param psk the key that it shares with the server for TLS; absent if there is none
 * @param profile the dialect that it spoke last, such as {@code DM 1.2}; empty before the first contact
 * @param createdAt when the server came to know it
 * @param seenAt when it last proved itself; absent before that
 * @param rhythm how often it calls
 * @param tracedUntil until when the messages of its sessions are kept; absent if nobody asked for that
 */
public record Device(Account account, String name, @Nullable String certificate, @Nullable PreSharedKey psk,
        String profile, Instant createdAt, @Nullable Instant seenAt, Rhythm rhythm, @Nullable Instant tracedUntil) {

    /**
     * How often a device calls.
     *
     * @param usual the time that lay between its last contacts, smoothed; absent before the second contact
     * @param quietUntil until when nobody wonders that nothing is heard of it; absent if nobody does then either
     * @param silentSince when it was found to have been silent for too long; absent if it was heard of since
     */
    public record Rhythm(@Nullable Duration usual, @Nullable Instant quietUntil, @Nullable Instant silentSince) {

        /** Nothing is known yet. */
        public static final Rhythm UNKNOWN = new Rhythm(null, null, null);
    }

    /** A device that was never in contact. */
    public static Device of(Account account, String name, Instant createdAt) {
        return new Device(account, name, null, null, "", createdAt, null, Rhythm.UNKNOWN, null);
    }

    public String id() {
        return account.deviceId();
    }

    public Device withAccount(Account changed) {
        return new Device(changed, name, certificate, psk, profile, createdAt, seenAt, rhythm, tracedUntil);
    }

    public Device withName(String changed) {
        return new Device(account, changed, certificate, psk, profile, createdAt, seenAt, rhythm, tracedUntil);
    }

    public Device withCertificate(@Nullable String changed) {
        return new Device(account, name, changed, psk, profile, createdAt, seenAt, rhythm, tracedUntil);
    }

    public Device withPsk(@Nullable PreSharedKey changed) {
        return new Device(account, name, certificate, changed, profile, createdAt, seenAt, rhythm, tracedUntil);
    }

    /** This device, which has just proved itself. */
    public Device seen(Instant now, String spoken) {
        return new Device(account, name, certificate, psk, spoken, createdAt, now, rhythm, tracedUntil);
    }

    /** This device, of whose sessions the messages are kept until then; absent: no longer. */
    public Device withTracing(@Nullable Instant until) {
        return new Device(account, name, certificate, psk, profile, createdAt, seenAt, rhythm, until);
    }

    /** Whether somebody has asked that its messages be kept now. */
    public boolean isTraced(Instant now) {
        return tracedUntil != null && tracedUntil.isAfter(now);
    }
}
