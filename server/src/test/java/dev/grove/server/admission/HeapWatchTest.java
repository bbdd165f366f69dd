package dev.grove.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeapWatchTest {

    private final AdmissionTest.Moved clock = new AdmissionTest.Moved();
    private final AtomicInteger collections = new AtomicInteger();
    private final HeapWatch watch = new HeapWatch(85, clock, collections::incrementAndGet);

    @Test
    void is_tight_from_its_limit_on_and_well_again_a_little_below() {
        watch.measured(0.84);
        assertThat(watch.isTight()).isFalse();
        watch.measured(0.85);
        assertThat(watch.isTight()).isTrue();
        watch.measured(0.82);
        assertThat(watch.isTight()).isTrue();
        watch.measured(0.79);
        assertThat(watch.isTight()).isFalse();
        assertThat(watch.used()).isEqualTo(0.79);
    }

    @Test
    void asks_for_a_new_figure_when_the_last_one_is_bad_and_old() {
        watch.measured(0.9);
        watch.look();
        assertThat(collections).hasValue(0);
        clock.pass(15_000);
        watch.look();
        watch.look();
        assertThat(collections).hasValue(1);
        watch.measured(0.5);
        clock.pass(15_000);
        watch.look();
        assertThat(collections).hasValue(1);
    }

    @Test
    void hears_of_the_collections_of_this_process() {
        try (HeapWatch real = HeapWatch.start(85, Clock.systemUTC())) {
            long until = System.nanoTime() + 20_000_000_000L;
            while (real.used() == 0 && System.nanoTime() < until) {
                System.gc();
                Thread.onSpinWait();
            }
            assertThat(real.used()).isBetween(0.0001, 1.0);
        }
    }
}
