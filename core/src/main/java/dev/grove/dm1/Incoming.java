package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * A message as it reached the server, decoded, with what the bearer knows of it.
 *
 * @param packet the bytes that were received: digests are over them; header fields such as {@code x-syncml-hmac}
 * @param message the same, decoded
 * @param encoding the spelling, in which the answer goes too
 * @param url where it was sent: the address the server is known by to this device
 * @param transportIdentity the {@link Account#deviceId} that the transport vouches for (mutual TLS, an authorization
 *     port); absent if it vouches for nobody
 */
public record Incoming(Packet packet, Message message, Encoding encoding, String url,
        @Nullable String transportIdentity) {}
