package dev.grove.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Nonce;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trigger of DM 1.1.2 and 1.2, byte for byte ([DMNOTI 1.2 §6, C]). */
class TriggerMessageGoldenTest {

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(trigger(11, UiMode.BACKGROUND, false, 0x1234), Vectors.NONCE, Vectors.V1),
                Arguments.of(trigger(11, UiMode.BACKGROUND, false, 0x1234), Nonce.DEFAULT, Vectors.V1B),
                Arguments.of(new TriggerMessage(11, UiMode.USER_INTERACTION, true, 0, 0xFF, Vectors.SERVER,
                        Bytes.hex("cafe01")), Vectors.NONCE, Vectors.V1C),
                Arguments.of(trigger(TriggerMessage.VERSION_1_1_2, UiMode.INFORMATIVE, true, 0xFFFF), Vectors.NONCE,
                        Vectors.V1D));
    }

    private static TriggerMessage trigger(int version, UiMode uiMode, boolean isServerInitiated, int sessionId) {
        return new TriggerMessage(version, uiMode, isServerInitiated, 0, sessionId, Vectors.SERVER, Bytes.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Tag("SCR-DM-NOTI-S-002")
    @Tag("OMA-ERDEF-DM-S-003-O")
    void is_written_byte_for_byte(TriggerMessage message, Bytes nonce, Bytes bytes) {
        assertThat(message.sign(Vectors.SECRET_HASH, nonce).encode()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @Tag("SCR-DM-NOTI-C-002")
    void is_read_and_its_digest_found_right(TriggerMessage message, Bytes nonce, Bytes bytes) throws Malformed {
        TriggerMessage.Signed read = TriggerMessage.decode(bytes);

        assertThat(read.message()).isEqualTo(message);
        assertThat(read.isBy(Vectors.SECRET_HASH, nonce)).isTrue();
        assertThat(read.isBy(Vectors.SECRET_HASH, Bytes.utf8("another"))).isFalse();
    }

    @Test
    void is_hashed_as_three_servers_and_devices_in_the_field_do() throws Malformed {
        assertThat(Vectors.SECRET_HASH).isEqualTo("4rv5HfqPfCpL/DPUP8fLvQ==");
        assertThat(TriggerMessage.decode(Vectors.V1).message().trigger().hex())
                .isEqualTo("02d0000000123412636f6d2e6d676d747372762e6d616e616765");
        assertThat(TriggerMessage.decode(Vectors.V1B).digest().hex()).isEqualTo("a347a19fbd3cbe4b2c15ba583c77858b");
    }

    @Test
    @Tag("SCR-DM-NOTI-S-003")
    void a_server_writes_version_1_1_in_ten_bits() {
        Bytes trigger = TriggerMessage.of(Vectors.SERVER, 1, UiMode.NOT_SPECIFIED).trigger();

        int first = ((trigger.at(0) & 0xFF) << 8) | (trigger.at(1) & 0xFF);
        assertThat(first >> 6).isEqualTo(0b0000001011);
        assertThat(trigger.hex()).startsWith("02c8000000" + "0001" + "12");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 12, 13, 1023})
    void every_version_is_read(int version) throws Malformed {
        Bytes bytes = trigger(version, UiMode.BACKGROUND, true, 7).sign(Vectors.SECRET_HASH, Vectors.NONCE).encode();

        assertThat(TriggerMessage.decode(bytes).message().version()).isEqualTo(version);
    }

    @Test
    void bits_for_the_future_are_kept_and_hashed() throws Malformed {
        TriggerMessage message = new TriggerMessage(11, UiMode.INFORMATIVE, true, 0x7FFFFFF, 1, "s", Bytes.EMPTY);
        TriggerMessage.Signed read = TriggerMessage.decode(message.sign("x", Vectors.NONCE).encode());

        assertThat(read.message()).isEqualTo(message);
        assertThat(read.isBy("x", Vectors.NONCE)).isTrue();
    }

    @Test
    void the_session_id_is_told_in_hexadecimal_without_zeros() {
        assertThat(trigger(11, UiMode.BACKGROUND, true, 0x1234).sessionIdText()).isEqualTo("1234");
        assertThat(trigger(11, UiMode.BACKGROUND, true, 0x00FF).sessionIdText()).isEqualTo("FF");
        assertThat(trigger(11, UiMode.BACKGROUND, true, 0xABCD).sessionIdText()).isEqualTo("ABCD");
    }

    @Test
    void a_flipped_bit_anywhere_is_noticed() {
        for (int bit = 0; bit < 8 * Vectors.V1C.length(); bit++) {
            Bytes flipped = Vectors.flipped(Vectors.V1C, bit / 8, 1 << (bit % 8));
            boolean isGenuine = false;
            try {
                TriggerMessage.Signed read = TriggerMessage.decode(flipped);
                isGenuine = read.isBy(Vectors.SECRET_HASH, Vectors.NONCE)
                        || read.isBy(Vectors.SECRET_HASH, Nonce.DEFAULT);
            } catch (Malformed expected) {
                assertThat(expected.offset()).isBetween(16L, 46L);
            }
            assertThat(isGenuine).as("bit " + bit).isFalse();
        }
    }

    @Test
    void what_is_cut_off_is_malformed() {
        for (int length = 0; length < Vectors.V1.length(); length++) {
            Bytes cut = Vectors.V1.slice(0, length);
            assertThatThrownBy(() -> TriggerMessage.decode(cut)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void a_length_that_lies_is_malformed() {
        assertThatThrownBy(() -> TriggerMessage.decode(Vectors.flipped(Vectors.V1, 23, 0x01)))
                .isInstanceOf(Malformed.class).hasMessageContaining("should have 19 octets, and 18 are left");
    }

    @Test
    void session_0_and_a_server_that_is_no_text_are_malformed() {
        Bytes session0 = Vectors.flipped(Vectors.flipped(Vectors.V1, 21, 0x12), 22, 0x34);
        assertThatThrownBy(() -> TriggerMessage.decode(session0)).isInstanceOf(Malformed.class)
                .hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> TriggerMessage.decode(Vectors.flipped(Vectors.V1, 30, 0x80)))
                .isInstanceOf(Malformed.class).hasMessageContaining("characters");
    }

    @Test
    void nothing_is_written_that_does_not_fit() {
        assertThatIllegalArgumentException().isThrownBy(() -> trigger(1024, UiMode.BACKGROUND, true, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> trigger(11, UiMode.BACKGROUND, true, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> trigger(11, UiMode.BACKGROUND, true, 0x10000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TriggerMessage.of("x".repeat(256), 1, UiMode.BACKGROUND));
        assertThatIllegalArgumentException().isThrownBy(() -> new TriggerMessage.Signed(
                trigger(11, UiMode.BACKGROUND, true, 1), Bytes.hex("00")));
    }
}
