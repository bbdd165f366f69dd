package dev.grove.notify.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.notify.TriggerMessage;
import dev.grove.notify.Vectors;
import dev.grove.notify.envelope.ShortMessage.Part;
import dev.grove.notify.envelope.ShortMessage.Ports;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes in short messages ([3GPP 23.040 §9.2.3.24], [DMNOTI 1.2 C]). */
class ShortMessageTest {

    private static final Bytes PUSH = WapPush.of(1, new Packet(TriggerMessage.MEDIA_TYPE, Vectors.V1)).encode();

    @Test
    void the_example_of_appendix_C_is_written_and_read() throws Malformed {
        String hex = "0605040b84c002" + "010603c4af87" + Vectors.V1.hex();
        List<ShortMessage> messages = ShortMessage.split(Ports.PUSH, 9, PUSH);

        assertThat(messages).singleElement().satisfies(one -> assertThat(one.encode().hex()).isEqualTo(hex));
        ShortMessage read = ShortMessage.decode(Bytes.hex(hex));
        assertThat(read.ports()).isEqualTo(new Ports(2948, 49154));
        assertThat(read.part()).isNull();
        assertThat(WapPush.decode(read.payload()).body()).isEqualTo(Vectors.V1);
    }

    @Test
    void the_longest_message_holds_133_octets_and_each_part_128() {
        assertThat(ShortMessage.split(Ports.PUSH, 1, Bytes.wrap(new byte[133]))).hasSize(1);
        List<ShortMessage> parts = ShortMessage.split(Ports.PUSH, 1, Bytes.wrap(new byte[134]));

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst().encode().length()).isEqualTo(140);
        assertThat(parts.getFirst().encode().hex()).startsWith("0b05040b84c002" + "0003010201");
        assertThat(parts.getLast().encode().hex()).startsWith("0b05040b84c002" + "0003010202")
                .hasSize(2 * (12 + 6));
        assertThat(ShortMessage.split(Ports.PUSH, 1, Bytes.wrap(new byte[255 * 128]))).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShortMessage.split(Ports.PUSH, 1, Bytes.wrap(new byte[255 * 128 + 1])));
        assertThatIllegalArgumentException().isThrownBy(
                () -> new ShortMessage(Ports.PUSH, null, List.of(), Bytes.wrap(new byte[134])).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0b" + "05040b8423f0" + "0003070201", "0b" + "0003070201" + "05040b8423f0",
            "10" + "7003aabbcc" + "05040b8423f0" + "0003070201"})
    void elements_stand_in_any_order(String header) throws Malformed {
        ShortMessage read = ShortMessage.decode(Bytes.hex(header + "2a"));

        assertThat(read.ports()).isEqualTo(new Ports(2948, 9200));
        assertThat(read.part()).isEqualTo(new Part(7, false, 2, 1));
        assertThat(read.payload()).isEqualTo(Bytes.hex("2a"));
    }

    @Test
    void unknown_elements_wide_references_and_narrow_ports_are_kept() throws Malformed {
        ShortMessage read = ShortMessage.decode(Bytes.hex("0d" + "080412340502" + "0402f0f1" + "7001aa" + "15"));

        assertThat(read.part()).isEqualTo(new Part(0x1234, true, 5, 2));
        assertThat(read.ports()).isEqualTo(new Ports(0xF0, 0xF1));
        assertThat(read.others()).containsExactly(new ShortMessage.Element(0x70, Bytes.hex("aa")));
        ShortMessage wide = new ShortMessage(Ports.PUSH, new Part(0x1234, true, 5, 2), read.others(), Bytes.hex("01"));
        assertThat(ShortMessage.decode(wide.encode())).isEqualTo(wide);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05" + "0003070000", "05" + "0003070200", "05" + "0003070203"})
    void a_concatenation_that_contradicts_itself_is_as_if_it_were_not_there(String header) throws Malformed {
        ShortMessage read = ShortMessage.decode(Bytes.hex(header + "2a"));

        assertThat(read.part()).isNull();
        assertThat(read.payload()).isEqualTo(Bytes.hex("2a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0605040b84c0", "0605050b84c002aa", "0105", "07" + "05040b84c002" + "00"})
    void a_length_that_lies_is_malformed(String hex) {
        assertThatThrownBy(() -> ShortMessage.decode(Bytes.hex(hex))).isInstanceOf(Malformed.class)
                .hasMessageContaining("longer than the");
    }
}
