package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {

    @Test
    void mixed_has_all_breeds_among_its_first_devices() {
        Mix mix = Mix.parse("mixed");
        assertThat(IntStream.range(0, 20).mapToObj(mix::breed).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Breed.class));
        assertThat(mix.counts(100).values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(mix.breed(7)).isEqualTo(Mix.parse("MIXED").breed(27));
    }

    @Test
    void takes_one_breed_or_several_with_weights() {
        assertThat(Mix.parse("dm20").isOnly(Breed.DM20)).isTrue();
        assertThat(Mix.parse("DM12-wbxml:3, windows").counts(40))
                .isEqualTo(Map.of(Breed.DM12_WBXML, 30, Breed.WINDOWS, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dm99", "dm12:", "dm12:0", "dm12:x", "mixed,dm12", "dm12:999,dm20:999"})
    void refuses_anything_else(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mix.parse(words));
    }

    @Test
    void some_devices_have_quirks_and_the_same_ones_in_every_run() {
        List<Quirk> quirks = IntStream.range(0, 32_000).mapToObj(Quirk::of).toList();
        assertThat(quirks.stream().filter(quirk -> quirk == Quirk.FORGETFUL).count()).isBetween(800L, 1200L);
        assertThat(quirks.stream().filter(quirk -> quirk == Quirk.SMALL_MESSAGES).count()).isBetween(3500L, 4500L);
        assertThat(quirks.stream().filter(quirk -> quirk == Quirk.PLAIN).count()).isGreaterThan(20_000L);
    }
}
