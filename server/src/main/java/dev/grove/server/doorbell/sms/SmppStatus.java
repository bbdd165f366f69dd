package dev.grove.server.doorbell.sms;

import dev.grove.server.doorbell.Doorbell.Result;
import java.time.Duration;
import java.util.Map;

/** What a message centre's refusals mean ([SMPP 3.4 §5.1.3]). */
final class SmppStatus {

    private static final int INVALID_DESTINATION = 0x0B;
    private static final int QUEUE_FULL = 0x14;
    private static final int THROTTLED = 0x58;

    /** Long enough for a queue to empty itself a little. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(0x01, "message length is invalid"),
            Map.entry(0x02, "command length is invalid"), Map.entry(0x03, "invalid command"),
            Map.entry(0x04, "incorrect bind status"), Map.entry(0x05, "already bound"),
            Map.entry(0x08, "system error"), Map.entry(0x0A, "invalid source address"),
            Map.entry(INVALID_DESTINATION, "invalid destination address"), Map.entry(0x0D, "bind failed"),
            Map.entry(0x0E, "invalid password"), Map.entry(0x0F, "invalid system id"),
            Map.entry(QUEUE_FULL, "message queue full"), Map.entry(0x15, "invalid service type"),
            Map.entry(0x43, "invalid esm_class"), Map.entry(0x44, "cannot submit to distribution list"),
            Map.entry(0x45, "submit failed"), Map.entry(0x48, "invalid source type of number"),
            Map.entry(0x49, "invalid source numbering plan"), Map.entry(0x50, "invalid destination type of number"),
            Map.entry(0x51, "invalid destination numbering plan"), Map.entry(0x53, "invalid system type"),
            Map.entry(THROTTLED, "throttled"), Map.entry(0x61, "invalid schedule time"),
            Map.entry(0x62, "invalid validity period"), Map.entry(0x64, "temporary error, try again later"),
            Map.entry(0x65, "permanent error"), Map.entry(0x66, "message rejected"),
            Map.entry(0xFF, "unknown error"));

    private SmppStatus() {}

    /** What is to be done after a refusal; only one that names the number ends it. */
    static Result refusal(int status) {
        String reason = "the message centre says " + name(status);
        return switch (status) {
            case INVALID_DESTINATION -> new Result.AddressEnded(reason);
            case THROTTLED, QUEUE_FULL -> new Result.Failed(reason, LATER);
            default -> new Result.Failed(reason, null);
        };
    }

    static String name(int status) {
        return NAMES.getOrDefault(status, "an error of its own") + " (status " + Integer.toHexString(status) + ")";
    }
}
