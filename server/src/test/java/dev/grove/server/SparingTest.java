package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparingTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private Duration cost = Duration.ZERO;
    private int looks;

    private final Sparing sparing = new Sparing(() -> {
        looks++;
        clock.addAndGet(cost.toNanos());
        if (cost.isNegative()) {
            throw new IllegalStateException("on purpose");
        }
    }, clock::get);

    private int looksAfter(Duration pause) {
        clock.addAndGet(pause.toNanos());
        sparing.run();
        return looks;
    }

    @Test
    void looks_each_time_while_that_costs_little() {
        cost = Duration.ofMillis(10);
        assertThat(looksAfter(Duration.ZERO)).isEqualTo(1);
        assertThat(looksAfter(Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(looksAfter(Duration.ofSeconds(1))).isEqualTo(3);
    }

    @Test
    void a_look_that_costs_much_is_followed_by_a_long_pause() {
        cost = Duration.ofMillis(100);
        looksAfter(Duration.ZERO);
        assertThat(looksAfter(Duration.ofSeconds(4))).isEqualTo(1);
        assertThat(looksAfter(Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void no_figure_grows_older_than_half_a_minute() {
        cost = Duration.ofSeconds(20);
        looksAfter(Duration.ZERO);
        assertThat(looksAfter(Duration.ofSeconds(29))).isEqualTo(1);
        assertThat(looksAfter(Duration.ofSeconds(1))).isEqualTo(2);
    }

    @Test
    void a_look_that_fails_comes_out_and_the_next_one_is_tried() {
        cost = Duration.ofMillis(-1);
        assertThatThrownBy(sparing::run).hasMessage("on purpose");
        cost = Duration.ZERO;
        assertThat(looksAfter(Duration.ofSeconds(1))).isEqualTo(2);
    }
}
