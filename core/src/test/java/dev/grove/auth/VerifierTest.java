package dev.grove.auth;

import static dev.grove.auth.Vectors.bruce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private static final Set<Match> ALL = Set.of(Match.DEFAULT_NONCE, Match.UNDECODED_NONCE);

    private final Verifier strict = new Verifier(bruce("Nonce"));
    private final Verifier tolerant = new Verifier(bruce("Nonce"), ALL);

    @Test
    void accepts_what_credentials_makes() {
        for (Scheme scheme : new Scheme[] {Scheme.BASIC, Scheme.MD5, Scheme.SHA256}) {
            assertThat(strict.check(scheme, Credentials.data(scheme, bruce("Nonce")))).as(scheme.name())
                    .isEqualTo(Match.CURRENT_NONCE);
            assertThat(strict.check(scheme, Credentials.data(scheme, new Secret("Bruce2", "other", Bytes.EMPTY))))
                    .as(scheme.name()).isEqualTo(Match.NONE);
        }
    }

    @Test
    void white_space_and_missing_padding_do_not_matter() {
        assertThat(strict.check(Scheme.MD5, " Zz6EivR3yeaa\n  ENcRN6lpAQ ")).isEqualTo(Match.CURRENT_NONCE);
    }

    @Test
    void what_is_not_base64_is_wrong_and_nothing_worse() {
        assertThat(strict.check(Scheme.MD5, "no base64!")).isEqualTo(Match.NONE);
        assertThat(strict.check(Scheme.BASIC, "")).isEqualTo(Match.NONE);
    }

    @Test
    void a_credential_of_one_scheme_is_none_of_another() {
        assertThat(strict.check(Scheme.SHA256, Credentials.data(Scheme.MD5, bruce("Nonce")))).isEqualTo(Match.NONE);
        assertThat(strict.check(Scheme.MAC, Credentials.data(Scheme.MD5, bruce("Nonce")))).isEqualTo(Match.NONE);
    }

    @Test
    void the_default_nonce_passes_only_where_it_is_permitted() {
        for (String data : new String[] {"cnPI6nO9RgujiHU0y58kNA==", "/rEaWnNuFj+omqNv8Zls6w=="}) {
            assertThat(strict.check(Scheme.MD5, data)).isEqualTo(Match.NONE);
            assertThat(tolerant.check(Scheme.MD5, data)).isEqualTo(Match.DEFAULT_NONCE);
        }
    }

    @Test
    void a_nonce_left_in_base64_passes_only_where_it_is_permitted() {
        assertThat(strict.check(Scheme.MD5, "CmO/kTaDnxgwUdBvdtRh4A==")).isEqualTo(Match.NONE);
        assertThat(tolerant.check(Scheme.MD5, "CmO/kTaDnxgwUdBvdtRh4A==")).isEqualTo(Match.UNDECODED_NONCE);
    }

    @Test
    void a_mac_passes_raw_as_hexadecimal_text_and_without_padding() {
        assertThat(strict.check(hmac("6AZk96DG6F0jSIaEpbK4Ng=="), Vectors.SMALL_BODY)).isEqualTo(Match.CURRENT_NONCE);
        assertThat(strict.check(hmac("6AZk96DG6F0jSIaEpbK4Ng"), Vectors.SMALL_BODY)).isEqualTo(Match.CURRENT_NONCE);
        Verifier other = new Verifier(
                new Secret("Bruce1", "OhBehave", Bytes.hex("0102030405060708090a0b0c0d0e0f10")));
        Bytes body = Bytes.utf8("<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr/></SyncML>");
        assertThat(other.check(
                new SyncmlHmac("MD5", "Bruce1", "ZjdhN2RiNGMxYzAyNzNjYTU3NWYyOTA4YmMwMDBiYzc="), body))
                .isEqualTo(Match.CURRENT_NONCE);
    }

    @Test
    void a_mac_over_another_body_by_another_user_or_algorithm_fails() {
        assertThat(strict.check(hmac("6AZk96DG6F0jSIaEpbK4Ng=="), Vectors.WBXML_BODY)).isEqualTo(Match.NONE);
        assertThat(strict.check(new SyncmlHmac("MD5", "Bruce1", "6AZk96DG6F0jSIaEpbK4Ng=="), Vectors.SMALL_BODY))
                .isEqualTo(Match.NONE);
        assertThat(strict.check(new SyncmlHmac("MD4", "Bruce2", "6AZk96DG6F0jSIaEpbK4Ng=="), Vectors.SMALL_BODY))
                .isEqualTo(Match.NONE);
    }

    @Test
    void an_hmac_as_rfc_2104_defines_it_is_wrong() {
        assertThat(tolerant.check(hmac("SMWEpVz8NGn4TtO457jKyg=="), Vectors.SMALL_BODY)).isEqualTo(Match.NONE);
    }

    private static SyncmlHmac hmac(String mac) {
        return new SyncmlHmac("MD5", "Bruce2", mac);
    }
}
