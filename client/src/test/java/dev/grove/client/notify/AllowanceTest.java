package dev.grove.client.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void gives_so_many_in_any_minute() {
        Allowance two = new Allowance(2);
        assertThat(two.take(NOW)).isTrue();
        assertThat(two.take(NOW.plusSeconds(30))).isTrue();
        assertThat(two.take(NOW.plusSeconds(59))).isFalse();
        assertThat(two.take(NOW.plusSeconds(60))).isTrue();
        assertThat(two.take(NOW.plusSeconds(61))).isFalse();
        assertThat(two.take(NOW.plusSeconds(90))).isTrue();
    }

    @Test
    void is_not_used_up_for_good_when_the_clock_is_set_back() {
        Allowance one = new Allowance(1);
        assertThat(one.take(NOW)).isTrue();
        assertThat(one.take(NOW.minusSeconds(3600))).isTrue();
        assertThat(one.take(NOW.minusSeconds(3599))).isFalse();
    }
}
