package dev.grove.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.DigestInput;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The notification of DM 2.0, byte for byte ([DM 2.0 §5.2.1, §7.1]). */
class Dm2NotificationGoldenTest {

    private static final String SERVER = Vectors.DM2_SERVER;
    private static final String SERVER_OPTION = "1014636f6d2e6578616d706c652e646d736572766572";
    private static final Instant TIME = Instant.ofEpochSecond(1420070400);
    private static final Dm2Notification ALL = new Dm2Notification(SERVER,
            List.of(ConnectionType.WLAN, ConnectionType.CELLULAR, ConnectionType.ANY), 0x2A, TIME, true);

    static Stream<Arguments> unsigned() {
        return Stream.of(
                Arguments.of(new Dm2Notification(null, List.of(), null, null, false), "2000"),
                Arguments.of(new Dm2Notification(SERVER, List.of(), null, null, false), "2080" + SERVER_OPTION),
                Arguments.of(new Dm2Notification(SERVER, List.of(), null, null, true),
                        "2100" + SERVER_OPTION + "5000"),
                Arguments.of(new Dm2Notification(null, List.of(), 0x1234, null, false), "208030021234"),
                Arguments.of(new Dm2Notification(SERVER, ALL.preferred(), 0x2A, null, false),
                        "2180" + SERVER_OPTION + "10030201001002002a"));
    }

