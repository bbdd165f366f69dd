package dev.grove.client;

import dev.grove.auth.Secret;
import dev.grove.client.Accounts.Stored;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.notify.NotificationAccount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The device's servers as the check of notifications wants them, as they are now: nonces change with each session. */
final class NotificationAccounts {

    private NotificationAccounts() {}

    /** Those of DM 1.x that prove themselves to the device, and all of DM 2.0. */
    static List<NotificationAccount> of(Device device, @Nullable Dm2Sessions dm2, NotificationSetup setup) {
        List<NotificationAccount> accounts = new ArrayList<>();
        for (Stored stored : device.accounts()) {
            Secret server = stored.account().server();
            if (server != null) {
                accounts.add(new NotificationAccount.Dm1(stored.account().serverId(), server,
                        setup.resynchronises(), setup.takesDm13()));
            }
        }
        if (dm2 != null) {
            dm2.desk().accounts().forEach(
                    account -> accounts.add(NotificationAccount.Dm2.of(account.serverId(), account.notification())));
        }
        return accounts;
    }
}
