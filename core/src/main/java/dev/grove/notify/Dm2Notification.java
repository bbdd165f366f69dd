package dev.grove.notify;

import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Package 0 of DM 2.0 ([DM 2.0 §5.2.1, §7.1]), as a server asks for it or a device understands it; its bytes and its
 * digest are the business of {@link Dm2NotificationCodec}.
 *
 * @param serverId of the account that is meant; absent if the device can tell otherwise
 * @param preferred types of connection, the best first; empty: none is preferred
 * @param id 0 to 65535, by which duplicates are known and which package 1 tells; absent if there is none
 * @param sentAt in seconds; absent if it is not told
 * @param requestsObjects whether package 1 shall tell the objects that the device has ({@code REQ-MOS})
 */
public record Dm2Notification(@Nullable String serverId, List<ConnectionType> preferred, @Nullable Integer id,
        @Nullable Instant sentAt, boolean requestsObjects) {

    /** [DM 2.0 E.1]; the same as that of DM 1.3: the first four bits tell which it is. */
    public static final String MEDIA_TYPE = "application/vnd.syncml.dm.notification";

    /** By what a device may be connected when it calls ([DM 2.0 §5.2.1.2]). */
    public enum ConnectionType {
        ANY, CELLULAR, WLAN, WIRELINE
    }

    /** How the server proves itself in a notification; both are octets. The secret is never printed. */
    public record Credential(Bytes secret, Bytes authData) {
        @Override
        public String toString() {
            return "Credential[]";
        }
    }

    public Dm2Notification {
        preferred = List.copyOf(preferred);
        if (id != null && (id < 0 || id > 0xFFFF)) {
            throw new IllegalArgumentException("a NOTIFICATION-ID has 16 bits (DM 2.0 §5.2.1.2)");
        }
    }
}
