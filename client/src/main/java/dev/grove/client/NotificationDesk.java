package dev.grove.client;

import dev.grove.auth.Secret;
import dev.grove.client.Accounts.Stored;
import dev.grove.client.Scheduler.Call;
import dev.grove.client.Scheduler.Terms;
import dev.grove.client.notify.Allowance;
import dev.grove.client.notify.Delivery;
import dev.grove.client.notify.NotificationMemo;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.notify.Reception;
import dev.grove.client.notify.Reception.Cause;
import dev.grove.client.store.StorageException;
import dev.grove.dm1.client.Trigger;
import dev.grove.dm2.client.Dm2Trigger;
import dev.grove.notify.NotificationAccount;
import dev.grove.notify.NotificationCheck;
import dev.grove.notify.NotificationVerdict;
import dev.grove.notify.NotificationVerdict.Accepted;
import dev.grove.notify.NotificationVerdict.Dm1Session;
import dev.grove.notify.NotificationVerdict.Dm2Session;
import dev.grove.notify.NotificationVerdict.Dropped;
import dev.grove.notify.SeenNotifications;
import dev.grove.notify.SeenNotifications.Entry;
import dev.grove.notify.SeenNotifications.Generation;
import dev.grove.notify.SeenNotifications.RepetitionId;
import dev.grove.notify.UiMode;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what bearers bring, on their threads, and knows what has come before. What a notification has led to is noted
 * for good when its session is over: one whose session was cut by a crash counts when it comes again.
 */
