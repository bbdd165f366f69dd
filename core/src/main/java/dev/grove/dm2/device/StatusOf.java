package dev.grove.dm2.device;

import dev.grove.dm2.Dm2Status;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import java.util.Objects;

/** What the tree answers, in the codes that DM 2.0 has for each command ([DM 2.0 C]). */
public final class StatusOf {

    private StatusOf() {}

    /** For HGET, which knows no 405: what a description does not allow is forbidden. */
    static Outcome writing(Outcome outcome) {
        StatusCode status = switch (outcome.status().code()) {
            case 405 -> Dm2Status.FORBIDDEN;
            case 413, 420, 424 -> Dm2Status.DEVICE_FULL;
            case 415 -> Dm2Status.UNSUPPORTED_MEDIA_TYPE;
            default -> common(outcome.status());
        };
        return same(outcome, status);
    }

    /** For DELETE and EXEC. */
    public static Outcome changing(Outcome outcome) {
        return same(outcome, common(outcome.status()));
    }

    private static StatusCode common(StatusCode status) {
        return switch (status.code()) {
            case 200, 202, 204, 304, 400, 403, 404, 405, 500, 501, 503, 506 -> status;
            case 214, 507 -> Dm2Status.USER_REJECTED;
            case 401, 407, 425 -> Dm2Status.FORBIDDEN;
            case 406 -> Dm2Status.NOT_IMPLEMENTED;
            case 414, 415 -> Dm2Status.BAD_REQUEST;
            case 417 -> Dm2Status.SERVICE_UNAVAILABLE;
            default -> status.isSuccess() ? Dm2Status.OK
                    : status.code() >= 1000 ? status : Dm2Status.INTERNAL_ERROR;
        };
    }

    private static Outcome same(Outcome outcome, StatusCode status) {
        return new Outcome(status, outcome.results(), Objects.requireNonNullElse(outcome.detail(), ""));
    }
}
