package dev.grove.dm1.client;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the device knows of one of its servers: a DMAcc object, read once at the beginning of a session ([STDOBJ 1.2
 * §5.1]). Changes to it count from the next session on; nonces come back as {@link ClientFact}s.
 *
 * @param serverId the name of the server in access control lists
 * @param url where the first message goes
 * @param client how the device proves itself; absent if only the transport may vouch for it
 * @param clientSchemes the schemes the device may use, the preferred one first
 * @param credentialsAtOnce whether the first message bears credentials, of the preferred scheme, rather than waiting
 *     for the server's challenge
 * @param server how the server proves itself; absent if the device trusts the transport
 * @param serverSchemes the schemes the server may use; the first is the one it is challenged with
 */
public record ClientAccount(String serverId, String url, @Nullable Secret client, List<Scheme> clientSchemes,
        boolean credentialsAtOnce, @Nullable Secret server, List<Scheme> serverSchemes) {

    public ClientAccount {
        clientSchemes = List.copyOf(clientSchemes);
        serverSchemes = List.copyOf(serverSchemes);
        if ((client != null && clientSchemes.isEmpty()) || (server != null && serverSchemes.isEmpty())) {
            throw new IllegalArgumentException("a secret without a scheme to use it in");
        }
    }

    /**
     * Whether a server's challenge for this scheme is met: one of the account's, or a stronger one, for a server may
     * find credentials too weak ([DMPRO 1.3 §9]). A weaker one is not: whoever asks for it may be after the password.
     */
    public boolean permits(Scheme asked) {
        return clientSchemes.stream().anyMatch(scheme -> scheme == asked || strength(scheme) < strength(asked));
    }

    private static int strength(Scheme scheme) {
        return switch (scheme) {
            case BASIC -> 0;
            case MD5 -> 1;
            case MAC, SHA256 -> 2;
        };
    }

    /** An account without credentials: the transport vouches for both sides. */
    public static ClientAccount open(String serverId, String url) {
        return new ClientAccount(serverId, url, null, List.of(), false, null, List.of());
    }

    /** This, with credentials of the device in one scheme, shown at once or when the server asks. */
    public ClientAccount withClient(Secret secret, Scheme scheme, boolean atOnce) {
        return new ClientAccount(serverId, url, secret, List.of(scheme), atOnce, server, serverSchemes);
    }

    /** This, with credentials that the server has to show. */
    public ClientAccount withServer(Secret secret, Scheme scheme) {
        return new ClientAccount(serverId, url, client, clientSchemes, credentialsAtOnce, secret, List.of(scheme));
    }
}
