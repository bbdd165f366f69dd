package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.HttpDigest.Use;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestNoncesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final DigestNonces nonces = new DigestNonces(key(1), new Random(1), Duration.ofMinutes(5), 3);

    /** It was not: all that was issued counted as forgotten until the clock showed its old time again. */
    @Test
    void is_of_use_again_at_once_after_a_clock_was_set_back_by_hours() {
        for (int i = 0; i < 5; i++) {
            assertThat(nonces.use(nonces.issue(NOW.plusSeconds(i)), use(1), NOW.plusSeconds(i))).isTrue();
        }
        String before = nonces.issue(NOW.plusSeconds(5));
        Instant back = NOW.minusSeconds(3 * 3600);
        assertThat(nonces.use(before, use(1), back)).as("of a time to come").isFalse();
        for (int i = 0; i < 5; i++) {
            String nonce = nonces.issue(back.plusSeconds(i));
            assertThat(nonces.use(nonce, use(1), back.plusSeconds(i))).isTrue();
            assertThat(nonces.use(nonce, use(2), back.plusSeconds(i))).isTrue();
            assertThat(nonces.use(nonce, use(2), back.plusSeconds(i))).as("replayed").isFalse();
        }
        Instant forth = NOW.plusSeconds(3 * 3600);
        assertThat(nonces.use(nonces.issue(forth), use(1), forth)).isTrue();
    }

    @Test
    void no_two_are_alike() {
        Set<String> issued = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(issued.add(nonces.issue(NOW))).isTrue();
        }
    }

    @Test
    void each_count_of_a_nonce_passes_once_in_any_order() {
        String nonce = nonces.issue(NOW);
        for (int number : new int[] {1, 2, 5, 3, 70, 7, 69}) {
            assertThat(nonces.use(nonce, use(number), NOW)).as("first time %s", number).isTrue();
            assertThat(nonces.use(nonce, use(number), NOW)).as("again %s", number).isFalse();
        }
        for (int seen : new int[] {1, 2, 3, 5, 7, 69, 70}) {
            assertThat(nonces.use(nonce, use(seen), NOW)).as("replayed %s", seen).isFalse();
        }
        assertThat(nonces.use(nonce, use(4), NOW)).as("too far behind").isFalse();
        assertThat(nonces.use(nonce, use(6), NOW)).as("just within the window").isTrue();
    }

    @Test
    void the_highest_count_is_remembered_however_far_the_next_one_jumps() {
        for (int jump = 1; jump < 140; jump++) {
            DigestNonces some = new DigestNonces(key(jump), new Random(jump), Duration.ofMinutes(5), 3);
            String nonce = some.issue(NOW);
            assertThat(some.use(nonce, use(3), NOW)).isTrue();
            assertThat(some.use(nonce, use(3 + jump), NOW)).isTrue();
            assertThat(some.use(nonce, use(3), NOW)).as("after a jump of %s", jump).isFalse();
        }
    }

    @Test
    void without_a_count_a_nonce_passes_once() {
        String nonce = nonces.issue(NOW);
        assertThat(nonces.use(nonce, null, NOW)).isTrue();
        assertThat(nonces.use(nonce, null, NOW)).isFalse();
        assertThat(nonces.use(nonce, use(1), NOW)).isFalse();
    }

    @Test
    void old_ones_those_of_another_process_and_made_up_ones_do_not_pass() {
        String nonce = nonces.issue(NOW);
        assertThat(nonces.use(nonce, use(1), NOW.plusSeconds(301))).isFalse();
        assertThat(nonces.use(nonce, use(1), NOW.minusSeconds(11))).isFalse();
        DigestNonces other = new DigestNonces(key(2), new Random(2), Duration.ofMinutes(5), 3);
        assertThat(nonces.use(other.issue(NOW), use(1), NOW)).isFalse();
        for (String madeUp : new String[] {"", "x", "***", nonce + "A", nonce.substring(1), "B" + nonce.substring(1),
                nonce + "="}) {
            assertThat(nonces.use(madeUp, use(1), NOW)).as(madeUp).isFalse();
        }
        assertThat(nonces.use(nonce, use(1), NOW)).isTrue();
    }

    @Test
    void one_of_another_node_with_the_same_key_passes_though_its_clock_is_ahead() {
        DigestNonces other = new DigestNonces(key(1), new Random(2), Duration.ofMinutes(5), 3);
        assertThat(nonces.use(other.issue(NOW.plusSeconds(3)), use(1), NOW)).isTrue();
    }

    @Test
    void a_nonce_that_was_forgotten_for_want_of_room_is_not_taken_for_a_new_one() {
        String first = nonces.issue(NOW);
        assertThat(nonces.use(first, use(1), NOW)).isTrue();
        for (int i = 1; i <= 3; i++) {
            assertThat(nonces.use(nonces.issue(NOW.plusSeconds(i)), use(1), NOW.plusSeconds(i))).isTrue();
        }
        assertThat(nonces.use(first, use(1), NOW.plusSeconds(4))).isFalse();
        assertThat(nonces.use(first, use(2), NOW.plusSeconds(4))).isFalse();
        assertThat(nonces.use(nonces.issue(NOW.plusSeconds(5)), use(1), NOW.plusSeconds(5))).isTrue();
    }

    private static Use use(int number) {
        return new Use("cnonce", number);
    }

    private static Bytes key(long seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Bytes.wrap(key);
    }
}
