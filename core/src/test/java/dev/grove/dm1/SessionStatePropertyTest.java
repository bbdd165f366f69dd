package dev.grove.dm1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SessionStatePropertyTest {

    private final long seed = Long.getLong("grove.seed", 20261121L);
    private final SplittableRandom luck = new SplittableRandom(seed);
    private final States states = new States(luck);

    @Test
    void reads_what_it_wrote() throws Malformed {
        for (int i = 0; i < 2000; i++) {
            SessionState state = states.any();
            assertThat(SessionState.decode(state.encode())).as("seed " + seed).isEqualTo(state);
        }
    }

    @Test
    void says_malformed_of_any_part_of_a_state() {
        for (int i = 0; i < 50; i++) {
            Bytes whole = states.any().encode();
            Bytes part = whole.slice(0, luck.nextInt(whole.length()));
            assertThatThrownBy(() -> SessionState.decode(part)).as("seed " + seed).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void says_malformed_of_another_version() {
        Bytes stored = states.any().encode();
        assertThatThrownBy(() -> SessionState.decode(Bytes.hex("09").plus(stored.slice(1, stored.length()))))
                .isInstanceOf(Malformed.class).hasMessageContaining("version 9");
    }

    @Test
    void passes_over_what_a_later_minor_version_has_added_at_the_end() throws Malformed {
        SessionState state = states.any();
        assertThat(SessionState.decode(state.encode().plus(Bytes.hex("0102ff00")))).isEqualTo(state);
    }

    @Test
    void names_the_session_and_no_secret() {
        SessionState state = states.any();
        assertThat(state.toString()).contains(state.deviceId()).contains(state.sessionId()).hasSizeLessThan(300);
    }
}
