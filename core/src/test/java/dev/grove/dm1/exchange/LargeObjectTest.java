package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.exchange.LargeObject.Step;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LargeObjectTest {

    private static final long MAX = 100;

    @Test
    void puts_text_together_and_takes_the_meta_of_the_first_chunk() {
        Step.Chunk first = begin(chunk("Hä", 11L, true));
        assertThat(first.status()).isEqualTo(StatusCode.CHUNK_ACCEPTED);
        Step.Chunk second = (Step.Chunk) first.next().accept(chunk("llo ", null, true), MAX);
        Step.Whole whole = (Step.Whole) second.next().accept(chunk("Wör", null, false), MAX + 1);
        assertThat(whole.item().data()).isEqualTo(Data.of("Hällo Wör"));
        assertThat(whole.item().moreData()).isFalse();
        assertThat(whole.item().meta().format()).isEqualTo("chr");
        assertThat(whole.item().source()).isEqualTo(new Location("./A/B"));
    }

    @Test
    void opaque_bytes_stay_bytes() {
        Item first = new Item(null, new Location("./A/B"), null, null, Meta.NONE,
                new Data.Opaque(Bytes.hex("00ff")), true);
        Item last = new Item(null, new Location("./A/B"), null, null, Meta.NONE, new Data.Opaque(Bytes.hex("80")),
                false);
        Step.Whole whole = (Step.Whole) begin(first).next().accept(last, MAX);
        assertThat(whole.item().data()).isEqualTo(new Data.Opaque(Bytes.hex("00ff80")));
    }

    @Test
    void a_size_that_lies_is_424() {
        Step step = begin(chunk("Hello", 12L, true)).next().accept(chunk("World", null, false), MAX);
        assertThat(step).isInstanceOfSatisfying(Step.Lost.class, lost -> {
            assertThat(lost.status()).isEqualTo(StatusCode.SIZE_MISMATCH);
            assertThat(lost.reason()).contains("12").contains("10");
        });
    }

    @Test
    void the_size_of_base64_may_count_either_form() {
        Meta b64 = Meta.of("b64", null);
        assertThat(LargeObject.sizeMatches(8, b64, Data.of("AAECAw=="))).isTrue();
        assertThat(LargeObject.sizeMatches(4, b64, Data.of("AAECAw=="))).isTrue();
        assertThat(LargeObject.sizeMatches(6, b64, Data.of("AAECAw=="))).isFalse();
        assertThat(LargeObject.sizeMatches(4, Meta.NONE, Data.of("AAECAw=="))).isFalse();
        assertThat(LargeObject.sizeMatches(-1, b64, Data.of("!!"))).isFalse();
    }

    @Test
    void what_announces_more_than_is_buffered_is_refused_at_once_and_dropped_to_its_end() {
        Step.Chunk first = begin(chunk("Hello", 101L, true));
        assertThat(first.status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(first.next().length()).isZero();
        Step.Chunk second = (Step.Chunk) first.next().accept(chunk("World", null, true), MAX);
        assertThat(second.status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(second.next().accept(chunk("!", null, false), MAX)).isInstanceOfSatisfying(Step.Lost.class,
                lost -> assertThat(lost.status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE));
    }

    @Test
    void what_grows_beyond_the_limit_unannounced_is_refused_too() {
        Step.Chunk first = begin(chunk("x".repeat(60), null, true));
        Step.Chunk second = (Step.Chunk) first.next().accept(chunk("x".repeat(60), null, true), MAX);
        assertThat(second.status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(second.next().length()).isZero();
    }

    @Test
    void knows_its_own_chunks() {
        LargeObject object = begin(chunk("Hello", 12L, true)).next();
        assertThat(object.continuesWith("Results", "4", chunk("x", null, true))).isTrue();
        assertThat(object.continuesWith("Results", "4", chunk("x", 12L, true))).as("Size repeated").isTrue();
        assertThat(object.continuesWith("Results", "4", Item.of("x"))).as("address left out").isTrue();
        assertThat(object.continuesWith("Results", "4", chunk("x", 13L, true))).as("another Size").isFalse();
        assertThat(object.continuesWith("Results", "5", chunk("x", null, true))).isFalse();
        assertThat(object.continuesWith("Alert", "4", chunk("x", null, true))).isFalse();
        assertThat(object.continuesWith("Results", "4", Item.from("./A/C", Meta.NONE, Data.of("x")))).isFalse();
    }

    @Test
    void tells_where_a_lost_object_was_going() {
        assertThat(begin(chunk("Hello", 12L, true)).next().lost())
                .isEqualTo(Item.from("./A/B", Meta.NONE, null));
    }

    private static Step.Chunk begin(Item first) {
        return LargeObject.begin("Results", "4", LargeObject.within(first, Meta.of("chr", "text/plain")), MAX);
    }

    private static Item chunk(String text, @Nullable Long size, boolean moreData) {
        return new Item(null, new Location("./A/B"), null, null, Meta.NONE.withSize(size), Data.of(text), moreData);
    }
}
