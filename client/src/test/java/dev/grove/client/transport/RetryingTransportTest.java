package dev.grove.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryingTransportTest {

    private static final URI ADDRESS = URI.create("http://dm.example/dm");
    private static final Packet MESSAGE = new Packet("application/vnd.syncml.dm+xml", Bytes.utf8("question"));
    private static final Packet ANSWER = new Packet("application/vnd.syncml.dm+xml", Bytes.utf8("answer"));
    private static final Backoff BACKOFF = new Backoff(3, Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final Deque<TransportException> failures = new ArrayDeque<>();
    private final List<Packet> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final RetryingTransport transport = new RetryingTransport((address, message) -> {
        sent.add(message);
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
        return Optional.of(ANSWER);
    }, BACKOFF, new SplittableRandom(1), pauses::add);

    @Test
    void sends_the_same_message_again_after_its_answer_was_lost() throws Exception {
        failures.add(failure(Kind.LOST, null));
        failures.add(failure(Kind.UNREACHABLE, null));

        assertThat(transport.exchange(ADDRESS, MESSAGE)).contains(ANSWER);

        assertThat(sent).containsExactly(MESSAGE, MESSAGE, MESSAGE);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void gives_up_after_the_last_attempt() {
        for (int i = 0; i < 3; i++) {
            failures.add(failure(Kind.LOST, null));
        }

        assertThat(failed().kind()).isEqualTo(Kind.LOST);
        assertThat(sent).hasSize(3);
    }

    @Test
    void never_repeats_what_cannot_get_better() {
        for (Kind kind : List.of(Kind.REFUSED, Kind.UNTRUSTED, Kind.UNUSABLE, Kind.INTERRUPTED)) {
            sent.clear();
            failures.add(failure(kind, null));

            assertThat(failed().kind()).isEqualTo(kind);
            assertThat(sent).hasSize(1);
        }
    }

    @Test
    void waits_as_long_as_the_server_asks() throws Exception {
        failures.add(failure(Kind.BUSY, Duration.ofSeconds(30)));

        transport.exchange(ADDRESS, MESSAGE);

        assertThat(pauses).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void leaves_a_longer_wait_to_the_caller() {
        failures.add(failure(Kind.BUSY, Duration.ofSeconds(61)));

        assertThat(failed().retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_stopped_pause_ends_the_exchange() {
        RetryingTransport stopping = new RetryingTransport((address, message) -> {
            throw failure(Kind.LOST, null);
        }, BACKOFF, new SplittableRandom(1), length -> {
            throw new InterruptedException();
        });

        TransportException failure = catchThrowableOfType(TransportException.class,
                () -> stopping.exchange(ADDRESS, MESSAGE));

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void waits_grow_up_to_the_longest_and_differ_by_luck() {
        SplittableRandom luck = new SplittableRandom(7);
        Backoff backoff = new Backoff(50, Duration.ofSeconds(1), Duration.ofSeconds(20));
        for (int attempt = 1; attempt <= 40; attempt++) {
            Duration full = Duration.ofSeconds(Math.min(20, 1L << Math.min(attempt - 1, 10)));
            assertThat(backoff.after(attempt, luck)).isBetween(full.dividedBy(2), full);
        }
        assertThat(backoff.after(40, luck)).isNotEqualTo(backoff.after(40, luck));
        assertThat(Backoff.NONE.after(1, luck)).isZero();
    }

    private TransportException failed() {
        return catchThrowableOfType(TransportException.class, () -> transport.exchange(ADDRESS, MESSAGE));
    }

    private static TransportException failure(Kind kind, @Nullable Duration retryAfter) {
        return new TransportException(kind, "as the test wants it", null, retryAfter);
    }
}
