package dev.grove.notify;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Package 0 of DM 2.0 ([DM 2.0 §5.2.1, §7.1]), as a server asks for it or a device understands it; its bytes and its
 * digest are the business of {@link Dm2NotificationCodec}.
 *
 * @param serverId of the account that is meant, 4095 octets at most; absent if the device can tell otherwise
 * @param preferred types of connection, the best first, 4095 at most; empty: none is preferred
 * @param id 0 to 65535, by which duplicates are known and which package 1 tells; absent if there is none
 * @param sentAt in whole seconds, not before 1970; absent if it is not told
 * @param requestsObjects whether package 1 shall tell the objects that the device has ({@code REQ-MOS})
 */
public record Dm2Notification(@Nullable String serverId, List<ConnectionType> preferred, @Nullable Integer id,
        @Nullable Instant sentAt, boolean requestsObjects) {

    /** [DM 2.0 E.1]; the same as that of DM 1.3: the first four bits tell which it is. */
    public static final String MEDIA_TYPE = "application/vnd.syncml.dm.notification";

    private static final int MOST_OCTETS = 0xFFF;

    /** By what a device may be connected when it calls ([DM 2.0 §5.2.1.2]). */
    public enum ConnectionType {
        ANY(0), CELLULAR(1), WLAN(2), WIRELINE(3);

        private final int code;

        ConnectionType(int code) {
            this.code = code;
        }

        /** The octet of it. */
        public int code() {
            return code;
        }
    }

    /** How the server proves itself in a notification; both are octets. The secret is never printed. */
    public record Credential(Bytes secret, Bytes authData) {
        @Override
        public String toString() {
            return "Credential[]";
        }
    }

    /** What the digest is made of; the formula and the prose of [DM 2.0 §5.2.1.2] differ. */
    public enum DigestInput {
        /** Secret, message, data, as in the formula: what Grove writes. */
        WITH_AUTH_DATA,
        /** Secret and message, as in the prose. */
        WITHOUT_AUTH_DATA
    }

    public Dm2Notification {
        preferred = List.copyOf(preferred);
        sentAt = sentAt == null ? null : sentAt.truncatedTo(ChronoUnit.SECONDS);
        if (id != null && (id < 0 || id > 0xFFFF)) {
            throw new IllegalArgumentException("a NOTIFICATION-ID has 16 bits (DM 2.0 §5.2.1.2)");
        }
        if (sentAt != null && sentAt.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("a TIMESTAMP is not before 1970 (DM 2.0 §5.2.1.2)");
        }
        int octets = serverId == null ? 0 : serverId.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MOST_OCTETS || preferred.size() > MOST_OCTETS) {
            throw new IllegalArgumentException("an option has 4095 octets at most (DM 2.0 §7.1.1.2)");
        }
    }
}
