package dev.grove.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors were computed with Python's hmac: {@code hmac.new(key, b"\x01" + label + b"\x00\x06", "sha256")}. */
class GbaTest {

    private static final Bytes SECRET = Bytes.hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @Test
    void derives_both_keys_from_the_shared_secret() {
        Gba.Keys keys = Gba.keys(SECRET);

        assertThat(keys.integrity().hex())
                .isEqualTo("f2b9a4daaabc9888ced1a407eb46639f0d5dc3f0031eab38a7b5d968cbe2bdc3");
        assertThat(keys.encryption().hex())
                .isEqualTo("9db62dd7b46739d61e79677c72f2abff289faf9ce736dc4e837be422571f3e3a");
        assertThat(keys.toString()).doesNotContain("f2b9").doesNotContain("9db6");
    }

    @Test
    void the_length_of_the_label_is_hashed_in_two_octets() {
        assertThat(Gba.derive(SECRET, Bytes.utf8("dmbik")).hex())
                .isEqualTo("f37e81a77d1c520f685f1e6428f2373303dbfb999f95df98886cfd6339727bf2");
    }

    @Test
    void the_naf_id_is_the_servers_name_and_the_protocol() {
        assertThat(Gba.nafId("DM.example.com", Bytes.hex("0300000001")).hex())
                .isEqualTo("646d2e6578616d706c652e636f6d0300000001");
        assertThatThrownBy(() -> Gba.nafId("dm.example.com", Bytes.hex("03")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marks_a_media_type() {
        assertThat(Gba.mark("application/x; charset=utf-8; sec=USERPIN"))
                .isEqualTo("application/x; charset=utf-8; SEC=3GPP_GBA");
        assertThat(Gba.isMarked(Gba.mark("application/x"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b;SEC=3GPP_GBA", "a/b; charset=x ; sec = \"3gpp_gba\""})
    void reads_the_mark(String mediaType) {
        assertThat(Gba.isMarked(mediaType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "", ";", "a/b; SEC=USERPIN", "a/b; XSEC=3GPP_GBA", "SEC=3GPP_GBA", "a/b; SEC"})
    void sees_no_mark_where_there_is_none(String mediaType) {
        assertThat(Gba.isMarked(mediaType)).isFalse();
    }
}
