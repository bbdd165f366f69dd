package dev.grove.engine;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of a device when one of its messages arrives. Read from the store before each turn; nonces that
 * change come back as {@link Fact}s.
 *
 * @param deviceId the device's own name for itself, {@code Source/LocURI} of its messages
 * @param client how the device proves itself to the server; absent if only the transport may vouch for it
 * @param clientSchemes the schemes the device may use, the preferred one first; the first is the one it is challenged
 *     with
 * @param server how the server proves itself to the device; absent if the device trusts the transport
 * @param serverScheme the scheme that the device is known to want; it may challenge for another
 */
public record Account(String deviceId, @Nullable Secret client, List<Scheme> clientSchemes, @Nullable Secret server,
        Scheme serverScheme) {

    public Account {
        clientSchemes = List.copyOf(clientSchemes);
    }
}
