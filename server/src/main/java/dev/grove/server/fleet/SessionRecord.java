package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the server remembers of a session for people: who, when, how much, how it ended. The engine's own state stands
 * beside it in {@link StoredSession}.
 *
 * @param number given by the store, ascending; the device's own session id may come again later
 * @param sessionId as the device wrote it
 * @param version counts the turns, so that two messages at once cannot both be the next
 * @param lastAt when the latest message came
 * @param expiresAt when the session counts as dead if nothing more is heard; afterwards its state may be forgotten
 * @param end how it ended; absent while it lives
 * @param tracing whether its messages are kept
 */
public record SessionRecord(long number, String deviceId, String sessionId, long version, Instant startedAt,
        Instant lastAt, Instant expiresAt, @Nullable End end, Tally tally, Tracing tracing) {

    /** How and when a session ended. */
    public record End(Instant at, Reason reason, String remark) {}

    /**
     * @param profile the dialect, such as {@code DM 1.2}
     * @param isAuthenticated whether the device has proved itself in this session
     * @param messages how many the device sent, repeated ones not counted
     * @param operations how many operations were answered
     */
    public record Tally(String profile, boolean isAuthenticated, int messages, int operations) {}

    /** Whether the messages of a session are kept. */
    public enum Tracing {
        /** None are. */
        NONE(0),
        /** Some are, since its device was traced. */
        KEPT(1),
        /** Somebody wants those that come from now on. */
        ASKED(2);

        private final int code;

        Tracing(int code) {
            this.code = code;
        }

        /** The number for it in stores. */
        public int code() {
            return code;
        }

        /** The one with a number; a later program's unknown one counts as {@link #KEPT}. */
        public static Tracing of(int code) {
            return Arrays.stream(values()).filter(each -> each.code == code).findFirst().orElse(KEPT);
        }
    }

    /** Why a session ended: what the engine says, and what happens to it from outside. */
    public enum Reason {
        COMPLETED, ABORTED_BY_DEVICE, ABORTED_BY_SERVER, NOT_AUTHENTICATED, SERVER_NOT_AUTHENTICATED, VERSION_REFUSED,
        /** The device began another one. */
        SUPERSEDED,
        /** Nothing was heard in time. */
        EXPIRED;

        static Reason of(Fact.Reason reason) {
            return switch (reason) {
                case COMPLETED -> COMPLETED;
                case ABORTED_BY_DEVICE -> ABORTED_BY_DEVICE;
                case ABORTED_BY_SERVER -> ABORTED_BY_SERVER;
                case NOT_AUTHENTICATED -> NOT_AUTHENTICATED;
                case SERVER_NOT_AUTHENTICATED -> SERVER_NOT_AUTHENTICATED;
                case VERSION_REFUSED -> VERSION_REFUSED;
                case SUPERSEDED -> SUPERSEDED;
                case EXPIRED -> EXPIRED;
            };
        }
    }

    /** The number as the outside sees it. */
    public String id() {
        return Long.toString(number);
    }

    public boolean isLive() {
        return end == null;
    }

    /** From the first message to the last. */
    public Duration duration() {
        return Duration.between(startedAt, lastAt);
    }

    public SessionRecord withNumber(long given) {
        return new SessionRecord(given, deviceId, sessionId, version, startedAt, lastAt, expiresAt, end, tally,
                tracing);
    }

    /** This session, ended now. */
    public SessionRecord ended(Instant now, Reason reason, String remark) {
        return new SessionRecord(number, deviceId, sessionId, version + 1, startedAt, lastAt, expiresAt,
                new End(now, reason, remark), tally, tracing);
    }

    /** This session after one more turn. */
    public SessionRecord turned(Instant now, Instant expires, @Nullable End ended, Tally counted) {
        return new SessionRecord(number, deviceId, sessionId, version + 1, startedAt, now, expires, ended, counted,
                tracing);
    }

    /** This session with messages of it kept. */
    SessionRecord traced() {
        return tracing == Tracing.NONE ? with(version, Tracing.KEPT) : this;
    }

    /** This session, changed between two turns: who holds a copy of it finds that it is none any more. */
    SessionRecord changed(Tracing next) {
        return with(version + 1, next);
    }

    /** This session, of which no messages are kept any more. */
    public SessionRecord untraced() {
        return with(version, Tracing.NONE);
    }

    private SessionRecord with(long counted, Tracing next) {
        return new SessionRecord(number, deviceId, sessionId, counted, startedAt, lastAt, expiresAt, end, tally, next);
    }
}
