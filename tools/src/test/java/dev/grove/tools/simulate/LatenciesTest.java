package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @Test
    void has_nothing_to_tell_of_nothing() {
        assertThat(new Latencies().nanosWithin(0.99)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 1_000, 123_456_789, Long.MAX_VALUE / 2})
    void tells_a_value_within_a_thirty_second(long nanos) {
        Latencies one = new Latencies();
        one.add(nanos);
        assertThat(one.nanosWithin(0.5)).isBetween(nanos, nanos + nanos / 32 + 1);
    }

    @Test
    void finds_the_shares_of_many_from_several_threads() {
        Latencies even = new Latencies();
        Latencies odd = new Latencies();
        for (int i = 1; i <= 1000; i++) {
            (i % 2 == 0 ? even : odd).add(i * 1000L);
        }
        even.addAll(odd);
        assertThat(even.total()).isEqualTo(1000);
        assertThat(even.nanosWithin(0.5)).isBetween(500_000L, 516_000L);
        assertThat(even.nanosWithin(0.99)).isBetween(990_000L, 1_022_000L);
        assertThat(even.nanosWithin(1)).isBetween(1_000_000L, 1_032_000L);
    }
}
