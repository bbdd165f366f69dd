package dev.grove.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.client.Scheduler.Call;
import dev.grove.client.Scheduler.Poll;
import dev.grove.dm1.client.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Optional<Duration> NO_PAUSE = Optional.empty();

    private final Scheduler scheduler = scheduler(new Poll(Duration.ofMinutes(10), 0, Duration.ofSeconds(10)));

    private static Scheduler scheduler(Poll poll) {
        return new Scheduler(poll, new SplittableRandom(1));
    }

    @Test
    void every_server_is_due_first_and_then_at_intervals() {
        scheduler.servers(List.of("a", "b"), NOW);

        assertThat(scheduler.take(NOW)).contains(new Call("a", null));
        assertThat(scheduler.take(NOW)).contains(new Call("b", null));
        assertThat(scheduler.take(NOW)).isEmpty();
        scheduler.done("a", true, NO_PAUSE, NOW.plusSeconds(5));
        assertThat(scheduler.next()).contains(NOW.plusSeconds(605));
        assertThat(scheduler.take(NOW.plusSeconds(604))).isEmpty();
        assertThat(scheduler.take(NOW.plusSeconds(605))).contains(new Call("a", null));
    }

    @Test
    void the_one_that_has_waited_longest_comes_first() {
        scheduler.servers(List.of("a"), NOW.plusSeconds(2));
        scheduler.servers(List.of("a", "b"), NOW.plusSeconds(1));

        assertThat(scheduler.take(NOW.plusSeconds(3))).contains(new Call("b", null));
    }

    @Test
    void a_failure_is_retried_soon_and_then_less_and_less_often() {
        scheduler.servers(List.of("a"), NOW);
        Instant at = NOW;
        for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 600, 600}) {
            assertThat(scheduler.take(at)).isPresent();
            scheduler.done("a", false, NO_PAUSE, at);
            assertThat(scheduler.next()).contains(at.plusSeconds(seconds));
            at = at.plusSeconds(seconds);
        }
        scheduler.take(at);
        scheduler.done("a", true, NO_PAUSE, at);
        scheduler.take(at.plusSeconds(600));
        scheduler.done("a", false, NO_PAUSE, at);
        assertThat(scheduler.next()).as("after a success, the first retry is soon again").contains(at.plusSeconds(10));
    }

    @Test
    void a_server_that_wants_to_be_left_alone_is() {
        scheduler.servers(List.of("a"), NOW);
        scheduler.take(NOW);

        scheduler.done("a", false, Optional.of(Duration.ofHours(2)), NOW);

        assertThat(scheduler.next()).contains(NOW.plus(Duration.ofHours(2)));
    }

    @Test
    void luck_spreads_calls_over_a_part_of_the_interval() {
        Scheduler spread = scheduler(new Poll(Duration.ofMinutes(10), 0.5, Duration.ofSeconds(10)));
        spread.servers(List.of("a"), NOW);
        long differing = 0;
        for (int i = 0; i < 100; i++) {
            spread.take(Instant.MAX.minusSeconds(1));
            spread.done("a", true, NO_PAUSE, NOW);
            Instant due = spread.next().orElseThrow();
            assertThat(due).isBetween(NOW.plusSeconds(300), NOW.plusSeconds(600));
            differing += due.equals(NOW.plusSeconds(600)) ? 0 : 1;
        }
        assertThat(differing).isGreaterThan(90);
    }

    @Test
    void news_are_told_at_once_with_the_session_of_the_notification() {
        scheduler.servers(List.of("a"), NOW.plusSeconds(100));
        Trigger trigger = Trigger.server(7, false, false);

        scheduler.callNow(new Call("a", trigger), NOW);
        scheduler.callNow(new Call("a", null), NOW.plusSeconds(1));

        assertThat(scheduler.next()).contains(NOW);
        assertThat(scheduler.take(NOW)).contains(new Call("a", trigger));
        assertThat(scheduler.take(NOW.plusSeconds(2))).isEmpty();
    }

    @Test
    void news_during_a_session_are_not_forgotten_at_its_end() {
        scheduler.servers(List.of("a"), NOW);
        scheduler.take(NOW);
        scheduler.callNow(new Call("a", null), NOW.plusSeconds(1));

        scheduler.done("a", true, NO_PAUSE, NOW.plusSeconds(2));

        assertThat(scheduler.take(NOW.plusSeconds(2))).isPresent();
    }

    @Test
    void without_an_interval_only_news_and_failures_make_calls() {
        Scheduler quiet = scheduler(Poll.never());
        quiet.servers(List.of("a"), NOW);
        assertThat(quiet.next()).isEmpty();

        quiet.callNow(new Call("a", null), NOW);
        quiet.take(NOW);
        quiet.done("a", false, NO_PAUSE, NOW);
        assertThat(quiet.next()).contains(NOW.plusSeconds(10));
        quiet.take(NOW.plusSeconds(10));
        quiet.done("a", true, NO_PAUSE, NOW.plusSeconds(10));
        assertThat(quiet.next()).isEmpty();
    }

    @Test
    void a_server_that_is_gone_is_not_called() {
        scheduler.servers(List.of("a", "b"), NOW);
        scheduler.servers(List.of("b"), NOW);

        assertThat(scheduler.take(NOW)).contains(new Call("b", null));
        scheduler.done("a", true, NO_PAUSE, NOW);
        assertThat(scheduler.take(NOW)).isEmpty();
    }
}
