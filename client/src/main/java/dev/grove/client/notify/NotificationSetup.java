package dev.grove.client.notify;

import dev.grove.notify.NotificationCheck.Window;
import org.jspecify.annotations.Nullable;

/**
 * What a device makes of notifications.
 *
 * @param checkedPerMinute how many are looked at in any minute; the rest is dropped unread
 * @param acceptedPerMinute how many sessions may be asked for in any minute
 * @param window how far back it looks
 * @param resynchronises whether a notification made with the nonce 0x00000000 is believed, and the session after it
 *     begins with that nonce ([DMNOTI 1.2 §5.1]). Whoever has seen one such notification can send it again, which costs
 *     no more than a session that ends in new nonces
 * @param takesDm13 whether notifications of DM 1.3 are taken, whose form is known in part only
 * @param connections to the device's networks
 * @param push to its messaging service; absent if it has none
 */
public record NotificationSetup(int checkedPerMinute, int acceptedPerMinute, Window window, boolean resynchronises,
        boolean takesDm13, ConnectionTypes connections, @Nullable PushRegistration push) {

    /** 120 a minute are looked at, 10 sessions a minute begin; a day back; any network, no messaging service. */
    public static final NotificationSetup DEFAULT = new NotificationSetup(120, 10, Window.DEFAULT, true,
            false, ConnectionTypes.ANY, null);

    public NotificationSetup {
        if (checkedPerMinute < 1 || acceptedPerMinute < 1) {
            throw new IllegalArgumentException("a device that listens takes one notification a minute at least");
        }
    }

    public NotificationSetup withLimits(int checked, int accepted) {
        return new NotificationSetup(checked, accepted, window, resynchronises, takesDm13, connections, push);
    }

    public NotificationSetup withResynchronisation(boolean wanted) {
        return new NotificationSetup(checkedPerMinute, acceptedPerMinute, window, wanted, takesDm13, connections,
                push);
    }

    /** This, as a device that takes notifications of DM 1.3, or none. */
    public NotificationSetup withDm13(boolean taken) {
        return new NotificationSetup(checkedPerMinute, acceptedPerMinute, window, resynchronises, taken, connections,
                push);
    }

    public NotificationSetup with(ConnectionTypes networks) {
        return new NotificationSetup(checkedPerMinute, acceptedPerMinute, window, resynchronises, takesDm13, networks,
                push);
    }

    public NotificationSetup with(PushRegistration service) {
        return new NotificationSetup(checkedPerMinute, acceptedPerMinute, window, resynchronises, takesDm13,
                connections,
                service);
    }
}
