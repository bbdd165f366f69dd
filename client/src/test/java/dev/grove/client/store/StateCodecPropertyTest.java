package dev.grove.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateCodecPropertyTest {

    private static final long SEED = Long.getLong("grove.seed", 20261121L);

    @Test
    void a_state_survives_being_written_whole_or_as_changes() throws Exception {
        SplittableRandom luck = new SplittableRandom(SEED);
        DeviceState state = RandomTrees.initial();
        DeviceState replayed = state;
        int largest = 0;
        for (int step = 0; step < 2000; step++) {
            DeviceState next = RandomTrees.changed(state, luck);

            assertThat(StateCodec.readWhole(StateCodec.whole(next))).as("seed %d, step %d", SEED, step)
                    .isEqualTo(next);
            replayed = StateCodec.readChange(replayed, StateCodec.change(state, next));
            assertThat(replayed).as("seed %d, step %d", SEED, step).isEqualTo(next);
            state = next;
            largest = Math.max(largest, state.tree().root().nodeCount());
        }
        assertThat(largest).isGreaterThan(20);
    }

    @Test
    void a_change_costs_what_it_changes() {
        Instant now = Instant.EPOCH;
        Tree tree = Tree.empty(now);
        for (int i = 0; i < 1000; i++) {
            tree = tree.with(NodeUri.parse("./N" + i), Node.interior("", now))
                    .with(NodeUri.parse("./N" + i + "/V"), Node.of(Value.text("v".repeat(100)), now));
        }
        DeviceState before = new DeviceState(tree);
        DeviceState after = before.withTree(tree.with(NodeUri.parse("./N500/V"), Node.of(Value.text("w"), now)));

        assertThat(StateCodec.whole(before).length()).isGreaterThan(100_000);
        assertThat(StateCodec.change(before, after).length()).isLessThan(300);
    }

    @Test
    void an_empty_memo_is_forgotten() {
        DeviceState noted = RandomTrees.initial().withMemo("alerts", Bytes.utf8("x"));

        assertThat(noted.memo("alerts")).contains(Bytes.utf8("x"));
        assertThat(noted.withMemo("alerts", Bytes.EMPTY)).isEqualTo(RandomTrees.initial());
    }
}
