package dev.grove.auth;

import static dev.grove.auth.Vectors.bruce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    private static final Bytes NEXT_NONCE = Bytes.base64("LG3iZQhhdmKNHg==");

    @Test
    void basic_is_the_example_of_dmpro_9_4_1() {
        assertThat(Credentials.data(Scheme.BASIC, bruce(""))).isEqualTo("QnJ1Y2UyOk9oQmVoYXZl");
    }

    @Test
    void md5_is_the_example_of_dmpro_9_4_2() {
        assertThat(Credentials.data(Scheme.MD5, bruce("Nonce"))).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void md5_hashes_the_octets_of_the_nonce() {
        assertThat(NEXT_NONCE.hex()).isEqualTo("2c6de265086176628d1e");
        assertThat(Credentials.data(Scheme.MD5, bruce(NEXT_NONCE))).isEqualTo("LAK2i25Fh0nxxGGaAzRRpg==");
    }

    @Test
    void md5_keeps_the_colon_before_an_empty_nonce() {
        assertThat(Credentials.data(Scheme.MD5, bruce(Bytes.EMPTY))).isEqualTo("lEf25jyjHbCcTbj4p/1pUw==");
    }

    @Test
    void md5_with_the_resynchronisation_nonce_in_both_readings() {
        assertThat(Credentials.data(Scheme.MD5, bruce(Nonce.DEFAULT))).isEqualTo("cnPI6nO9RgujiHU0y58kNA==");
        assertThat(Credentials.data(Scheme.MD5, bruce("0x00000000"))).isEqualTo("/rEaWnNuFj+omqNv8Zls6w==");
    }

    @Test
    void sha256_in_four_nonces() {
        assertThat(Credentials.data(Scheme.SHA256, bruce("Nonce")))
                .isEqualTo("xjzyGlkt3ohlGLPxKSYkHAOvDen344MH8tMN+TuV5E4=");
        assertThat(Credentials.data(Scheme.SHA256, bruce(NEXT_NONCE)))
                .isEqualTo("A+v/eUcgwdXQDT2VPeAvO6eH8eJy6UCR8O73c8RtqSE=");
        assertThat(Credentials.data(Scheme.SHA256, bruce(Bytes.EMPTY)))
                .isEqualTo("ZKsumZoj2Eb4hYVnp7OkU4r0yNI9qDgAWPsv7mQC5S8=");
        assertThat(Credentials.data(Scheme.SHA256, bruce(Nonce.DEFAULT)))
                .isEqualTo("mpuLcLIgBJhQcm8Y/OaUF0PgxmzMU9ZTG9ORvo8YrQA=");
    }

    @Test
    void the_stored_form_of_the_password() {
        assertThat(Digest.MD5.secretHash("Bruce2", "OhBehave")).isEqualTo("PtEdr8lBQ45IbT1bZIkrOQ==");
        assertThat(Digest.SHA256.secretHash("Bruce2", "OhBehave"))
                .isEqualTo("R97sly7ZBZJBy453p8EcsTXjWZs9+cyuHXyPGRtKXlU=");
    }

    @Test
    void mac_over_xml_and_wbxml() {
        assertThat(Vectors.SMALL_BODY.length()).isEqualTo(42);
        assertThat(Vectors.WBXML_BODY.length()).isEqualTo(272);
        assertThat(Credentials.hmac(Digest.MD5, bruce("Nonce"), Vectors.SMALL_BODY).print())
                .isEqualTo("algorithm=MD5, username=\"Bruce2\", mac=6AZk96DG6F0jSIaEpbK4Ng==");
        assertThat(Credentials.hmac(Digest.MD5, bruce("Nonce"), Vectors.WBXML_BODY).mac())
                .isEqualTo("ZTavRf3D5KeHp68C6OVhTw==");
    }

    @Test
    void mac_with_sha256() {
        assertThat(Credentials.hmac(Digest.SHA256, bruce("Nonce"), Vectors.SMALL_BODY).mac())
                .isEqualTo("XtWvk5vgcs3t5vXbthFkPkkU7B5KhiUmvHJ8CX+D66U=");
        assertThat(Credentials.hmac(Digest.SHA256, bruce("Nonce"), Vectors.WBXML_BODY).mac())
                .isEqualTo("UmczeOy/Hxbh4Fg7oG1QMDkeXkyE046U6lkTFzEW81A=");
    }

    @Test
    void mac_and_md5_with_a_nonce_of_sixteen_octets() {
        Secret secret = new Secret("Bruce1", "OhBehave", Bytes.hex("0102030405060708090a0b0c0d0e0f10"));
        Bytes body = Bytes.utf8("<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr/></SyncML>");
        assertThat(Credentials.hmac(Digest.MD5, secret, body).mac()).isEqualTo("96fbTBwCc8pXXykIvAALxw==");
        assertThat(Credentials.data(Scheme.MD5, secret)).isEqualTo("Hu+wvLoT9thsogFRKWMLbA==");
        assertThat(Credentials.data(Scheme.BASIC, secret)).isEqualTo("QnJ1Y2UxOk9oQmVoYXZl");
    }

    @Test
    void mac_is_the_formula_of_the_notification_digest_too() {
        String secretHash = Digest.MD5.secretHash("com.mgmtsrv.manage", "srvpwd");
        Bytes trigger = Bytes.hex("02d0000000123412636f6d2e6d676d747372762e6d616e616765");
        assertThat(secretHash).isEqualTo("k1gvMfTJFGLXJE7GnEG0CQ==");
        assertThat(Digest.MD5.mac(secretHash, Bytes.utf8("Nonce"), trigger).hex())
                .isEqualTo("10369e83e3fc7103a4a21acce6e242ae");
    }

    @Test
    void mac_has_no_cred() {
        assertThatThrownBy(() -> Credentials.data(Scheme.MAC, bruce("Nonce")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
