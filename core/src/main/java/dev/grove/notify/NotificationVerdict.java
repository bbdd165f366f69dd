package dev.grove.notify;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.SeenNotifications.Entry;
import dev.grove.notify.SeenNotifications.Generation;
import dev.grove.notify.SeenNotifications.RepetitionId;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a device is to do about a notification. */
public sealed interface NotificationVerdict {

    /** It is genuine and new: a session is to begin. */
    sealed interface Accepted extends NotificationVerdict {

        /** Of the account that it was found genuine for. */
        String serverId();

        /** By which a repetition is known; empty if it has none. */
        Optional<RepetitionId> repetitionId();

        /** What to remember of it, which came now. */
        default SeenNotifications remembered(SeenNotifications seen, Instant now) {
            return repetitionId().map(id -> seen.with(new Entry(id, now))).orElse(seen);
        }
    }

    /**
     * A server of DM 1.x calls.
     *
     * @param sessionId 1 to 65535, of the session that is to begin
     * @param isServerInitiated whether the server has actions to perform, rather than the user asked for it
     * @param resynchronise whether it was made with the nonce 0x00000000, so that the device's own credentials must be
     *     too ([DMNOTI 1.2 §5.1])
     * @param wantsDevDetail whether package 1 shall hold DevDetail, which DM 1.3 can ask for
     * @param vendor what stood behind the header
     */
    record Dm1Session(String serverId, int sessionId, UiMode uiMode, boolean isServerInitiated, boolean resynchronise,
            boolean wantsDevDetail, Bytes vendor) implements Accepted {
        @Override
        public Optional<RepetitionId> repetitionId() {
            return Optional.of(new RepetitionId(Generation.DM1, serverId, sessionId));
        }
    }

    /**
     * A server of DM 2.0 calls; the parameters are those of {@link Dm2Notification}.
     *
     * @param sentAt absent if no digest vouches for it, too
     */
    record Dm2Session(String serverId, @Nullable Integer notificationId, boolean requestsObjects,
            List<ConnectionType> preferred, @Nullable Instant sentAt) implements Accepted {
        @Override
        public Optional<RepetitionId> repetitionId() {
            return Optional.ofNullable(notificationId).map(id -> new RepetitionId(Generation.DM2, serverId, id));
        }

        /** A clock that is slow must not forget it before it is too old to be sent again. */
        @Override
        public SeenNotifications remembered(SeenNotifications seen, Instant now) {
            return Accepted.super.remembered(seen, sentAt != null && sentAt.isAfter(now) ? sentAt : now);
        }
    }

    /** Nothing happens, and nobody is answered. */
    record Dropped(Reason reason) implements NotificationVerdict {}

    /** Why a notification is dropped; for the device's own log. */
    enum Reason {
        /** Its bytes are wrong, or its media type is that of something else. */
        MALFORMED,
        /** No account is meant. */
        UNKNOWN_SERVER,
        /** It bears no digest, and the account demands one. */
        UNSIGNED,
        /** The digest is wrong, or the account has no secret to tell. */
        WRONG_DIGEST,
        /** It was sent too long ago. */
        TOO_OLD,
        /** It has been followed already. */
        REPEATED
    }
}
