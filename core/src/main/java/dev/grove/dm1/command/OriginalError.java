package dev.grove.dm1.command;

import dev.grove.tree.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The HRESULT that Windows adds to a Status that is no success, in the attribute {@code msft:originalerror}
 * ([MS-MDM §2.2.6.1]).
 */
final class OriginalError {

    private static final String NODE_MISSING = "0x86000002";
    private static final String UNSPECIFIED = "0x80004005";
    private static final String ACCESS_DENIED = "0x80070005";
    private static final String INVALID_ARGUMENT = "0x80070057";
    private static final String ALREADY_EXISTS = "0x800700B7";

    private OriginalError() {}

    /** What the management object said, if that is an HRESULT, or else one that fits the status. */
    static String of(Outcome outcome) {
        @Nullable
        String detail = outcome.detail();
        if (detail != null && detail.matches("0[xX][0-9A-Fa-f]{8}")) {
            return detail;
        }
        return switch (outcome.status().code()) {
            case 400, 415 -> INVALID_ARGUMENT;
            case 404 -> NODE_MISSING;
            case 405, 425 -> ACCESS_DENIED;
            case 418 -> ALREADY_EXISTS;
            default -> UNSPECIFIED;
        };
    }
}
