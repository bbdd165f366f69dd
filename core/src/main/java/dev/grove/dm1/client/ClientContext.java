package dev.grove.dm1.client;

import dev.grove.dm1.command.UserInterface;
import dev.grove.tree.edit.TreeEditor;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the client engine is given with each message, and never fetches.
 *
 * @param settings the same for all servers
 * @param account of the server of this session, as it was when the session began
 * @param editor does the operations; mounted management objects are called through it, inside the turn
 * @param user the device's user, asked inside the turn
 * @param alerts events and generic alerts that no server has answered yet; they go out with the next package
 * @param transportVouches whether the transport has authenticated the server (TLS), so that it need not prove itself
 * @param now the time of this turn
 * @param luck for nonces; must be hard to predict
 */
public record ClientContext(ClientSettings settings, ClientAccount account, TreeEditor editor, UserInterface user,
        List<ClientAlert> alerts, boolean transportVouches, Instant now, RandomGenerator luck) {

    public ClientContext {
        alerts = List.copyOf(alerts);
    }

    /** This, at another time and with other alerts. */
    public ClientContext with(List<ClientAlert> waiting, Instant time) {
        return new ClientContext(settings, account, editor, user, waiting, transportVouches, time, luck);
    }
}
