package dev.grove.client.transport;

import dev.grove.auth.HttpLogin;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as a DM 2.0 device uses it ([DM 2.0 §5.1.4, §5.2]): packages by POST, data by GET, PUT and POST. Redirects are
 * answers like any other: the device goes only where its policy has let it.
 *
 * <p>Implementations may be used by several threads. Interrupting the thread that waits in {@link #send} ends the wait.
 */
public interface Web extends AutoCloseable {

    /**
     * A request.
     *
     * @param method such as {@code GET}
     * @param headers those that are not the bearer's own business, such as {@code Accept}
     * @param body absent for a request without one
     * @param login what the server is shown when it asks ([RFC 7616], [RFC 7617]); absent for nothing
     */
    record Request(String method, URI address, Headers headers, @Nullable Packet body, @Nullable HttpLogin login) {}

    /**
     * A response, whatever its status.
     *
     * @param body with the header fields of the response; empty, of an empty media type, if it has none
     */
    record Answer(int status, Packet body) {}

    /** @throws TransportException if there is no answer, or a longer one than is read */
    Answer send(Request request) throws TransportException;

    /** Gives connections and threads back. */
    @Override
    default void close() {}

    /** A device without a network: nothing can be reached. */
    Web NONE = request -> {
        throw new TransportException(TransportException.Kind.UNREACHABLE, "this device has no network for DM 2.0",
                null);
    };
}
