package dev.grove.server.doorbell;

import dev.grove.wire.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long somebody wants to be left alone: {@code Retry-After}, in seconds or as a date ([RFC 9110 §10.2.3]). */
final class RetryAfter {

    /** Who asks for more has probably erred. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    @Nullable
    static Duration of(Headers headers, Instant now) {
        return headers.first("Retry-After").map(value -> read(value.strip(), now)).orElse(null);
    }

    private static @Nullable Duration read(String value, Instant now) {
        Duration asked;
        if (value.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(value));
        } else {
            try {
                Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                asked = at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
            } catch (DateTimeException noDate) {
                return null;
            }
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
