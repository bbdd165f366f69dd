package dev.grove.server.doorbell.web;

import dev.grove.server.doorbell.Doorbell.Result;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service did not answer, or not with what was needed; the message says why, without secrets. */
public final class Unanswered extends Exception {

    private final String reason;
    private final @Nullable Duration retryAfter;

    Unanswered(String reason, @Nullable Duration retryAfter) {
        super(reason, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    Result.Failed asResult() {
        return new Result.Failed(reason, retryAfter);
    }
}
