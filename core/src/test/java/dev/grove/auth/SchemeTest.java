package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SchemeTest {

    @Test
    void names_are_read_without_regard_to_case_and_blanks() {
        assertThat(Scheme.of(" syncml:auth-mac\n")).contains(Scheme.MAC);
        assertThat(Scheme.of("syncml:auth-MD5")).contains(Scheme.MD5);
        assertThat(Scheme.of("syncml:auth-X509")).isEmpty();
    }

    @Test
    void the_name_of_sha256_can_be_configured() {
        assertThat(Scheme.of("syncml:auth-sha-256", "syncml:auth-SHA-256")).contains(Scheme.SHA256);
        assertThat(Scheme.of("syncml:auth-SHA256", "syncml:auth-SHA-256")).isEmpty();
        assertThat(Scheme.SHA256.wireName("other")).isEqualTo("other");
        assertThat(Scheme.MD5.wireName("other")).isEqualTo("syncml:auth-md5");
    }

    @Test
    void a_fresh_nonce_has_128_bits() {
        SplittableRandom luck = new SplittableRandom(1);
        assertThat(Nonce.fresh(luck).length()).isEqualTo(16);
        assertThat(Nonce.fresh(luck)).isNotEqualTo(Nonce.fresh(luck));
    }

    @Test
    void a_secret_names_its_user_only_and_takes_no_colon() {
        assertThat(new Secret("Bruce2", "OhBehave", Bytes.EMPTY).toString()).contains("Bruce2")
                .doesNotContain("OhBehave");
        assertThatThrownBy(() -> new Secret("a:b", "", Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }
}
