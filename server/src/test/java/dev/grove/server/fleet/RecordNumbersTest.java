package dev.grove.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordNumbersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void ascends_even_if_the_clock_stands_still_and_more_are_wanted_than_a_millisecond_has() {
        RecordNumbers numbers = at(NOW, 1);
        long last = 0;
        for (int i = 0; i < 10_000; i++) {
            long next = numbers.after(0);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        assertThat(last).isLessThan(at(NOW.plusMillis(4), 2).after(0));
    }

    @Test
    void is_higher_than_what_a_node_with_a_faster_clock_has_given() {
        long ahead = at(NOW.plusSeconds(5), 1).after(0);
        assertThat(at(NOW, 2).after(ahead)).isEqualTo(ahead + 1);
    }

    @Test
    void follows_the_time_for_half_a_century() {
        long late = at(Instant.parse("2090-01-01T00:00:00Z"), 1).after(0);
        assertThat(late).isGreaterThan(at(NOW, 2).after(0));
        assertThat(at(NOW.plusMillis(1), 1).after(0)).isGreaterThan(at(NOW, 1 << 20).after(0));
    }

    private static RecordNumbers at(Instant time, int seed) {
        return new RecordNumbers(Clock.fixed(time, ZoneOffset.UTC), new Random(seed));
    }
}
