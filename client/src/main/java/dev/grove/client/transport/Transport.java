package dev.grove.client.transport;

import dev.grove.wire.Packet;
import java.net.URI;
import java.util.Optional;

/**
 * A bearer as the client sees it: one message goes, one comes back ([DMPRO 1.3 §6]). The client is always the one that
 * asks.
 *
 * <p>Implementations may be used by several threads. Interrupting the thread that waits in {@link #exchange} ends the
 * wait.
 */
public interface Transport extends AutoCloseable {

    /**
     * Sends a message and waits for the answer.
     *
     * @param address where to: the server's address, or the {@code RespURI} of its last message
     * @return the answer; empty if the server has taken the message and has nothing to say, which is right only after
     *     the last message of a session
     * @throws TransportException if there is no answer, or none that can be a message
     */
    Optional<Packet> exchange(URI address, Packet message) throws TransportException;

    /** Gives connections and threads back. An exchange that is under way is lost. */
    @Override
    default void close() {}
}
