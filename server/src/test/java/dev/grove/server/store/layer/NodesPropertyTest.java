package dev.grove.server.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are put and removed at random, few and many, in one go or in layers that are merged. */
class NodesPropertyTest {

    private static final int ROUNDS = 300;

    private final Map<NodeUri, MirrorNode> put = new HashMap<>();
    private final Set<NodeUri> removed = new HashSet<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void merged_layers_know_what_was_put_and_removed_one_by_one(long seed) {
        Random random = new Random(seed);
        // Small trees stay few, and are removed in the whole now and then; large ones become many.
        int breadth = 2 + (int) (seed % 4);
        Nodes all = new Nodes();
        for (int round = 0; round < ROUNDS; round++) {
            Nodes later = new Nodes();
            int steps = random.nextInt(6);
            for (int step = 0; step < steps; step++) {
                change(later, random, breadth, round);
            }
            all.absorb(later);
            compare(all, breadth);
        }
        Map<NodeUri, MirrorNode> listed = new HashMap<>();
        all.all().forEach(node -> listed.put(node.uri(), node));
        assertThat(listed).isEqualTo(put);
        assertThat(all.hasRemoved()).isEqualTo(!removed.isEmpty());
    }

    private void change(Nodes nodes, Random random, int breadth, int round) {
        if (random.nextInt(8) == 0) {
            NodeUri uri = any(random, breadth);
            nodes.remove(uri);
            put.keySet().removeIf(node -> node.startsWith(uri));
            removed.add(uri);
            return;
        }
        List<MirrorNode> some = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            some.add(new MirrorNode(any(random, breadth), Value.text("round " + round + ", " + i), Instant.EPOCH));
        }
        nodes.put(some);
        some.forEach(node -> put.put(node.uri(), node));
    }

    private static NodeUri any(Random random, int breadth) {
        NodeUri uri = NodeUri.ROOT.child(name(random.nextInt(breadth)));
        while (uri.segments().size() < 3 && random.nextInt(3) != 0) {
            uri = uri.child(name(random.nextInt(breadth)));
        }
        return uri;
    }

    /** One begins as another does, and sorts before what stands below that one, were names not compared one by one. */
    private static String name(int number) {
        return List.of("A", "A!", "A-B", "B", "b").get(number);
    }

    private void compare(Nodes nodes, int breadth) {
        everywhere(NodeUri.ROOT, breadth).forEach(uri -> {
            assertThat(nodes.find(uri)).as("put: %s", uri).isEqualTo(put.get(uri));
            assertThat(nodes.isRemoved(uri)).as("removed: %s", uri)
                    .isEqualTo(removed.stream().anyMatch(uri::startsWith));
        });
    }

    private static Stream<NodeUri> everywhere(NodeUri uri, int breadth) {
        if (uri.segments().size() == 3) {
            return Stream.of(uri);
        }
        return Stream.concat(Stream.of(uri), Stream.iterate(0, i -> i < breadth, i -> i + 1)
                .flatMap(i -> everywhere(uri.child(name(i)), breadth)));
    }
}
