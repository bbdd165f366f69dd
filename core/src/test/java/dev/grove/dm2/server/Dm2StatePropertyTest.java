package dev.grove.dm2.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a server stores of a session between two packages. */
class Dm2StatePropertyTest {

    private final long seed = Long.getLong("grove.seed", 20261121L);
    private final SplittableRandom luck = new SplittableRandom(seed);
    private final Dm2States states = new Dm2States(luck);

    @Test
    void reads_what_it_wrote() throws Malformed {
        for (int i = 0; i < 2000; i++) {
            Dm2SessionState state = states.any();
            Bytes stored = state.encode();
            assertThat(Dm2SessionState.isStored(stored)).isTrue();
            assertThat(Dm2SessionState.decode(stored)).as("seed " + seed).isEqualTo(state);
        }
    }

    @Test
    void says_malformed_of_any_part_of_a_state() {
        for (int i = 0; i < 50; i++) {
            Bytes whole = states.any().encode();
            Bytes part = whole.slice(0, luck.nextInt(whole.length()));
            assertThatThrownBy(() -> Dm2SessionState.decode(part)).as("seed " + seed).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void says_malformed_of_another_version_and_of_lengths_that_lie() {
        Bytes stored = states.any().encode();
        assertThatThrownBy(() -> Dm2SessionState.decode(Bytes.hex("D209").plus(stored.slice(2, stored.length()))))
                .isInstanceOf(Malformed.class).hasMessageContaining("version 9");
        assertThatThrownBy(() -> Dm2SessionState.decode(Bytes.hex("D201FFFFFFFF07"))).isInstanceOf(Malformed.class)
                .hasMessageContaining("past the end");
    }

    @Test
    void passes_over_what_a_later_minor_version_has_added_at_the_end() throws Malformed {
        Dm2SessionState state = states.any();
        assertThat(Dm2SessionState.decode(state.encode().plus(Bytes.hex("0102ff00")))).isEqualTo(state);
    }

    @Test
    void names_the_session_and_nothing_that_was_said() {
        Dm2SessionState state = states.any();
        assertThat(state.toString()).contains(state.deviceId()).contains(state.sessionId()).hasSizeLessThan(200);
    }
}
