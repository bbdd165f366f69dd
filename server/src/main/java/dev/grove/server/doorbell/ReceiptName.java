package dev.grove.server.doorbell;

import dev.grove.server.doorbell.Doorbell.Ring;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names an attempt to a gateway: no two have the same, and nobody learns from it which device is meant. */
public final class ReceiptName {

    private static final int DIGITS = 16;

    private ReceiptName() {}

    /** Letters, digits and hyphens. */
    public static String of(Ring ring) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((ring.deviceId() + '\n' + ring.wakeId()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS) + "-" + ring.attempt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
