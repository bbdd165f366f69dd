package dev.grove.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.engine.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Device.Patience PATIENCE = new Device.Patience(3, Duration.ofMinutes(10));

    private Device device = Device.of(new Account("d", null, List.of(), null, Scheme.MD5), "", NOW);
    private Instant now = NOW;

    @Test
    void nobody_wonders_about_a_device_that_called_once() {
        call(Duration.ZERO);
        assertThat(device.rhythm()).isEqualTo(Device.Rhythm.UNKNOWN);
    }

    @Test
    void learns_at_which_interval_a_device_calls() {
        call(Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            call(Duration.ofHours(i % 2 == 0 ? 5 : 7));
        }
        assertThat(Objects.requireNonNull(device.rhythm().usual())).isBetween(Duration.ofHours(5), Duration.ofHours(7));
        assertThat(device.rhythm().quietUntil()).isBetween(now.plus(Duration.ofHours(15)),
                now.plus(Duration.ofHours(27)));
    }

    @Test
    void one_holiday_does_not_become_the_habit() {
        call(Duration.ZERO);
        call(Duration.ofHours(1));
        call(Duration.ofDays(30));
        assertThat(device.rhythm().usual()).isEqualTo(Duration.ofMinutes(105));
    }

    @Test
    void is_patient_for_a_least_time_and_moves_it_only_now_and_then() {
        call(Duration.ZERO);
        Set<Instant> times = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            call(Duration.ofSeconds(10));
            Instant until = Objects.requireNonNull(device.rhythm().quietUntil());
            assertThat(until).isBetween(now.plus(Duration.ofMinutes(10)), now.plus(Duration.ofSeconds(750)));
            times.add(until);
        }
        assertThat(times).as("in ten minutes of sixty calls").hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void a_clock_that_jumps_back_teaches_nothing() {
        call(Duration.ZERO);
        call(Duration.ofHours(1));
        call(Duration.ofHours(-5));
        assertThat(device.rhythm().usual()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void is_silent_until_it_is_heard_of_and_never_where_nobody_wonders() {
        call(Duration.ZERO);
        call(Duration.ofHours(1));
        device = device.fallenSilent(NOW.plusSeconds(99_999));
        assertThat(device.rhythm().quietUntil()).isNull();
        assertThat(device.rhythm().silentSince()).isEqualTo(NOW.plusSeconds(99_999));
        call(Duration.ofDays(3));
        assertThat(device.rhythm().silentSince()).isNull();
        assertThat(device.rhythm().quietUntil()).isNotNull();
        device = device.seen(now.plusSeconds(5), "DM 1.2", new Device.Patience(0, Duration.ofHours(1)));
        assertThat(device.rhythm().quietUntil()).isNull();
    }

    private void call(Duration later) {
        now = now.plus(later);
        device = device.seen(now, "DM 1.2", PATIENCE);
    }
}
