package dev.grove.server.wake;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Secret;
import dev.grove.dm2.server.Dm2ServerSession;
import dev.grove.notify.Dm13Layout;
import dev.grove.notify.Dm13Notification;
import dev.grove.notify.Dm13NotificationCodec;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.TriggerMessage;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Reach.Format;
import dev.grove.server.fleet.Wake;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes package 0 for a device, of what is known of it at the moment of sending. */
final class Notifications {

    private static final int MAX_SERVER_ID = 255;

    private Notifications() {}

    /**
     * Who is to be notified.
     *
     * @param knowsObjects whether the server knows what objects the device has; otherwise one of DM 2.0 is to tell
     */
    record Addressee(Device device, Reach reach, boolean knowsObjects) {

        private boolean speaksDm2() {
            return switch (reach.format()) {
                case AUTO -> device.profile().equals(Dm2ServerSession.PROFILE);
                case DM12, DM13 -> false;
                case DM20 -> true;
            };
        }

        private @Nullable String serverId() {
            Secret server = device.account().server();
            return reach.serverId() != null ? reach.serverId() : server == null ? null : server.userName();
        }

        /** Why no notification can be made for it, in words; empty if one can. */
        Optional<String> objection() {
            if (speaksDm2()) {
                return Optional.empty();
            }
            if (device.account().server() == null) {
                return Optional.of("the server has no credentials of its own for the device (credentials.server), and"
                        + " cannot sign a notification of DM 1.x");
            }
            String id = serverId();
            return id != null && id.getBytes(StandardCharsets.UTF_8).length > MAX_SERVER_ID
                    ? Optional.of("the server identifier is longer than 255 octets (DMNOTI 1.2 §6.1)")
                    : Optional.empty();
        }
    }

    /** @param to nobody of whom there is an {@link Addressee#objection} */
    static Packet of(Wake wake, Addressee to, Instant now, boolean startsOver) {
        Reach reach = to.reach();
        if (to.speaksDm2()) {
            return new Packet(Dm2Notification.MEDIA_TYPE, Dm2NotificationCodec.encode(new Dm2Notification(to.serverId(),
                    List.of(), wake.notificationId(), now, !to.knowsObjects()), reach.credential()));
        }
        return signed(wake, to, startsOver);
    }

    private static Packet signed(Wake wake, Addressee to, boolean startsOver) {
        Secret server = to.device().account().server();
        String id = to.serverId();
        if (server == null || id == null) {
            throw new IllegalStateException("nobody asked whether this device can be notified: " + to.device().id());
        }
        String hash = Digest.MD5.secretHash(id, server.password());
        Bytes nonce = startsOver ? Nonce.DEFAULT : server.nonce();
        if (to.reach().format() == Format.DM13) {
            Dm13Notification notification = new Dm13Notification(wake.mode(), true, wake.notificationId(),
                    wake.expiresAt(), id, List.of(),
                    to.knowsObjects() ? List.of() : List.of(Dm13Notification.DEV_DETAIL), List.of(),
                    null, null);
            return new Packet(Dm13Notification.MEDIA_TYPE,
                    Dm13NotificationCodec.encode(notification, Dm13Layout.GUESS, hash, nonce));
        }
        TriggerMessage trigger = new TriggerMessage(to.reach().version(), wake.mode(), true, 0, wake.notificationId(),
                id,
                Bytes.EMPTY);
        return new Packet(TriggerMessage.MEDIA_TYPE, trigger.sign(hash, nonce).encode());
    }

    /** For a device that calls whatever it is sent: tells one wake from another, and nothing else. */
    static Packet ring(Wake wake) {
        return new Packet("application/octet-stream", Bytes.utf8("wake " + wake.id()));
    }
}
