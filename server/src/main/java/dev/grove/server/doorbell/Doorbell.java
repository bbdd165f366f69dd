package dev.grove.server.doorbell;

import dev.grove.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bearer that takes notifications to devices. Used by many threads at once; what a bearer allows at once and a second
 * is watched by the caller, by its {@link Pace}.
 */
public interface Doorbell extends AutoCloseable {

    /** Its name in options, in the addresses of devices and in answers: lower case, such as {@code sms}. */
    String bearer();

    /** How much it takes. */
    Pace pace();

    /**
     * Whether devices call whatever this brings them, as Windows does by WNS: then it is used for devices too for which
     * no notification can be made.
     */
    default boolean takesAnything() {
        return false;
    }

    /** Why this can be nobody's address here, in words for whoever gave it; empty if it can. */
    Optional<String> objection(String address);

    /**
     * Sends a notification, and returns when the bearer has taken or refused it; trouble of the bearer is a value.
     * Takes no longer than some seconds.
     */
    Result ring(Ring ring) throws InterruptedException;

    /** Gives up connections; idempotent. */
    @Override
    void close();

    /**
     * What a bearer may be given.
     *
     * @param perSecond at most, by this node; 0: as many as there are
     * @param atOnce so many calls of {@link #ring} may be under way
     */
    record Pace(int perSecond, int atOnce) {}

    /**
     * One attempt to wake a device.
     *
     * @param wakeId of the wake, and {@code attempt} its number from 1 on: together they name what is sent
     * @param address of the device, as somebody gave it
     * @param notification package 0 with its media type
     * @param goodUntil after which it is of no use any more
     */
    record Ring(String deviceId, String wakeId, int attempt, String address, Packet notification, Instant goodUntil) {

        private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]{1,1400})\\.([0-9]{1,18})\\.[0-9]{1,9}");

        /** Which wake a {@link #name} speaks of. */
        public record Named(String deviceId, long wake) {}

        /**
         * A name of this attempt, of letters, digits and {@code . _ -}: the receipt of a bearer that lets the sender
         * choose. Any node understands it, after a restart too.
         */
        public String name() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(deviceId.getBytes(StandardCharsets.UTF_8))
                    + "." + wakeId + "." + attempt;
        }

        /** Empty if it is no such name. */
        public static Optional<Named> named(String name) {
            Matcher matcher = NAME.matcher(name);
            try {
                return matcher.matches()
                        ? Optional.of(new Named(new String(Base64.getUrlDecoder().decode(matcher.group(1)),
                                StandardCharsets.UTF_8), Long.parseLong(matcher.group(2))))
                        : Optional.empty();
            } catch (IllegalArgumentException notBase64) {
                return Optional.empty();
            }
        }
    }

    /** What became of an attempt. */
    sealed interface Result {
        /**
         * The bearer has it.
         *
         * @param receipt under which it will tell {@link Receipts} more, if it can be {@link Ring#name}; absent if it
         *     never does
         */
        record Taken(@Nullable String receipt) implements Result {}

        /** The device has it. */
        record Delivered() implements Result {}

        /** The address is good for nothing any more: nothing is to be sent there again. */
        record AddressEnded(String reason) implements Result {}

        /**
         * This time it failed.
         *
         * @param reason without secrets
         * @param retryAfter how long the bearer wants to be left alone; absent if it did not say
         */
        record Failed(String reason, @Nullable Duration retryAfter) implements Result {}
    }
}
