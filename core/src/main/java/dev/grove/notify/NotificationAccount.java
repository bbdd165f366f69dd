package dev.grove.notify;

import dev.grove.auth.Secret;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.Dm2Notification.DigestInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a device knows of a server that may wake it. */
public sealed interface NotificationAccount {

    /** As in the account of the device, and in the notification. */
    String serverId();

    /**
     * A server of DM 1.x.
     *
     * @param server how the server proves itself, with the server nonce. The user name of the formula is the server
     *     identifier ([DMNOTI 1.2 §6.2.2]); that of the secret is tried after it, as some servers use it
     * @param resynchronises whether the nonce 0x00000000 is tried too ([DMNOTI 1.2 §5.1])
     * @param takesDm13 whether the experimental {@link Dm13Notification} is accepted
     */
    record Dm1(String serverId, Secret server, boolean resynchronises, boolean takesDm13)
            implements
                NotificationAccount {

        /** As the specification has it: resynchronising, without experiments. */
        public static Dm1 of(String serverId, Secret server) {
            return new Dm1(serverId, server, true, false);
        }
    }

    /**
     * A server of DM 2.0.
     *
     * @param credential of notifications; without one, none that bears a digest is accepted ([DM 2.0 §5.2.1.2])
     * @param acceptsUnsigned whether a notification without digest is accepted: [DM 2.0 §9.1] leaves that to the device
     * @param inputs of digests that are accepted
     */
    record Dm2(String serverId, @Nullable Credential credential, boolean acceptsUnsigned, Set<DigestInput> inputs)
            implements
                NotificationAccount {

        public Dm2 {
            inputs = Set.copyOf(inputs);
        }

        /** A server with a credential has to use it; the digest is that of the formula. */
        public static Dm2 of(String serverId, @Nullable Credential credential) {
            return new Dm2(serverId, credential, credential == null, Set.of(DigestInput.WITH_AUTH_DATA));
        }
    }
}
