package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.wire.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn of the server engine comes to. The caller stores {@code next} and {@code facts} in one transaction and
 * only then sends the reply: nothing is acknowledged to a device before it is durable.
 *
 * @param next the session after this turn; {@link SessionState#isEnded} tells when it is over, and it is kept a while
 *     even then, so that a repeated last message gets its reply again
 * @param reply what to send; absent only if the peer must not be answered
 * @param facts what has become known, in order
 */
public record Turn(SessionState next, @Nullable Packet reply, List<Fact> facts) {

    public Turn {
        facts = List.copyOf(facts);
    }
}
