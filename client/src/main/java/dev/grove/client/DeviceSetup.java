package dev.grove.client;

import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.store.DeviceStore;
import dev.grove.client.transport.Transport;
import dev.grove.dm1.client.ClientAlert;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.dm1.command.UserInterface;
import dev.grove.tree.edit.TreeSetup;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@link DeviceClient} is made of.
 *
 * @param settings the device's name, protocol and limits
 * @param tree rules, limits, descriptions and mounted objects; {@code ./DevInfo} must be mounted or stored
 * @param store where tree and alerts are kept
 * @param transport how messages travel; used with retries of its own, if there are to be any
 * @param user the person at the device
 * @param alerts the same that the management objects were given
 * @param listener is told what happens
 * @param events client events (1224) to be told at the beginning of every session, such as Windows' LoginStatus
 * @param clock the time
 * @param luck for session ids, jitter and nonces; must be hard to predict
 * @param notifications what is made of notifications, if any are brought to the device
 * @param dm2 what the device needs for accounts of DM 2.0; absent: it has none of them
 */
public record DeviceSetup(ClientSettings settings, TreeSetup tree, DeviceStore store, Transport transport,
        UserInterface user, Alerts alerts, DeviceListener listener, Supplier<List<ClientAlert>> events,
        InstantSource clock, RandomGenerator luck, NotificationSetup notifications, @Nullable Dm2Setup dm2) {

    /** A device without a user and without listeners, on the system's clock and secure random numbers. */
    public static DeviceSetup of(ClientSettings settings, TreeSetup tree, DeviceStore store, Transport transport) {
        return new DeviceSetup(settings, tree, store, transport, UserInterface.NONE, new Alerts(), DeviceListener.NONE,
                List::of, InstantSource.system(), new SecureRandom(), NotificationSetup.DEFAULT, null);
    }

    public DeviceSetup with(UserInterface asked) {
        return new DeviceSetup(settings, tree, store, transport, asked, alerts, listener, events, clock, luck,
                notifications, dm2);
    }

    public DeviceSetup with(Alerts outlet) {
        return new DeviceSetup(settings, tree, store, transport, user, outlet, listener, events, clock, luck,
                notifications, dm2);
    }

    public DeviceSetup with(DeviceListener told) {
        return new DeviceSetup(settings, tree, store, transport, user, alerts, told, events, clock, luck,
                notifications, dm2);
    }

    public DeviceSetup withEvents(Supplier<List<ClientAlert>> told) {
        return new DeviceSetup(settings, tree, store, transport, user, alerts, listener, told, clock, luck,
                notifications, dm2);
    }

    public DeviceSetup with(InstantSource time, RandomGenerator random) {
        return new DeviceSetup(settings, tree, store, transport, user, alerts, listener, events, time, random,
                notifications, dm2);
    }

    public DeviceSetup with(NotificationSetup heard) {
        return new DeviceSetup(settings, tree, store, transport, user, alerts, listener, events, clock, luck, heard,
                dm2);
    }

    /** This, also for servers of DM 2.0. */
    public DeviceSetup with(Dm2Setup added) {
        return new DeviceSetup(settings, tree, store, transport, user, alerts, listener, events, clock, luck,
                notifications, added);
    }
}
