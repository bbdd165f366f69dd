package dev.grove.notify;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;

/** Package 0 of any version, as it came; whether it is genuine is the business of {@link NotificationCheck}. */
public sealed interface Notification {

    /** Of DM 1.1.2 or 1.2 ([DMNOTI 1.2 §6]). */
    record Dm1(TriggerMessage.Signed signed) implements Notification {}

    /** Of DM 1.3, whose form is known in part only. */
    record Dm13(Dm13NotificationCodec.Received received) implements Notification {}

    /** Of DM 2.0 ([DM 2.0 §7.1]). */
    record Dm2(Dm2NotificationCodec.Received received) implements Notification {}

    /**
     * Reads package 0 as its media type says; without one, as its bytes tell. DM 1.3 and DM 2.0 have the same media
     * type: the version in the first four bits tells which it is.
     *
     * @throws Malformed if its bytes are wrong, or the media type is none of a notification
     */
    static Notification decode(Packet packet) throws Malformed {
        return switch (packet.baseMediaType()) {
            case "" -> decode(packet.body());
            case TriggerMessage.MEDIA_TYPE -> new Dm1(TriggerMessage.decode(packet.body()));
            case Dm2Notification.MEDIA_TYPE -> Dm13NotificationCodec.isOne(packet.body())
                    ? new Dm13(Dm13NotificationCodec.decode(packet.body(), Dm13Layout.GUESS))
                    : new Dm2(Dm2NotificationCodec.decode(packet.body()));
            default -> throw new Malformed(-1, "", "a notification is " + TriggerMessage.MEDIA_TYPE + " or "
                    + Dm2Notification.MEDIA_TYPE);
        };
    }

    /** Reads package 0 that came without a media type: of DM 2.0 if every octet of it is in order so, else of DM 1. */
    private static Notification decode(Bytes bytes) throws Malformed {
        try {
            return new Dm2(Dm2NotificationCodec.decode(bytes));
        } catch (Malformed _) {
            return new Dm1(TriggerMessage.decode(bytes));
        }
    }
}
