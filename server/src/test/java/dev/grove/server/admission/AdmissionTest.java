package dev.grove.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.admission.Admission.Cause;
import dev.grove.server.admission.Admission.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Moved clock = new Moved();
    private final AtomicBoolean isTight = new AtomicBoolean();

    @Test
    void lets_everybody_in_as_long_as_all_is_well() {
        Admission admission = admission(0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(admission.visit().refusal(9)).isEmpty();
        }
        assertThat(admission.pace()).isInfinite();
    }

    @Test
    void refuses_with_the_cause_and_a_time() {
        Admission admission = admission(0);
        assertThat(cause(admission, 10)).isEqualTo(Cause.SESSIONS);
        isTight.set(true);
        assertThat(cause(admission, 0)).isEqualTo(Cause.HEAP);
        isTight.set(false);
        admission.entered();
        admission.entered();
        admission.entered();
        assertThat(admission.isClosed()).isTrue();
        assertThat(cause(admission, 0)).isEqualTo(Cause.REQUESTS);
        admission.left();
        assertThat(admission.isClosed()).isFalse();
        assertThat(admission.visit().refusal(0)).isEmpty();
        admission.drain();
        assertThat(cause(admission, 0)).isEqualTo(Cause.DRAINING);
        assertThat(admission.refusals(Cause.REQUESTS)).isEqualTo(1);
    }

    @Test
    void who_was_let_in_is_not_asked_again() {
        Admission admission = admission(1);
        Admission.Visit visit = admission.visit();
        assertThat(visit.refusal(0)).isEmpty();
        assertThat(visit.refusal(0)).isEmpty();
        assertThat(cause(admission, 0)).isEqualTo(Cause.RATE);
        clock.pass(1000);
        assertThat(admission.visit().refusal(0)).isEmpty();
    }

    @Test
    void tells_each_of_a_crowd_another_time_in_proportion_to_those_before() {
        Admission admission = admission(10);
        Set<Long> told = new HashSet<>();
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            Optional<Refusal> refusal = admission.visit().refusal(0);
            if (refusal.isPresent()) {
                last = refusal.get().retryAfter().toSeconds();
                told.add(last);
            }
        }
        assertThat(told).hasSizeGreaterThan(90).allSatisfy(seconds -> assertThat(seconds).isPositive());
        assertThat(last).as("990 of them at nine tenths of ten a second").isBetween(105L, 130L);
    }

    @Test
    void begins_fewer_sessions_while_writing_is_slow_and_all_again_when_it_is_not() {
        Admission admission = admission(0);
        second(admission, 100, 1);
        second(admission, 100, 900);
        assertThat(admission.pace()).isEqualTo(80.0);
        second(admission, 100, 900);
        assertThat(admission.pace()).isBetween(60.0, 64.1);
        for (int i = 0; i < 30; i++) {
            second(admission, 1, 1);
        }
        assertThat(admission.pace()).isInfinite();
    }

    @Test
    void serves_a_hundred_thousand_that_come_in_a_minute() {
        int pace = 500;
        Admission admission = admission(pace);
        record Caller(long at, int tries) {}
        PriorityQueue<Caller> callers = new PriorityQueue<>(Comparator.comparingLong(Caller::at));
        Random luck = new Random(7);
        long start = clock.millis();
        for (int i = 0; i < 100_000; i++) {
            callers.add(new Caller(start + luck.nextInt(60_000), 1));
        }
        int[] begunIn = new int[3600];
        long tries = 0;
        long last = start;
        while (!callers.isEmpty()) {
            Caller caller = callers.poll();
            clock.set(caller.at());
            Optional<Refusal> refusal = admission.visit().refusal(0);
            if (refusal.isPresent()) {
                callers.add(new Caller(caller.at() + refusal.get().retryAfter().toMillis(), caller.tries() + 1));
            } else {
                begunIn[(int) ((caller.at() - start) / 1000)]++;
                tries += caller.tries();
                last = caller.at();
            }
        }
        assertThat(begunIn).satisfies(each -> {
            for (int begun : each) {
                assertThat(begun).isLessThanOrEqualTo(2 * pace);
            }
        });
        assertThat(last - start).as("not much longer than it takes at this pace").isLessThan(300_000L);
        assertThat(tries / 100_000.0).as("calls for one session").isLessThan(5.0);
    }

    @Test
    void is_quiet_when_nothing_was_written_for_a_while() {
        Admission admission = admission(0);
        clock.pass(5000);
        assertThat(admission.isQuietFor(Duration.ofSeconds(5))).isTrue();
        admission.written(1);
        assertThat(admission.isQuietFor(Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void a_clock_that_jumps_back_or_forth_stops_nobody_for_long() {
        Admission admission = admission(1);
        assertThat(admission.visit().refusal(0)).isEmpty();
        clock.pass(-86_400_000);
        assertThat(admission.visit().refusal(0).orElseThrow().retryAfter()).isLessThan(Duration.ofHours(2));
        clock.pass(1000);
        assertThat(admission.visit().refusal(0)).isEmpty();
        clock.pass(86_400_000);
        assertThat(admission.visit().refusal(0)).isEmpty();
        assertThat(cause(admission, 0)).isEqualTo(Cause.RATE);
    }

    /** Who reads the clock and is then held up must not make a moment count twice. */
    @Test
    void lets_no_more_in_when_many_come_at_once() throws InterruptedException {
        AtomicLong millis = new AtomicLong();
        Clock shared = new Moved() {
            @Override
            public long millis() {
                long now = millis.getAndIncrement();
                LockSupport.parkNanos(1000);
                return now;
            }
        };
        Admission admission = new Admission(new Admission.Rules(10, 2, 100, Duration.ofMillis(500)), shared,
                new Random(3), isTight::get);
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> crowd = IntStream.range(0, 8).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 500; i++) {
                if (admission.visit().refusal(0).isEmpty()) {
                    admitted.incrementAndGet();
                }
            }
        })).toList();
        for (Thread each : crowd) {
            each.join();
        }
        assertThat(admitted.get()).isBetween(400, 101 + (int) millis.get() / 10);
    }

    private void second(Admission admission, int sessions, int writeMillis) {
        for (int i = 0; i < sessions; i++) {
            if (admission.visit().refusal(0).isEmpty()) {
                admission.written(Duration.ofMillis(writeMillis).toNanos());
            }
        }
        clock.pass(1000);
        admission.pace();
    }

    private static Cause cause(Admission admission, int live) {
        Refusal refusal = admission.visit().refusal(live).orElseThrow();
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(refusal.why()).endsWith(".");
        return refusal.cause();
    }

    private Admission admission(int perSecond) {
        return new Admission(new Admission.Rules(10, 2, perSecond, Duration.ofMillis(500)), clock, new Random(3),
                isTight::get);
    }

    /** A clock that stands until it is moved. */
    static class Moved extends Clock {

        private long millis = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();

        void pass(long more) {
            millis += more;
        }

        void set(long to) {
            millis = to;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }
}
