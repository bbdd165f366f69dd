package dev.grove.server.fleet;

import dev.grove.notify.UiMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants a device to call.
 *
 * @param number given by the store, ascending for a device
 * @param reason for people; may be empty
 * @param notificationId 1 to 65535: the session id of DM 1.x, the NOTIFICATION-ID of DM 2.0; the same in every attempt
 * @param createdAt when it was asked for
 * @param expiresAt when nobody waits for the device any more
 * @param dueAt of the next attempt; absent once nothing more is sent
 * @param attempts how many were made
 * @param sent the last one that a bearer took; absent before that
 * @param deliveredAt when a bearer told that the device has it; absent if none did
 * @param end how it ended; absent while it is open
 * @param trouble what went wrong last, for people; empty if nothing did
 */
public record Wake(long number, String deviceId, UiMode mode, String reason, int notificationId, Instant createdAt,
        Instant expiresAt, @Nullable Instant dueAt, int attempts, @Nullable Sent sent, @Nullable Instant deliveredAt,
        @Nullable End end, String trouble) {

    /** An attempt that a bearer took. */
    public record Sent(String bearer, Instant at) {}

    /** How a wake ended. */
    public record End(Instant at, Outcome outcome, @Nullable Long session) {}

    /** What came of it. */
    public enum Outcome {
        /** The device called: {@link End#session} is its session. */
        ANSWERED,
        /** It did not call in time. */
        EXPIRED,
        /** Nobody waits for it any more. */
        CANCELLED
    }

    /** Where a wake stands. */
    public enum State {
        /** Nothing was sent yet. */
        WAITING,
        /** A bearer has taken a notification. */
        SENT,
        /** A bearer has told that the device has it. */
        DELIVERED,
        /** The device called. */
        ANSWERED,
        /** It did not call in time. */
        EXPIRED,
        /** Nobody waits for it any more. */
        CANCELLED
    }

    /**
     * What somebody asked for.
     *
     * @param reason for people; may be empty
     * @param patience how long the device is waited for
     */
    public record Asked(UiMode mode, String reason, Duration patience) {}

    /** One that is new, and due at once. */
    public static Wake of(String deviceId, Asked asked, int notificationId, Instant now) {
        return new Wake(0, deviceId, asked.mode(), asked.reason(), notificationId, now, now.plus(asked.patience()), now,
                0, null, null, null, "");
    }

    /** The number as the outside sees it. */
    public String id() {
        return Long.toString(number);
    }

    public boolean isOpen() {
        return end == null;
    }

    public State state() {
        if (end == null) {
            return deliveredAt != null ? State.DELIVERED : sent != null ? State.SENT : State.WAITING;
        }
        return switch (end.outcome()) {
            case ANSWERED -> State.ANSWERED;
            case EXPIRED -> State.EXPIRED;
            case CANCELLED -> State.CANCELLED;
        };
    }

    /**
     * How the device has answered by a session, if it has: whoever calls and proves itself after this was asked for is
     * awake, by whatever session id.
     */
    public Optional<End> answer(SessionRecord session) {
        boolean isByIt = session.deviceId().equals(deviceId) && session.tally().isAuthenticated()
                && !session.lastAt().isBefore(createdAt);
        Instant at = session.startedAt().isBefore(createdAt) ? session.lastAt() : session.startedAt();
        return isByIt ? Optional.of(new End(at, Outcome.ANSWERED, session.number())) : Optional.empty();
    }

    public Wake withNumber(long given) {
        return new Wake(given, deviceId, mode, reason, notificationId, createdAt, expiresAt, dueAt, attempts, sent,
                deliveredAt, end, trouble);
    }

    /** After an attempt that a bearer took. */
    public Wake sent(Sent attempt, @Nullable Instant next) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, next, attempts + 1,
                attempt, deliveredAt, end, "");
    }

    /** After an attempt that failed, or none that could be made. */
    public Wake failed(String why, @Nullable Instant next) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, next, attempts + 1, sent,
                deliveredAt, end, why);
    }

    /** Of which a bearer told that it did not arrive: no attempt, but something to know. */
    public Wake troubled(String why) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, dueAt, attempts, sent,
                deliveredAt, end, why);
    }

    /** Whose next attempt is at another time. */
    public Wake due(@Nullable Instant next) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, next, attempts, sent,
                deliveredAt, end, trouble);
    }

    /** The device has it. */
    public Wake delivered(Instant now) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, dueAt, attempts, sent,
                deliveredAt == null ? now : deliveredAt, end, trouble);
    }

    /** It is over: nothing more is sent. */
    public Wake ended(End how) {
        return new Wake(number, deviceId, mode, reason, notificationId, createdAt, expiresAt, null, attempts, sent,
                deliveredAt, how, trouble);
    }
}
