package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

class StepsTest {

    private final MemoryStore store = new MemoryStore();
    private long now;
    private final Steps steps = new Steps(store, () -> now);

    @Test
    void takes_more_as_long_as_it_is_quick_and_less_when_it_is_not() {
        for (int i = 0; i < 10; i++) {
            assertThat(steps.more((_, most) -> takes(1_000, most))).isTrue();
        }
        assertThat(steps.limit()).isEqualTo(2000);
        for (int i = 0; i < 20; i++) {
            assertThat(steps.more((_, most) -> takes(1_000_000, most))).isTrue();
        }
        assertThat(steps.limit()).as("a millisecond each: never more than a few").isEqualTo(10);
    }

    @Test
    void stays_at_what_takes_a_few_milliseconds_and_ends_when_nothing_is_left() {
        for (int i = 0; i < 20; i++) {
            steps.more((_, most) -> takes(20_000, most));
        }
        assertThat(steps.limit() * 20_000L).isLessThanOrEqualTo(5_000_000);
        assertThat(steps.more((_, most) -> takes(20_000, most - 1))).isFalse();
    }

    private int takes(long nanosEach, int count) {
        now += nanosEach * count;
        return count;
    }
}
