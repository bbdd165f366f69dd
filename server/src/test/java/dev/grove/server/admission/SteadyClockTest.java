package dev.grove.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.admission.Admission.Cause;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private final AdmissionTest.Moved wall = new AdmissionTest.Moved();
    private final AtomicLong nanos = new AtomicLong(-7);
    private final SteadyClock clock = SteadyClock.from(wall, nanos::get);

    @Test
    void begins_with_the_time_of_the_other_and_only_counts_then() {
        assertThat(clock.instant()).isEqualTo(wall.instant());
        wall.pass(-86_400_000);
        nanos.addAndGet(1_500_000_000L);
        assertThat(Duration.between(wall.instant(), clock.instant())).isEqualTo(Duration.ofMillis(86_401_500));
        ZoneId zone = ZoneId.of("Europe/Berlin");
        assertThat(clock.withZone(zone).instant()).isEqualTo(clock.instant());
        assertThat(clock.withZone(zone).getZone()).isEqualTo(zone);
    }

    /** By a clock that is set back three hours, everybody was told to come again in an hour, for three hours. */
    @Test
    void a_wall_clock_that_is_set_back_makes_nobody_wait_for_hours() {
        Admission admission = new Admission(new Admission.Rules(10, 10, 1, Duration.ofMillis(500)), clock,
                new Random(1), () -> false);
        assertThat(admission.visit().refusal(0)).isEmpty();
        wall.pass(-3 * 3_600_000);
        Admission.Refusal refusal = admission.visit().refusal(0).orElseThrow();
        assertThat(refusal.cause()).isEqualTo(Cause.RATE);
        assertThat(refusal.retryAfter()).isLessThan(Duration.ofSeconds(10));
        nanos.addAndGet(1_000_000_000L);
        assertThat(admission.visit().refusal(0)).isEmpty();
        assertThat(admission.isQuietFor(Duration.ofSeconds(1))).isTrue();
    }
}
