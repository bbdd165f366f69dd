package dev.grove.dm2.client;

import dev.grove.dm2.Dm2Alert;
import dev.grove.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * Why a session begins ([DM 2.0 §5.2.2]).
 *
 * @param notificationId of the notification that asked for it; absent if it had none, or if nobody asked
 * @param wantsObjects whether package 1 shall tell the objects that the device has ({@code REQ-MOS})
 * @param url where it begins: that of an EXEC whose end is told; absent: at the account's address
 */
public record Dm2Trigger(Why why, @Nullable Integer notificationId, boolean wantsObjects, @Nullable String url) {

    /** The three reasons of [DM 2.0 D]. */
    public enum Why {
        CLIENT, SERVER, BOOTSTRAP
    }

    /** The device calls by itself. */
    public static final Dm2Trigger CLIENT = new Dm2Trigger(Why.CLIENT, null, false, null);

    /** The device has just been given the account. */
    public static final Dm2Trigger BOOTSTRAP = new Dm2Trigger(Why.BOOTSTRAP, null, true, null);

    public Dm2Trigger {
        if (notificationId != null && (notificationId < 0 || notificationId > 0xFFFF)) {
            throw new IllegalArgumentException("a NOTIFICATION-ID has 16 bits (DM 2.0 §5.2.1.2)");
        }
    }

    /** A notification has come. */
    public static Dm2Trigger notified(@Nullable Integer notificationId, boolean wantsObjects) {
        return new Dm2Trigger(Why.SERVER, notificationId, wantsObjects, null);
    }

    /** The end of an EXEC is to be told at an address of its own. */
    public static Dm2Trigger reporting(String url) {
        return new Dm2Trigger(Why.CLIENT, null, false, url);
    }

    /** This, telling the device's objects in package 1. */
    public Dm2Trigger withObjects() {
        return new Dm2Trigger(why, notificationId, true, url);
    }

    /** What package 1 says of it. */
    Dm2Alert alert() {
        return switch (why) {
            case CLIENT -> Dm2Alert.of(Dm2Alert.CLIENT_INITIATED);
            case BOOTSTRAP -> Dm2Alert.of(Dm2Alert.BOOTSTRAP_COMPLETE);
            case SERVER -> notificationId == null ? Dm2Alert.of(Dm2Alert.SERVER_INITIATED)
                    : new Dm2Alert(Dm2Alert.SERVER_INITIATED, null, null, null, "application/json",
                            Json.object().with("NOTIFICATION-ID", notificationId).build());
        };
    }
}
