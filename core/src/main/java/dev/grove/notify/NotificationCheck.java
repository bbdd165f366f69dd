package dev.grove.notify;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Secret;
import dev.grove.notify.NotificationVerdict.Accepted;
import dev.grove.notify.NotificationVerdict.Dm1Session;
import dev.grove.notify.NotificationVerdict.Dm2Session;
import dev.grove.notify.NotificationVerdict.Dropped;
import dev.grove.notify.NotificationVerdict.Reason;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a device judges notifications: whose they are, whether they are genuine ([DMNOTI 1.2 §5.1, §6.2.2], [DM 2.0
 * §5.2.1.2]), and whether they are new. Any version number of DM 1.x is accepted: servers write 10, 11 and 12.
 *
 * @param accounts of the servers that may wake the device
 * @param window how far back it looks
 */
public record NotificationCheck(List<NotificationAccount> accounts, Window window) {

    /**
     * How far back a device looks.
     *
     * @param repetitions a second notification with the same id within this time is a repetition
     * @param oldest a notification that tells an earlier time of sending is too old. The future is no reason to drop
     *     it: a device may have lost its clock
     */
    public record Window(Duration repetitions, Duration oldest) {

        /** A day each: what tells its time of sending can then not be replayed. */
        public static final Window DEFAULT = new Window(Duration.ofDays(1), Duration.ofDays(1));
    }

    public NotificationCheck {
        accounts = List.copyOf(accounts);
    }

    /** A check that looks a day back. */
    public NotificationCheck(List<NotificationAccount> accounts) {
        this(accounts, Window.DEFAULT);
    }

    /**
     * Judges a notification. Of what is accepted, {@link Accepted#remembered} is to be kept for the next one.
     *
     * @param notification taken out of its envelope; its media type may be empty if the bearer does not tell it
     * @param seen what was accepted before
     */
    public NotificationVerdict judge(Packet notification, SeenNotifications seen, Instant now) {
        NotificationVerdict genuine;
        try {
            genuine = switch (Notification.decode(notification)) {
                case Notification.Dm1(TriggerMessage.Signed signed) -> judge(signed);
                case Notification.Dm13(Dm13NotificationCodec.Received received) -> judge(received, now);
                case Notification.Dm2(Dm2NotificationCodec.Received received) -> judge(received, now);
            };
        } catch (Malformed _) {
            return new Dropped(Reason.MALFORMED);
        }
        return genuine instanceof Accepted accepted && isRepeated(accepted, seen, now)
                ? new Dropped(Reason.REPEATED)
                : genuine;
    }

    private boolean isRepeated(Accepted accepted, SeenNotifications seen, Instant now) {
        return accepted.repetitionId()
                .filter(id -> seen.contains(id, now, window.repetitions())).isPresent();
    }

    private NotificationVerdict judge(TriggerMessage.Signed signed) {
        TriggerMessage message = signed.message();
        return dm1(account -> account.serverId().equals(message.serverId()), signed::isBy,
                resynchronise -> new Dm1Session(message.serverId(), message.sessionId(), message.uiMode(),
                        message.isServerInitiated(), resynchronise, false, message.vendor()));
    }

    private NotificationVerdict judge(Dm13NotificationCodec.Received received, Instant now) {
        Dm13Notification message = received.notification();
        NotificationVerdict verdict = dm1(
                account -> account.takesDm13() && account.serverId().equals(message.serverId()), received::isBy,
                resynchronise -> new Dm1Session(message.serverId(), message.sessionId(), message.uiMode(),
                        message.isServerInitiated(), resynchronise, message.requestsDevDetail(),
                        message.vendor() == null ? Bytes.EMPTY : Bytes.utf8(message.vendor())));
        boolean isOver = message.expires() != null && message.expires().isBefore(now);
        return isOver && verdict instanceof Accepted ? new Dropped(Reason.TOO_OLD) : verdict;
    }

    /** The stored nonce is tried first, and then the one that everybody knows. */
    private NotificationVerdict dm1(Predicate<NotificationAccount.Dm1> isMeant, Proof proof,
            Resynchronisation accepted) {
        List<NotificationAccount.Dm1> meant = of(NotificationAccount.Dm1.class).filter(isMeant).toList();
        if (meant.isEmpty()) {
            return new Dropped(Reason.UNKNOWN_SERVER);
        }
        for (NotificationAccount.Dm1 account : meant) {
            if (isBy(account, account.server().nonce(), proof)) {
                return accepted.session(false);
            }
            if (account.resynchronises() && isBy(account, Nonce.DEFAULT, proof)) {
                return accepted.session(true);
            }
        }
        return new Dropped(Reason.WRONG_DIGEST);
    }

    private static boolean isBy(NotificationAccount.Dm1 account, Bytes nonce, Proof proof) {
        Secret server = account.server();
        return Stream.of(account.serverId(), server.userName()).distinct()
                .anyMatch(name -> proof.isBy(Digest.MD5.secretHash(name, server.password()), nonce));
    }

    /** Whether a digest was made of these. */
    private interface Proof {
        boolean isBy(String secretHash, Bytes nonce);
    }

    /** What is accepted, once it is known whether the nonces have to be agreed anew. */
    private interface Resynchronisation {
        Dm1Session session(boolean resynchronise);
    }

    private NotificationVerdict judge(Dm2NotificationCodec.Received received, Instant now) {
        Dm2Notification message = received.notification();
        List<NotificationAccount.Dm2> meant = of(NotificationAccount.Dm2.class)
                .filter(account -> message.serverId() == null || account.serverId().equals(message.serverId()))
                .toList();
        List<NotificationAccount.Dm2> genuine = meant.stream().filter(account -> isBy(account, received)).toList();
        if (genuine.isEmpty()) {
            return new Dropped(meant.isEmpty() ? Reason.UNKNOWN_SERVER
                    : received.isSigned() ? Reason.WRONG_DIGEST : Reason.UNSIGNED);
        }
        if (genuine.size() > 1) {
            // Without a server identifier it could be from any of these: none is preferred.
            return new Dropped(Reason.UNKNOWN_SERVER);
        }
        if (message.sentAt() != null && message.sentAt().plus(window.oldest()).isBefore(now)) {
            return new Dropped(Reason.TOO_OLD);
        }
        return new Dm2Session(genuine.getFirst().serverId(), message.id(), message.requestsObjects(),
                message.preferred(), received.isSigned() ? message.sentAt() : null);
    }

    private static boolean isBy(NotificationAccount.Dm2 account, Dm2NotificationCodec.Received received) {
        if (!received.isSigned()) {
            return account.acceptsUnsigned();
        }
        return account.credential() != null
                && account.inputs().stream().anyMatch(input -> received.isBy(account.credential(), input));
    }

    private <T extends NotificationAccount> Stream<T> of(Class<T> kind) {
        return accounts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
