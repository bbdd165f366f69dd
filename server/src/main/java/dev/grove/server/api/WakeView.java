package dev.grove.server.api;

import dev.grove.notify.UiMode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Wake;
import dev.grove.server.wake.WakeDesk;
import dev.grove.wire.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Wakes, and how devices can be reached, as JSON. Credentials are left out. */
final class WakeView {

    private WakeView() {}

    static Json.Obj wake(Wake wake) {
        Wake.Sent sent = wake.sent();
        Wake.End end = wake.end();
        Long session = end == null ? null : end.session();
        return Json.object().with("id", wake.id()).with("device", wake.deviceId()).with("state", state(wake.state()))
                .with("mode", mode(wake.mode())).with("reason", wake.reason().isEmpty() ? null : wake.reason())
                .with("notificationId", wake.notificationId())
                .with("sessionId", Integer.toHexString(wake.notificationId()).toUpperCase(Locale.ROOT))
                .with("attempts", wake.attempts()).with("bearer", sent == null ? null : sent.bearer())
                .with("createdAt", wake.createdAt()).with("expiresAt", wake.expiresAt())
                .with("nextAttemptAt", nextAttempt(wake)).with("sentAt", sent == null ? null : sent.at())
                .with("deliveredAt", wake.deliveredAt()).with("endedAt", end == null ? null : end.at())
                .with("session", session == null ? null : Long.toString(session))
                .with("seconds", end == null || session == null ? null : seconds(wake, end))
                .with("trouble", wake.trouble().isEmpty() ? null : wake.trouble()).build();
    }

    private static @Nullable Instant nextAttempt(Wake wake) {
        return wake.dueAt() == null || wake.dueAt().isBefore(wake.expiresAt()) ? wake.dueAt() : null;
    }

    /** From the wish to the device's call. */
    private static Json seconds(Wake wake, Wake.End end) {
        return new Json.Num(BigDecimal.valueOf(Duration.between(wake.createdAt(), end.at()).toMillis(), 3));
    }

    static String state(Wake.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String mode(UiMode mode) {
        return switch (mode) {
            case NOT_SPECIFIED -> null;
            case BACKGROUND -> "background";
            case INFORMATIVE -> "inform";
            case USER_INTERACTION -> "confirm";
        };
    }

    static Json.Obj reach(Reach reach, WakeDesk desk) {
        return Json.object()
                .with("bearers", Json.list(reach.lines().stream().<Json>map(line -> line(line, desk)).toList()))
                .with("format", reach.format().name().toLowerCase(Locale.ROOT)).with("version", reach.version())
                .with("serverId", reach.serverId()).with("hasCredential", reach.credential() != null).build();
    }

    private static Json.Obj line(Reach.Line line, WakeDesk desk) {
        return Json.object().with("bearer", line.bearer()).with("address", line.address())
                .with("ended", line.ended()).with("available", desk.has(line.bearer())).build();
    }
}
