package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What every store does with mirrored trees, however it lays them out. */
abstract class MirrorStoreContract extends WakeStoreContract {

    private static final long SEED = 20261122;
    private static final List<String> NAMES = List.of("A", "B", "A-", "A0", "é");

    @Test
    void mirrors_whatever_is_put_and_removed_in_any_order() {
        RandomGenerator luck = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        SortedMap<String, MirrorNode> expected = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            write(r -> {
                for (int steps = 1 + luck.nextInt(3); steps > 0; steps--) {
                    step(r.mirror(), expected, luck);
                }
                return true;
            });
            List<MirrorNode> found = read(r -> r.mirror().below("a", NodeUri.ROOT, "", 999));
            assertThat(found).as("seed %d, round %d", SEED, round)
                    .containsExactlyElementsOf(expected.values());
        }
        for (String name : NAMES) {
            NodeUri uri = NodeUri.parse("./" + name);
            assertThat(read(r -> r.mirror().find("a", uri)).map(MirrorNode::uri))
                    .isEqualTo(Optional.ofNullable(expected.get(uri.toString())).map(MirrorNode::uri));
        }
        List<MirrorNode> others = read(r -> r.mirror().below("b", NodeUri.ROOT, "", 9));
        assertThat(others).isEmpty();
    }

    private static void step(Mirror mirror, SortedMap<String, MirrorNode> expected, RandomGenerator luck) {
        if (luck.nextInt(5) == 0) {
            NodeUri gone = uri(luck);
            mirror.remove("a", gone);
            expected.keySet().removeIf(uri -> NodeUri.parse(uri).startsWith(gone));
            return;
        }
        List<MirrorNode> nodes = new ArrayList<>();
        for (int count = luck.nextInt(6); count >= 0; count--) {
            // Now and then one that is longer than what a row of any store takes lightly.
            String text = "x".repeat(luck.nextInt(20) == 0 ? 3000 : luck.nextInt(40));
            MirrorNode node = new MirrorNode(uri(luck), Value.text(text), NOW.plusMillis(luck.nextInt(1000)));
            nodes.removeIf(other -> other.uri().equals(node.uri()));
            nodes.add(node);
        }
        mirror.put("a", nodes);
        nodes.forEach(node -> expected.put(node.uri().toString(), node));
    }

    private static NodeUri uri(RandomGenerator luck) {
        StringBuilder uri = new StringBuilder(".");
        for (int depth = 1 + luck.nextInt(3); depth > 0; depth--) {
            uri.append('/').append(NAMES.get(luck.nextInt(NAMES.size())));
        }
        return NodeUri.parse(uri.toString());
    }
}
