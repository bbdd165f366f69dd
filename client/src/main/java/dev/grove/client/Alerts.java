package dev.grove.client;

import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.ClientAlert;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a device hand in what servers are to be told: events, generic alerts, the results of an
 * asynchronous Exec ([DMPRO 1.3 §8.7]). Made first and given to management objects; the {@link DeviceClient} that gets
 * it
 * too takes the alerts in.
 *
 * <p>An alert is on the disk when {@link #raise} returns, and stays there until a server has answered it. It goes out
 * with
 * the next package of the running session, or in a session of its own. May be used from any thread, inside an Exec too.
 */
public final class Alerts {

    /** Who takes alerts in. */
    interface Intake {
        boolean take(@Nullable String serverId, ClientAlert alert) throws StorageException;
    }

    private volatile @Nullable Intake intake;

    /** From now on, alerts go to {@code taker}. */
    void connect(Intake taker) {
        intake = taker;
    }

    /**
     * Tells the server that has executed the Exec of the same correlator; without such a one, the device's first
     * server.
     * An alert with the id of one that still waits takes its place.
     *
     * @return whether the alert is kept; false if far too many wait already
     * @throws StorageException if it could not be stored
     * @throws IllegalStateException if no device uses this yet
     */
    public boolean raise(ClientAlert alert) throws StorageException {
        return connected().take(null, alert);
    }

    /** Tells one server; otherwise as {@link #raise(ClientAlert)}. */
    public boolean raise(String serverId, ClientAlert alert) throws StorageException {
        return connected().take(Objects.requireNonNull(serverId), alert);
    }

    private Intake connected() {
        Intake connected = intake;
        if (connected == null) {
            throw new IllegalStateException("no device takes alerts in yet: give this to a DeviceClient first");
        }
        return connected;
    }
}
