package dev.grove.testkit.lockstep;

import dev.grove.wire.Packet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server under test: one packet goes, one answer comes. A lambda makes one in memory, {@link HttpLink} one
 * over HTTP.
 */
@FunctionalInterface
public interface Link {

    /**
     * Carries a packet and waits for the answer.
     *
     * @throws LinkBroken if no answer comes
     */
    Answer carry(Packet packet);

    /**
     * What came back.
     *
     * @param httpStatus of the answer; 200 over a bearer that has none
     * @param packet the body; absent if it is empty
     */
    record Answer(int httpStatus, @Nullable Packet packet) {

        /** An answer of a bearer without status codes. */
        public static Answer of(Packet packet) {
            return new Answer(200, packet);
        }

        /** The body, if there is one. */
        public Optional<Packet> body() {
            return Optional.ofNullable(packet);
        }
    }

    /** The connection broke before an answer came. */
    final class LinkBroken extends RuntimeException {
        /** @param cause what the network said */
        public LinkBroken(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
