package dev.grove.dm1.client;

import dev.grove.wire.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn of the client engine comes to. The caller stores {@link ClientState#tree} of {@code next} and what the
 * facts say, and only then sends {@code send} to {@link ClientState#url}: nothing is reported to a server before it is
 * durable. If the device stops in between, the session dies unannounced and the server asks again.
 *
 * @param next the session after this turn; if it {@link ClientState#isEnded has ended}, {@code send} is a farewell to
 *     which no answer need be awaited
 * @param send the message to send; absent if there is nothing to say, and then the session is over
 * @param treeChanged whether the tree of {@code next} is another than before, and must be stored
 * @param facts what has become known, in order
 */
public record ClientTurn(ClientState next, @Nullable Packet send, boolean treeChanged, List<ClientFact> facts) {

    public ClientTurn {
        facts = List.copyOf(facts);
    }
}
