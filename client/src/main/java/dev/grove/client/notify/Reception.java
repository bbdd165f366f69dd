package dev.grove.client.notify;

import dev.grove.notify.NotificationVerdict;

/** What has become of a {@link Delivery}. Whoever sent it is told nothing of it. */
public sealed interface Reception {

    /** Who brought it, such as {@code udp}. */
    String bearer();

    /** A session is planned. */
    record Accepted(String bearer, NotificationVerdict.Accepted verdict) implements Reception {}

    /** Nothing happens. */
    record Dropped(String bearer, Cause cause) implements Reception {}

    /** Why nothing happens. */
    enum Cause {
        NO_PUSH("it is no push that can be read"), OTHER_APPLICATION("it is for another application"), MALFORMED(
                "it is no notification that can be read"), UNKNOWN_SERVER(
                        "no account that it could be checked by is meant"), UNSIGNED("it has no digest"), WRONG_DIGEST(
                                "its digest is wrong"), TOO_OLD("it was sent too long ago"), REPEATED(
                                        "it has come before"), FLOOD(
                                                "too many come"), BUSY("too many sessions of this server are waiting");

        private final String words;

        Cause(String words) {
            this.words = words;
        }

        /** For a person. */
        public String words() {
            return words;
        }

        /** As the check says it. */
        public static Cause of(NotificationVerdict.Reason reason) {
            return switch (reason) {
                case MALFORMED -> MALFORMED;
                case UNKNOWN_SERVER -> UNKNOWN_SERVER;
                case UNSIGNED -> UNSIGNED;
                case WRONG_DIGEST -> WRONG_DIGEST;
                case TOO_OLD -> TOO_OLD;
                case REPEATED -> REPEATED;
            };
        }
    }
}
