package dev.grove.notify.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.notify.envelope.SmsReassembly.Step;
import dev.grove.notify.envelope.ShortMessage.Part;
import dev.grove.notify.envelope.ShortMessage.Ports;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of messages become messages, whatever order they come in and whatever else comes. */
class SmsReassemblyTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = SmsReassembly.Bounds.DEFAULT.patience();

    private static ShortMessage part(int reference, int total, int number, String content) {
        return new ShortMessage(Ports.PUSH, new Part(reference, false, total, number), List.of(),
                Bytes.utf8(content));
    }

    private SmsReassembly state = SmsReassembly.empty();

    private Optional<String> add(String sender, ShortMessage message, Instant now) {
        Step step = state.add(sender, message, now);
        state = step.next();
        return step.whole().map(Bytes::utf8);
    }

    @Test
    void one_message_by_itself_is_whole() {
        assertThat(add("a", new ShortMessage(Ports.PUSH, null, List.of(), Bytes.utf8("x")), NOW)).contains("x");
    }

    @Test
    void parts_come_in_any_order_and_more_than_once() {
        long seed = Long.getLong("grove.seed", 11);
        Random luck = new Random(seed);
        for (int run = 0; run < 200; run++) {
            byte[] content = new byte[134 + luck.nextInt(2000)];
            luck.nextBytes(content);
            List<ShortMessage> parts = new ArrayList<>(
                    ShortMessage.split(Ports.PUSH, luck.nextInt(256), Bytes.wrap(content)));
            parts.addAll(parts.subList(0, luck.nextInt(parts.size())));
            Collections.shuffle(parts, luck);
            List<Bytes> whole = new ArrayList<>();
            state = SmsReassembly.empty();
            for (ShortMessage part : parts) {
                Step step = state.add("a", part, NOW);
                state = step.next();
                step.whole().ifPresent(whole::add);
            }
            assertThat(whole).as("seed " + seed + ", run " + run).first().isEqualTo(Bytes.wrap(content));
        }
    }

    @Test
    void messages_of_different_senders_references_and_ports_are_kept_apart() {
        ShortMessage elsewhere = new ShortMessage(new Ports(1, 2), new Part(1, false, 2, 2), List.of(),
                Bytes.utf8("C"));
        assertThat(add("a", part(1, 2, 1, "a"), NOW)).isEmpty();
        assertThat(add("b", part(1, 2, 2, "B"), NOW)).isEmpty();
        assertThat(add("a", part(2, 2, 2, "2"), NOW)).isEmpty();
        assertThat(add("a", part(1, 3, 2, "3"), NOW)).isEmpty();
        assertThat(add("a", elsewhere, NOW)).isEmpty();
        assertThat(add("a", part(1, 2, 2, "z"), NOW)).contains("az");
        assertThat(state.pending()).hasSize(4);
    }

    @Test
    void another_content_under_the_same_number_begins_anew() {
        add("a", part(1, 3, 1, "old"), NOW);
        add("a", part(1, 3, 2, "old"), NOW);
        add("a", part(1, 3, 1, "new"), NOW);

        assertThat(add("a", part(1, 3, 3, "."), NOW)).as("the old second part is gone").isEmpty();
        assertThat(add("a", part(1, 3, 2, "er"), NOW)).contains("newer.");
    }

    @Test
    void what_stays_unfinished_is_forgotten() {
        add("a", part(1, 2, 1, "a"), NOW);

        assertThat(add("a", part(1, 2, 2, "b"), NOW.plus(PATIENCE))).isEmpty();
        assertThat(add("a", part(1, 2, 1, "c"), NOW.plus(PATIENCE))).contains("cb");
    }

    @Test
    void a_flood_crowds_out_itself_first_and_never_grows_without_bound() {
        add("patient", part(1, 2, 1, "a"), NOW);
        for (int i = 0; i < 256; i++) {
            add("flood", part(i, 255, 1, "x"), NOW);
        }
        assertThat(state.pending()).hasSize(1 + SmsReassembly.Bounds.DEFAULT.perSender());
        assertThat(add("patient", part(1, 2, 2, "b"), NOW)).contains("ab");
        for (int i = 0; i < 500; i++) {
            add("flood" + i, part(i % 256, 255, 1, "x"), NOW);
        }
        assertThat(state.pending()).hasSize(SmsReassembly.Bounds.DEFAULT.messages());
    }
}
