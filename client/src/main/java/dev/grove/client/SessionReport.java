package dev.grove.client;

import dev.grove.dm1.client.ClientFact;
import dev.grove.dm2.client.Dm2Fact;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a session went.
 *
 * @param sessionId as it stood in the messages; in DM 2.0, where nothing has a number, the device's own count
 * @param remark what a person may want to know; empty if nothing
 * @param messages how many messages the device has sent
 * @param retryAfter how long the server asked to be left alone; absent if it did not
 */
public record SessionReport(String serverId, String sessionId, Result result, String remark, int messages,
        Duration took, @Nullable Duration retryAfter) {

    /** The ways in which a session ends. */
    public enum Result {
        /** Nothing was left to do. */
        COMPLETED,
        /** The server sent Alert 1223. */
        ABORTED_BY_SERVER,
        /** The device sent Alert 1223, because it was stopped or could not go on. */
        ABORTED_BY_CLIENT,
        /** The server does not believe the device. */
        NOT_AUTHENTICATED,
        /** The device does not believe the server. */
        SERVER_NOT_AUTHENTICATED,
        /** One side does not speak the other's version. */
        VERSION_REFUSED,
        /** The server refuses the session for another reason. */
        REFUSED,
        /** What the server sent was no message, or not one of this session. */
        UNINTELLIGIBLE,
        /** No answer came through the network, or none that could be used. */
        NO_ANSWER,
        /** The device could not store what the server wanted. */
        NO_STORAGE,
        /** The device itself is at fault. */
        FAULT;

        static Result of(ClientFact.Reason reason) {
            return switch (reason) {
                case COMPLETED -> COMPLETED;
                case ABORTED_BY_SERVER -> ABORTED_BY_SERVER;
                case ABORTED_BY_CLIENT -> ABORTED_BY_CLIENT;
                case NOT_AUTHENTICATED -> NOT_AUTHENTICATED;
                case SERVER_NOT_AUTHENTICATED -> SERVER_NOT_AUTHENTICATED;
                case VERSION_REFUSED -> VERSION_REFUSED;
                case REFUSED -> REFUSED;
                case UNINTELLIGIBLE -> UNINTELLIGIBLE;
            };
        }

        static Result of(Dm2Fact.Reason reason) {
            return switch (reason) {
                case COMPLETED -> COMPLETED;
                case ABORTED_BY_CLIENT -> ABORTED_BY_CLIENT;
                case NOT_AUTHENTICATED -> NOT_AUTHENTICATED;
                case REFUSED -> REFUSED;
                case NO_ANSWER -> NO_ANSWER;
                case UNINTELLIGIBLE -> UNINTELLIGIBLE;
            };
        }
    }

    public boolean isOk() {
        return result == Result.COMPLETED;
    }

    Optional<Duration> pause() {
        return Optional.ofNullable(retryAfter);
    }
}
