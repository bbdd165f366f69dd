package dev.grove.server.doorbell.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What the tests of this package ring with, at a time that stands still until they move it. */
final class Rings extends Clock {

    static final Packet NOTIFICATION = new Packet("application/vnd.syncml.dm.notification",
            Bytes.base64("IwAQFGNvbS5leGFtcGxlLmRtc2VydmVyEAMCAQAQAgAqECDFw7OggHjfuiovo+ZTmNfJHe3EFpFly8QUEwROdnZ6"
                    + "ChAEVKSOABAA"));
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private Instant now = Instant.parse("2026-11-22T01:00:00Z");

    Ring ring(String address) {
        return new Ring("the-device", "7", 1, address, NOTIFICATION, now.plusSeconds(3600));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    static void assertFailed(Result result, String words, @Nullable Duration retryAfter) {
        assertThat(result).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.reason()).contains(words);
            assertThat(failed.retryAfter()).isEqualTo(retryAfter);
        });
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return InstantSource.fixed(now).withZone(zone);
    }
}
