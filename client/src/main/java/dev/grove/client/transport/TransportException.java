package dev.grove.client.transport;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network or the server's HTTP front failed; the message names the server, and what went wrong, for a person. */
public final class TransportException extends Exception {

    /** What went wrong, as far as it matters for what to do next. */
    public enum Kind {
        /** No connection came about: the server has seen nothing. */
        UNREACHABLE,
        /** The message left, but no whole answer came: the server may or may not have acted on it. */
        LOST,
        /** The server is there but cannot answer now (HTTP 408, 429, 500, 502, 503, 504). */
        BUSY,
        /** The server's certificate, or the device's, is not accepted. */
        UNTRUSTED,
        /** The server will not take this message (any other HTTP status, too many redirects). */
        REFUSED,
        /** There is an answer, but it cannot be a message: another media type, or too large. */
        UNUSABLE,
        /** This side was told to stop waiting. */
        INTERRUPTED;

        /** Whether the same message, sent once more, may find an answer. */
        public boolean isTransient() {
            return switch (this) {
                case UNREACHABLE, LOST, BUSY -> true;
                case UNTRUSTED, REFUSED, UNUSABLE, INTERRUPTED -> false;
            };
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public TransportException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null);
    }

    /** @param retryAfter how long the server asks to be left alone; absent if it did not say */
    public TransportException(Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
