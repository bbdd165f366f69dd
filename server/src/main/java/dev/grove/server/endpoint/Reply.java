package dev.grove.server.endpoint;

import dev.grove.wire.Packet;
import java.time.Duration;

/** What a conversation has to say to a message. */
public sealed interface Reply {

    /** A message, durable by now. */
    record Answer(Packet packet) implements Reply {}

    /** Nothing: the peer must not be answered. */
    record Silence() implements Reply {}

    /** Not now. */
    record Busy(Duration retryAfter, String why) implements Reply {}

    /** The bearer token was not accepted. */
    record Unauthorized() implements Reply {}
}
