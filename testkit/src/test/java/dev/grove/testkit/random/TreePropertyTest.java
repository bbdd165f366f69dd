package dev.grove.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Operation;
import dev.grove.tree.Tree;
import dev.grove.tree.edit.Applied;
import dev.grove.tree.edit.Requester;
import dev.grove.tree.edit.TreeEditor;
import dev.grove.tree.edit.TreeRules;
import dev.grove.tree.edit.TreeSetup;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server asks: the editor answers, and what failed has changed nothing. */
class TreePropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static LongStream seeds() {
        return Seed.several(5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_fails_changes_nothing(long seed) {
        RandomGenerator luck = new Seed(seed).luck();
        RandomTrees trees = new RandomTrees(luck, NOW);
        RandomOperations operations = new RandomOperations(luck, trees);
        TreeEditor editor = new TreeEditor(TreeSetup.of(TreeRules.OMA));
        Tree tree = trees.tree(40);
        int failures = 0;
        for (int i = 0; i < 500; i++) {
            Operation operation = operations.on(tree, 2);
            Applied applied = editor.apply(tree, operation, Requester.server("A"), NOW);
            boolean failed = !applied.outcome().status().isSuccess();
            if (failed && !(operation instanceof Operation.Sequence)) {
                failures++;
                assertThat(applied.tree()).as("%s, operation %d: %s", new Seed(seed), i, operation).isEqualTo(tree);
            }
            tree = applied.tree();
        }
        assertThat(failures).as(new Seed(seed).toString()).isBetween(20, 480);
    }
}
