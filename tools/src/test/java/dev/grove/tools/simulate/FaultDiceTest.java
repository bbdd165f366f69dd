package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.grove.tools.simulate.Faults.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultDiceTest {

    @Test
    void throws_each_fault_as_often_as_it_was_asked_for() {
        Faults faults = new Faults(Map.of(Kind.LOST_REPLY, 0.1, Kind.CUT, 0.2), 0);
        FaultDice dice = new FaultDice(faults, new SplittableRandom(1));
        List<Optional<Kind>> thrown = thrown(dice, 10_000);
        assertThat(count(thrown, Kind.LOST_REPLY)).isBetween(900L, 1100L);
        assertThat(count(thrown, Kind.CUT)).isBetween(1850L, 2150L);
        assertThat(count(thrown, Kind.REPEATED)).isZero();
        assertThat(dice.hasStruck()).isTrue();
    }

    @Test
    void throws_the_same_for_the_same_seed() {
        Faults faults = new Faults(Map.of(Kind.SLOW, 0.3, Kind.REPEATED, 0.3), 5);
        assertThat(thrown(new FaultDice(faults, new SplittableRandom(7)), 100))
                .isEqualTo(thrown(new FaultDice(faults, new SplittableRandom(7)), 100))
                .isNotEqualTo(thrown(new FaultDice(faults, new SplittableRandom(8)), 100));
    }

    @Test
    void no_session_is_abandoned_before_it_has_begun() {
        FaultDice dice = new FaultDice(new Faults(Map.of(Kind.ABANDONED, 1.0), 0), new SplittableRandom(1));
        assertThat(dice.next()).isEmpty();
        assertThat(dice.hasStruck()).isFalse();
        assertThat(dice.next()).contains(Kind.ABANDONED);
        assertThat(dice.hasStruck()).isTrue();
    }

    @Test
    void nothing_goes_wrong_unasked() {
        FaultDice dice = new FaultDice(Faults.NONE, new SplittableRandom(1));
        assertThat(thrown(dice, 100)).containsOnly(Optional.empty());
        assertThat(dice.hasStruck()).isFalse();
    }

    @Test
    void rates_are_shares_of_one_whole() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Faults(Map.of(Kind.CUT, 1.5), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Faults(Map.of(Kind.CUT, 0.6, Kind.SLOW, 0.6), 0));
    }

    private static List<Optional<Kind>> thrown(FaultDice dice, int times) {
        List<Optional<Kind>> thrown = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            thrown.add(dice.next());
        }
        return thrown;
    }

    private static long count(List<Optional<Kind>> thrown, Kind kind) {
        return thrown.stream().filter(Optional.of(kind)::equals).count();
    }
}
