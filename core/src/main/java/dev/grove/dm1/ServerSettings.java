package dev.grove.dm1;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the server engine that hold for all devices.
 *
 * @param maxMsgSizeBytes the longest message the server takes, announced in {@code SyncHdr/Meta}
 * @param maxObjSizeBytes the largest object the server takes and buffers, announced likewise
 * @param maxAttempts how often a device may offer credentials in one session before it is turned away
 * @param idle how long a session may wait for the device's next message
 * @param sha256Name the {@code Type} of the SHA-256 scheme, since no public text settles it
 * @param acceptDefaultNonce whether credentials made with the nonce 0x00000000 pass, once, for resynchronisation
 * @param credentialsPerMessage whether the digest schemes prove every message with a nonce of its own (Status 200)
 *     rather than the session as a whole (Status 212); MAC always does
 * @param respUri where devices are to send the later messages of a session ({@code RespURI}); absent: where they sent
 *     the first
 */
public record ServerSettings(int maxMsgSizeBytes, int maxObjSizeBytes, int maxAttempts, Duration idle,
        String sha256Name, boolean acceptDefaultNonce, boolean credentialsPerMessage, @Nullable String respUri) {

    public ServerSettings(int maxMsgSizeBytes, int maxObjSizeBytes, int maxAttempts, Duration idle, String sha256Name,
            boolean acceptDefaultNonce) {
        this(maxMsgSizeBytes, maxObjSizeBytes, maxAttempts, idle, sha256Name, acceptDefaultNonce, false, null);
    }

    /** 64 KiB messages, 4 MiB objects, 3 attempts, 10 minutes; no default nonce. */
    public static final ServerSettings DEFAULT = new ServerSettings(64 << 10, 4 << 20, 3, Duration.ofMinutes(10),
            "syncml:auth-SHA256", false);
}
