package dev.grove.dm2.client;

import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;

/** What came of a {@link Step.Wish}. */
public sealed interface Event {

    /**
     * An HTTP answer.
     *
     * @param status of HTTP; a redirect that was not followed too
     * @param packet its body, of an empty media type and without bytes if it has none; {@code OMADM-Accept} is among
     *     its header fields
     */
    record Answered(int status, Packet packet) implements Event {

        /** An answer without a body. */
        public static Answered of(int status) {
            return new Answered(status, new Packet("", Bytes.EMPTY, Headers.NONE));
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** No answer, or none that could be used: too long, for instance. */
    record Failed(String why) implements Event {}

    /** How it went with the browser. */
    record Browsed(Browsing how) implements Event {}

    /** What can come of opening a page. */
    enum Browsing {
        /** It is being opened. */
        STARTED,
        /** The device has no browser. */
        NONE,
        /** The browser did not start. */
        FAILED,
        /** The user does not want it. */
        REJECTED
    }
}
