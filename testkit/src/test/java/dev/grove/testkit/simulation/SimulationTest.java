package dev.grove.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.testkit.random.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The world goes its way from fixed seeds. Longer with {@code -Dgrove.simulation.seeds=1000
 * -Dgrove.simulation.steps=2000}, elsewhere with {@code -Dgrove.simulation.first=5000}; one seed again with
 * {@code -Dgrove.seed=…}.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("grove.simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("grove.simulation.seeds", 5);
    private static final int STEPS = Integer.getInteger("grove.simulation.steps", 300);

    private static LongStream seeds() {
        Long only = Long.getLong(Seed.PROPERTY);
        return only == null ? LongStream.range(FIRST, FIRST + SEEDS) : LongStream.of(only);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_happens_nothing_is_lost_and_nothing_is_done_twice(long seed) {
        Simulation simulation = new Simulation(new Seed(seed), 8);

        simulation.run(STEPS);
        simulation.settle();

        Simulation.Tally tally = simulation.tally();
        assertThat(tally.sessions()).as("%s", tally).isGreaterThan(8);
        assertThat(tally.executions()).as("%s", tally).isGreaterThan(3);
        assertThat(tally.answers()).as("%s", tally).isGreaterThanOrEqualTo(tally.executions());
        assertThat(tally.nonces()).as("%s", tally).isGreaterThan(5);
    }
}
