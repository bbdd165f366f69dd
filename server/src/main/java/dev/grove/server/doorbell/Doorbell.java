package dev.grove.server.doorbell;

import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    record Ring(String deviceId, String wakeId, int attempt, String address, Packet notification, Instant goodUntil) {}

    /** What became of an attempt. */
    sealed interface Result {
        /**
         * The bearer has it.
         *
         * @param receipt under which it will tell {@link Receipts} more; absent if it never does
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