final class NotificationDesk {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationDesk.class);
    private static final int MOST_WAITING = 8;

    private final DeviceSetup setup;
    private final Device device;
    private final @Nullable Dm2Sessions dm2;
    private final Allowance checked;
    private final Allowance accepted;
    private final Object lock = new Object();
    /** Guarded by {@code lock}, like the two below. */
    private SeenNotifications seen;
    /** Those whose sessions are not over yet. */
    private final Set<RepetitionId> inHand = new HashSet<>();
    private final Map<Cause, Long> dropped = new EnumMap<>(Cause.class);

    /** What came of a delivery, and the call that it asks for; absent if it asks for none. */
    record Taken(Reception reception, @Nullable Call call) {}

    NotificationDesk(DeviceSetup setup, Device device, @Nullable Dm2Sessions dm2) {
        this.setup = setup;
        this.device = device;
        this.dm2 = dm2;
        NotificationSetup limits = setup.notifications();
        this.checked = new Allowance(limits.checkedPerMinute());
        this.accepted = new Allowance(limits.acceptedPerMinute());
        this.seen = NotificationMemo.in(device.state());
    }

    Taken take(Delivery delivery) {
        Instant now = setup.clock().instant();
        if (!checked.take(now)) {
            return dropped(delivery, Cause.FLOOD);
        }
        return switch (delivery) {
            case Delivery.Plain(String _, Packet notification) -> judged(delivery, notification, now);
            case Delivery.Push(String _, Bytes pdu) -> unwrapped(delivery, pdu, now);
        };
    }

    private Taken unwrapped(Delivery delivery, Bytes pdu, Instant now) {
        try {
            WapPush push = WapPush.decode(pdu);
            return push.isForDeviceManagement() ? judged(delivery, push.content(), now)
                    : dropped(delivery, Cause.OTHER_APPLICATION);
        } catch (Malformed _) {
            return dropped(delivery, Cause.NO_PUSH);
        }
    }

    private Taken judged(Delivery delivery, Packet notification, Instant now) {
        NotificationCheck check = new NotificationCheck(accounts(), setup.notifications().window());
        synchronized (lock) {
            return switch (check.judge(notification, seen, now)) {
                case Dropped(NotificationVerdict.Reason reason) -> dropped(delivery, Cause.of(reason));
                case Accepted genuine when isInHand(genuine) -> dropped(delivery, Cause.REPEATED);
                case Accepted genuine when isBusy(genuine.serverId()) -> dropped(delivery, Cause.BUSY);
                case Accepted _ when !accepted.take(now) -> dropped(delivery, Cause.FLOOD);
                case Accepted genuine -> {
                    seen = genuine.remembered(seen, now);
                    genuine.repetitionId().ifPresent(inHand::add);
                    LOG.debug("{} has brought a notification of {}", delivery.bearer(), genuine.serverId());
                    yield new Taken(new Reception.Accepted(delivery.bearer(), genuine), call(genuine));
                }
            };
        }
    }

    /** The servers as they are now, for nonces change: those of DM 1.x that prove themselves, and all of DM 2.0. */
    private List<NotificationAccount> accounts() {
        List<NotificationAccount> accounts = new ArrayList<>();
        NotificationSetup taken = setup.notifications();
        for (Stored stored : device.accounts()) {
            Secret server = stored.account().server();
            if (server != null) {
                accounts.add(new NotificationAccount.Dm1(stored.account().serverId(), server, taken.resynchronises(),
                        taken.takesDm13()));
            }
        }
        if (dm2 != null) {
            dm2.desk().accounts().forEach(
                    account -> accounts.add(NotificationAccount.Dm2.of(account.serverId(), account.notification())));
        }
        return accounts;
    }

    /** It may wait for its session for so long that it is forgotten otherwise. */
    private boolean isInHand(Accepted genuine) {
        return genuine.repetitionId().filter(inHand::contains).isPresent();
    }

    private boolean isBusy(String serverId) {
        return inHand.stream().filter(id -> id.serverId().equals(serverId)).count() >= MOST_WAITING;
    }

    private Taken dropped(Delivery delivery, Cause cause) {
        synchronized (lock) {
            dropped.merge(cause, 1L, Long::sum);
        }
        LOG.debug("What {} has brought is dropped: {}", delivery.bearer(), cause.words());
        return new Taken(new Reception.Dropped(delivery.bearer(), cause), null);
    }

    private static Call call(Accepted genuine) {
        return switch (genuine) {
            case Dm1Session session -> new Call(session.serverId(),
                    Trigger.server(session.sessionId(), session.wantsDevDetail(), session.resynchronise()), null,
                    new Terms(session.uiMode(), List.of()));
            case Dm2Session session -> new Call(session.serverId(), null,
                    Dm2Trigger.notified(session.notificationId(), session.requestsObjects()),
                    new Terms(UiMode.NOT_SPECIFIED, session.preferred()));
        };
    }

    /** How many notifications were dropped, for which cause, since the device was made. */
    Map<Cause, Long> dropped() {
        synchronized (lock) {
            return Map.copyOf(dropped);
        }
    }

    // ---- notifications that somebody else has judged

    /** Whether it is new; then it is remembered. One without an id always is ([DM 2.0 §5.2.1.2]). */
    boolean isNew(Call call) {
        Optional<RepetitionId> id = id(call);
        Instant now = setup.clock().instant();
        synchronized (lock) {
            if (id.isEmpty()) {
                return true;
            }
            if (seen.contains(id.get(), now, setup.notifications().window().repetitions())) {
                return false;
            }
            seen = seen.with(new Entry(id.get(), now));
            return inHand.add(id.get());
        }
    }

    // ---- ends

    /** The session that a notification has asked for is over, or will never be: it is followed, once and for all. */
    void followed(Call call) throws StorageException {
        Optional<RepetitionId> id = id(call);
        synchronized (lock) {
            if (id.isEmpty() || !inHand.remove(id.get())) {
                return;
            }
        }
        device.alone(() -> {
            device.store(NotificationMemo.into(device.state(), followed()));
            return true;
        });
    }

    private static Optional<RepetitionId> id(Call call) {
        Trigger trigger = call.notification();
        if (trigger != null) {
            return Optional
                    .of(new RepetitionId(Generation.DM1, call.serverId(), Integer.parseInt(trigger.sessionId(), 16)));
        }
        return Optional.ofNullable(call.dm2()).map(Dm2Trigger::notificationId)
                .map(number -> new RepetitionId(Generation.DM2, call.serverId(), number));
    }

    private SeenNotifications followed() {
        synchronized (lock) {
            List<Entry> entries = new ArrayList<>(seen.entries());
            entries.removeIf(entry -> inHand.contains(entry.id()));
            return new SeenNotifications(entries);
        }
    }
}
