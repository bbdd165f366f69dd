package dev.grove.dm2.server;

import dev.grove.engine.Fact;
import dev.grove.wire.Packet;
import java.util.List;

/**
 * What a turn of the server engine comes to. The caller stores state and facts in one transaction and only then
 * answers: nothing is acknowledged to a device before it is durable.
 */
public sealed interface Dm2Turn {

    /**
     * A package is answered.
     *
     * @param next the session after this turn; kept a while even when it is over, for a package that comes again
     * @param facts what has become known, in order
     */
    record Answered(Dm2SessionState next, Packet reply, List<Fact> facts) implements Dm2Turn {
        public Answered {
            facts = List.copyOf(facts);
        }
    }

    /** The same package has come again, and gets the same answer; nothing changes. */
    record Repeated(Packet reply) implements Dm2Turn {}

    /** The package is out of turn: nothing of it is taken, and nothing changes. */
    record OutOfTurn(String reason) implements Dm2Turn {}
}
