package dev.grove.client.notify;

import dev.grove.notify.Dm2Notification.ConnectionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The port to the device's networks, for servers of DM 2.0 that prefer one ([DM 2.0 §5.2.1.2]). A device whose networks
 * come and go tells {@code DeviceClient.connectionsChanged}.
 */
public interface ConnectionTypes {

    /** The types that are up now; {@link ConnectionType#ANY} among them: it cannot be told, or it does not matter. */
    Set<ConnectionType> available();

    /** The session that begins now is to use this one; a device that cannot choose need not do anything. */
    default void use(ConnectionType chosen) {}

    /** A device that makes no difference. */
    ConnectionTypes ANY = () -> Set.of(ConnectionType.ANY);

    /**
     * What a server's wish comes to now: the first of its preferred types that is up.
     *
     * @param preferred the best first; empty: none is preferred
     * @return empty if the session has to wait until one is up
     */
    default Optional<ConnectionType> choice(List<ConnectionType> preferred) {
        Set<ConnectionType> up = available();
        if (preferred.isEmpty() || up.contains(ConnectionType.ANY)) {
            return Optional.of(ConnectionType.ANY);
        }
        return preferred.stream().filter(type -> type == ConnectionType.ANY || up.contains(type)).findFirst();
    }
}
