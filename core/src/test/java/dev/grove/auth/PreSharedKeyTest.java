package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import org.junit.jupiter.api.Test;

class PreSharedKeyTest {

    @Test
    void a_key_is_written_in_hexadecimal_digits_or_base64() {
        assertThat(PreSharedKey.readKey(" 000102030405060708090A0b0c0d0e0f\n").hex())
                .isEqualTo("000102030405060708090a0b0c0d0e0f");
        assertThat(PreSharedKey.readKey("AAECAwQFBgcICQoLDA0ODw==").hex())
                .isEqualTo("000102030405060708090a0b0c0d0e0f");
        assertThatThrownBy(() -> PreSharedKey.readKey("a key!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void identities_and_keys_have_bounds_and_the_key_is_never_printed() {
        Bytes key = Bytes.hex("00112233445566778899aabbccddeeff");
        assertThat(new PreSharedKey("\u00e4".repeat(5000), key).identity()).hasSize(5000);
        assertThat(new PreSharedKey("dev-1", key).toString()).contains("dev-1").doesNotContain("0011");
        assertThatThrownBy(() -> new PreSharedKey("", key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PreSharedKey("\u00e4".repeat(40_000), key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PreSharedKey("dev-1", key.slice(0, 7)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
