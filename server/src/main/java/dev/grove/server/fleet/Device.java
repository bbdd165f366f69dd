package dev.grove.server.fleet;

import dev.grove.auth.PreSharedKey;
import dev.grove.engine.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

        /** A silence counts at most as so many usual ones, so that one holiday does not become the habit. */
        private static final int MOST = 4;
        private static final int SHARE_OF_NEW = 4;

        /** After a contact that came {@code since} the one before. */
        private Rhythm heard(Instant now, Duration since, Patience patience) {
            Duration known = usual;
            Duration next = since.isNegative() ? known
                    : known == null ? since
                            : known.plus(least(since, known.multipliedBy(MOST)).minus(known).dividedBy(SHARE_OF_NEW));
            return new Rhythm(next, next == null ? null : patience.until(now, next, quietUntil), null);
        }

        private static Duration least(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        private Rhythm silent(Instant now) {
            return new Rhythm(usual, null, now);
        }
    }

    /**
     * How long a device may be silent before anybody wonders.
     *
     * @param times its usual interval; 0: nobody ever wonders
     * @param least however short its usual interval is
     */
    public record Patience(int times, Duration least) {

        /** Three times, an hour. */
        public static final Patience USUAL = new Patience(3, Duration.ofHours(1));

        /**
         * When it is over. The time is moved only now and then, to up to a quarter later than it might be, so that few
         * contacts change what stores look for it by.
         */
        @Nullable
        Instant until(Instant now, Duration usual, @Nullable Instant before) {
            if (times == 0) {
                return null;
            }
            Duration wait = usual.multipliedBy(times);
            Duration most = wait.compareTo(least) < 0 ? least : wait;
            Instant soonest = now.plus(most);
            Instant latest = soonest.plus(most.dividedBy(4));
            boolean isGood = before != null && !before.isBefore(soonest) && !before.isAfter(latest);
            return isGood ? before : latest.truncatedTo(ChronoUnit.MILLIS);
        }
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
    public Device seen(Instant now, String spoken, Patience patience) {
        Rhythm next = seenAt == null ? rhythm : rhythm.heard(now, Duration.between(seenAt, now), patience);
        return new Device(account, name, certificate, psk, spoken, createdAt, now, next, tracedUntil);
    }

    /** The same with the usual patience. */
    public Device seen(Instant now, String spoken) {
        return seen(now, spoken, Patience.USUAL);
    }

    /** This device, of which nothing was heard for too long. */
    public Device fallenSilent(Instant now) {
        return new Device(account, name, certificate, psk, profile, createdAt, seenAt, rhythm.silent(now), tracedUntil);
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
