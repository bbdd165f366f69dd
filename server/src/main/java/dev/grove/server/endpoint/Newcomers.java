package dev.grove.server.endpoint;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.wire.Bytes;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How devices are met that nobody has added.
 *
 * @param register whether they become known on their first valid contact
 * @param client what they must prove then; absent: any device is believed, as if the transport had vouched for it
 * @param server how the server proves itself to them; absent: not at all
 */
public record Newcomers(boolean register, @Nullable Secret client, @Nullable Secret server) {

    /** Schemes that a device may use if nobody says otherwise; the first is the one it is challenged with. */
    public static final List<Scheme> SCHEMES = List.of(Scheme.MD5, Scheme.BASIC, Scheme.MAC, Scheme.SHA256);

    /** Unknown devices are refused. */
    public static final Newcomers REFUSED = new Newcomers(false, null, null);

    /** Whether a device without credentials of its own is believed. */
    boolean believesAnyone() {
        return register && client == null;
    }

    /** The account to judge an unknown device by: the lab's, or one whose secrets nobody can know. */
    Account account(String deviceId, RandomGenerator luck) {
        Secret proof = register ? client : new Secret(random(luck).hex(), random(luck).hex(), random(luck));
        return new Account(deviceId, proof, SCHEMES, server, Scheme.MD5);
    }

    private static Bytes random(RandomGenerator luck) {
        byte[] bytes = new byte[16];
        luck.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