    @ParameterizedTest
    @MethodSource("unsigned")
    @Tag("DM-PACK-003-S-M")
    @Tag("DM-PACK-004-S-M")
    @Tag("DM-PACK-005-S-M")
    @Tag("DM-PACK-006-S-M")
    @Tag("DM-PACK-007-S-M")
    @Tag("DM-PACK-010-S-M")
    @Tag("DM-SER-001-S-M")
    void is_written_byte_for_byte(Dm2Notification notification, String hex) {
        assertThat(Dm2NotificationCodec.encode(notification, null).hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @MethodSource("unsigned")
    @Tag("DM-PACK-003-C-O")
    @Tag("DM-PACK-004-C-O")
    @Tag("DM-PACK-005-C-O")
    @Tag("DM-PACK-006-C-O")
    @Tag("DM-SER-001-C-M")
    void is_read_as_it_was_meant(Dm2Notification notification, String hex) throws Malformed {
        Dm2NotificationCodec.Received read = Dm2NotificationCodec.decode(Bytes.hex(hex));

        assertThat(read.notification()).isEqualTo(notification);
        assertThat(read.isSigned()).isFalse();
        assertThat(read.isBy(Vectors.CREDENTIAL)).isFalse();
    }

    @Test
    @Tag("DM-PACK-008-S-M")
    @Tag("DM-PACK-009-S-M")
    @Tag("DM-PACK-002-S-M")
    void is_signed_in_three_steps() {
        assertThat(Dm2NotificationCodec.encode(ALL, Vectors.CREDENTIAL)).isEqualTo(Vectors.E);
        assertThat(Dm2NotificationCodec.encode(new Dm2Notification(SERVER, List.of(), null, null, false),
                Vectors.CREDENTIAL)).isEqualTo(Vectors.F);
    }

    @Test
    void may_be_signed_without_the_data() throws Malformed {
        Bytes bytes = Dm2NotificationCodec.encode(ALL, Vectors.CREDENTIAL, DigestInput.WITHOUT_AUTH_DATA);

        assertThat(bytes.hex()).contains("ecf22e5cfe0b48695d74d0ebfa8b7831f87788c2c0b4cc410713aceff89bc0c1");
        Dm2NotificationCodec.Received read = Dm2NotificationCodec.decode(bytes);
        assertThat(read.isBy(Vectors.CREDENTIAL, DigestInput.WITHOUT_AUTH_DATA)).isTrue();
        assertThat(read.isBy(Vectors.CREDENTIAL)).isFalse();
    }

    @Test
    @Tag("DM-PACK-008-C-O")
    @Tag("DM-PACK-009-C-O")
    void a_digest_is_found_right_with_the_time_in_four_octets_and_in_eight() throws Malformed {
        for (Bytes bytes : List.of(Vectors.E, Vectors.E8)) {
            Dm2NotificationCodec.Received read = Dm2NotificationCodec.decode(bytes);
            assertThat(read.notification()).isEqualTo(ALL);
            assertThat(read.isBy(Vectors.CREDENTIAL)).isTrue();
            assertThat(read.isBy(Vectors.CREDENTIAL, DigestInput.WITHOUT_AUTH_DATA)).isFalse();
        }
        assertThat(Dm2NotificationCodec.decode(Vectors.F).isBy(Vectors.CREDENTIAL)).isTrue();
    }

    @Test
    void other_digests_of_the_same_are_wrong() throws Malformed {
        String withBars = "82b7da73c23e2adb8d2b38f5e522a0c02651d2a0295d5ac1afb4dbeeed439693";
        Bytes bytes = Bytes.hex(Vectors.F.hex().substring(0, 2 * (Vectors.F.length() - 32)) + withBars);

        assertThat(Dm2NotificationCodec.decode(bytes).isBy(Vectors.CREDENTIAL)).isFalse();
    }

    @Test
    void a_flipped_bit_anywhere_is_noticed() {
        for (int bit = 0; bit < 8 * Vectors.E.length(); bit++) {
            boolean isGenuine = false;
            try {
                isGenuine = Dm2NotificationCodec.decode(Vectors.flipped(Vectors.E, bit / 8, 1 << (bit % 8)))
                        .isBy(Vectors.CREDENTIAL);
            } catch (Malformed expected) {
                assertThat(expected.rule()).contains("(DM 2.0 §");
            }
            assertThat(isGenuine).as("bit " + bit).isFalse();
        }
    }

    @Test
    void unknown_options_are_passed_over_but_stand_under_the_digest() throws Exception {
        Bytes zeroed = Bytes.hex("2100" + "4020" + "00".repeat(32) + "90020102");
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        Vectors.CREDENTIAL.secret().plus(zeroed).plus(Vectors.CREDENTIAL.authData()).feed(hash);
        Bytes later = Bytes.hex("2100" + "4020" + Bytes.wrap(hash.digest()).hex() + "90020102");
        Dm2NotificationCodec.Received read = Dm2NotificationCodec.decode(later);

        assertThat(read.notification()).isEqualTo(new Dm2Notification(null, List.of(), null, null, false));
        assertThat(read.isBy(Vectors.CREDENTIAL)).isTrue();
        assertThat(Dm2NotificationCodec.decode(Vectors.flipped(later, later.length() - 1, 1))
                .isBy(Vectors.CREDENTIAL)).isFalse();
    }

    @Test
    void reserved_bits_and_unknown_connections_are_passed_over() throws Malformed {
        assertThat(Dm2NotificationCodec.decode(Bytes.hex("20ff" + "2003" + "027f01")).notification().preferred())
                .containsExactly(ConnectionType.WLAN, ConnectionType.CELLULAR);
    }

    @ParameterizedTest
    @CsvSource({"5001" + "00, 0", "5001" + "ff, 255", "5003010000, 65536", "500454a48e00, 1420070400",
            "500431343230, 825504304", "50080000000054a48e00, 1420070400", "500a31343230303730343030, 1420070400",
            "5008" + "3030303030303132, 12"})
    void a_time_is_read_in_every_form(String option, long seconds) throws Malformed {
        assertThat(Dm2NotificationCodec.decode(Bytes.hex("2080" + option)).notification().sentAt())
                .isEqualTo(Instant.ofEpochSecond(seconds));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '', 2 octets at least
            20, 2 octets at least
            3000, version of a notification is 2
            1000, version of a notification is 2
            2080, more options are announced
            208010, more options are announced
            20801001, 1 octets and 0 are left
            20801fff41, 4095 octets
            20800000, ascending order
            21001001410001 42, ascending order
            200010 00, and more follows
            2080300112, it has 2 octets
            20803003123456, it has 2 octets
            208040020000, it has 32 octets
            20805000, one to eight octets
            2080500900 00 00 00 00 00 00 00 01, one to eight octets
            20805008ffffffffffffffff, before the year 10000
            2080501539 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39 39, before the year 10000
            20801001ff, UTF-8
            """)
    void what_lies_is_malformed(String hex, String rule) {
        Bytes bytes = Bytes.hex(hex.replace(" ", ""));

        assertThatThrownBy(() -> Dm2NotificationCodec.decode(bytes)).isInstanceOf(Malformed.class)
                .satisfies(thrown -> assertThat(String.valueOf(thrown.getMessage()).replace(",", "")).contains(rule));
    }

    @Test
    void what_is_cut_off_is_malformed() {
        for (int length = 0; length < Vectors.E.length(); length++) {
            Bytes cut = Vectors.E.slice(0, length);
            assertThatThrownBy(() -> Dm2NotificationCodec.decode(cut)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void nothing_is_written_that_is_against_the_rules() {
        assertThatIllegalArgumentException().isThrownBy(() -> Dm2NotificationCodec.encode(new Dm2Notification(null,
                List.of(ConnectionType.ANY, ConnectionType.WLAN), null, null, false), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dm2Notification("x".repeat(4096), List.of(), null, null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dm2Notification(null, List.of(), 0x10000, null, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dm2Notification(null, List.of(), null, Instant.ofEpochSecond(-1), false));
    }

    @Test
    void a_credential_is_not_printed() {
        assertThat(Vectors.CREDENTIAL.toString()).doesNotContain("4e6f", "Noti");
    }
}
