package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final FailedAttempts attempts = new FailedAttempts(2, Duration.ofSeconds(10));

    @Test
    void shuts_out_a_device_at_one_address_until_the_window_is_over() {
        assertThat(attempts.failed("d", "here", NOW)).isEqualTo(1);
        assertThat(attempts.shutOut("d", "here", NOW)).isEmpty();
        assertThat(attempts.failed("d", "here", NOW.plusSeconds(4))).isEqualTo(2);
        assertThat(attempts.shutOut("d", "here", NOW.plusSeconds(4))).contains(Duration.ofSeconds(6));
        assertThat(attempts.shutOut("d", "there", NOW)).isEmpty();
        assertThat(attempts.shutOut("e", "here", NOW)).isEmpty();
        assertThat(attempts.shutOut("d", "here", NOW.plusSeconds(10))).isEmpty();
        assertThat(attempts.failed("d", "here", NOW.plusSeconds(10))).isEqualTo(1);
    }

    @Test
    void shuts_out_nobody_for_longer_than_the_window_when_the_clock_is_set_back() {
        attempts.failed("d", "here", NOW);
        attempts.failed("d", "here", NOW);
        Instant back = NOW.minusSeconds(10_800);
        assertThat(attempts.shutOut("d", "here", back)).contains(Duration.ofSeconds(10));
        assertThat(attempts.shutOut("d", "here", back.plusSeconds(9))).contains(Duration.ofSeconds(1));
        assertThat(attempts.shutOut("d", "here", back.plusSeconds(10))).isEmpty();
        attempts.failed("e", "here", NOW);
        assertThat(attempts.failed("e", "here", back)).isEqualTo(2);
        assertThat(attempts.failed("e", "here", back.plusSeconds(10))).as("a new window").isEqualTo(1);
    }

    @Test
    void counts_anew_after_the_window_and_after_success() {
        attempts.failed("d", "here", NOW);
        assertThat(attempts.failed("d", "here", NOW.plusSeconds(11))).isEqualTo(1);
        attempts.succeeded("d", "here");
        assertThat(attempts.failed("d", "here", NOW.plusSeconds(12))).isEqualTo(1);
    }
}
