package dev.grove.notify.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.notify.TriggerMessage;
import dev.grove.notify.Vectors;
import dev.grove.notify.envelope.ObexHeader.Octet;
import dev.grove.notify.envelope.ObexHeader.Octets;
import dev.grove.notify.envelope.ObexHeader.Text;
import dev.grove.notify.envelope.ObexHeader.Word;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Local management over OBEX, byte for byte; and what other programs send. */
class ObexPacketGoldenTest {

    private static final ObexHeader CONNECTION = new Word(ObexHeader.CONNECTION_ID, 1);
    private static final String WBXML = "application/vnd.syncml.dm+wbxml";
    private static final String WBXML_TYPE = "4200236170706c69636174696f6e2f766e642e73796e636d6c2e646d2b7762786d6c00";
    private static final Bytes STAND_IN = Bytes.hex("02a4016a00");

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(ObexPacket.connect(ObexPacket.CONNECT, 0x2000,
                        new Octets(ObexHeader.TARGET, ObexPacket.DEVICE_MANAGEMENT)),
                        "8000131000200046000c53594e434d4c2d444d"),
                Arguments.of(ObexPacket.of(ObexPacket.PUT_FINAL, CONNECTION, ObexHeader.type(TriggerMessage.MEDIA_TYPE),
                        new Word(ObexHeader.LENGTH, 42), new Octets(ObexHeader.END_OF_BODY, Vectors.V1)),
                        "820061cb000000014200276170706c69636174696f6e2f766e642e73796e636d6c2e6e6f74696669636174696f6e0"
                                + "0c30000002a49002d" + Vectors.V1.hex()),
                Arguments.of(ObexPacket.of(ObexPacket.GET_FINAL, CONNECTION, ObexHeader.type(WBXML)),
                        "83002bcb00000001" + WBXML_TYPE),
                Arguments.of(ObexPacket.of(ObexPacket.PUT_FINAL, CONNECTION, ObexHeader.type(WBXML),
                        new Word(ObexHeader.LENGTH, 5), new Octets(ObexHeader.END_OF_BODY, STAND_IN)),
                        "820038cb00000001" + WBXML_TYPE + "c30000000549000802a4016a00"),
                Arguments.of(ObexPacket.of(ObexPacket.ABORT, CONNECTION), "ff0008cb00000001"),
                Arguments.of(ObexPacket.of(ObexPacket.DISCONNECT, CONNECTION), "810008cb00000001"),
                // obexftp and obex_test
                Arguments.of(ObexPacket.connect(ObexPacket.CONNECT, 0x400), "80000710000400"),
                Arguments.of(ObexPacket.connect(ObexPacket.CONNECT, 0x400, new Octets(ObexHeader.TARGET,
                        Bytes.hex("f9ec7bc4953c11d2984e525400dc9e09"))),
                        "80001a10000400460013f9ec7bc4953c11d2984e525400dc9e09"),
                Arguments.of(ObexPacket.connect(ObexPacket.CONNECT, 0x400,
                        new Octets(ObexHeader.WHO, Bytes.utf8("Linux\0"))), "80001010000400" + "4a00094c696e757800"),
                Arguments.of(ObexPacket.of(ObexPacket.PUT, CONNECTION, new Text(ObexHeader.NAME, "f.bin"),
                        new Word(ObexHeader.LENGTH, 21), new Octets(ObexHeader.BODY, Bytes.wrap(new byte[21]))),
                        "020034cb0000000101000f0066002e00620069006e0000c300000015480018" + "00".repeat(21)),
                Arguments.of(ObexPacket.of(ObexPacket.PUT_FINAL, new Octets(ObexHeader.END_OF_BODY, Bytes.EMPTY)),
                        "820006490003"),
                Arguments.of(new ObexPacket(ObexPacket.SETPATH, Bytes.hex("0200"),
                        List.of(new Text(ObexHeader.NAME, ""), new Octet(0x93, 7))), "85000a0200" + "010003" + "9307"),
                Arguments.of(ObexPacket.of(ObexPacket.DISCONNECT), "810003"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requests_are_written_and_read(ObexPacket packet, String hex) throws Malformed {
        assertThat(packet.encode().hex()).isEqualTo(hex);
        assertThat(ObexPacket.decodeRequest(Bytes.hex(hex))).isEqualTo(packet);
        assertThat(ObexPacket.length(Bytes.hex(hex).slice(0, 3))).isEqualTo(hex.length() / 2);
    }

    @Test
    void responses_are_written_and_read() throws Malformed {
        ObexPacket connected = ObexPacket.connect(ObexPacket.SUCCESS, 0x2000, CONNECTION,
                new Octets(ObexHeader.WHO, ObexPacket.DEVICE_MANAGEMENT));
        String hex = "a0001810002000cb000000014a000c53594e434d4c2d444d";
        assertThat(connected.encode().hex()).isEqualTo(hex);
        assertThat(ObexPacket.decodeResponse(Bytes.hex(hex), true)).isEqualTo(connected)
                .returns(0x2000, ObexPacket::maxPacketOctets);
        ObexPacket message = ObexPacket.of(ObexPacket.SUCCESS, ObexHeader.type(WBXML), new Word(ObexHeader.LENGTH, 5),
                new Octets(ObexHeader.END_OF_BODY, STAND_IN));
        assertThat(message.encode().hex()).isEqualTo("a00033" + WBXML_TYPE + "c30000000549000802a4016a00");
        assertThat(ObexPacket.decodeResponse(message.encode(), false)).isEqualTo(message);
        assertThat(ObexPacket.decodeResponse(Bytes.hex("a00003"), false))
                .isEqualTo(ObexPacket.of(ObexPacket.SUCCESS));
        assertThat(ObexPacket.decodeResponse(Bytes.hex("c30003"), true)).as("a refusal without fields")
                .returns(ObexPacket.LEAST_LIMIT, ObexPacket::maxPacketOctets);
    }

    @Test
    void tells_what_is_asked_of_it() throws Malformed {
        ObexPacket put = ObexPacket.of(ObexPacket.PUT_FINAL, CONNECTION,
                new Octets(ObexHeader.TYPE, Bytes.utf8("Application/VND.syncml.dm+wbxml ")),
                new Octets(ObexHeader.BODY, Bytes.hex("01")), new Octets(ObexHeader.END_OF_BODY, Bytes.hex("02")));

        assertThat(put.type()).contains(WBXML);
        assertThat(put.number(ObexHeader.CONNECTION_ID)).contains(1L);
        assertThat(put.number(ObexHeader.LENGTH)).isEmpty();
        assertThat(put.body()).isEqualTo(Bytes.hex("0102"));
        assertThat(put.isFinal()).isTrue();
        assertThat(put.endsBody()).isTrue();
        assertThat(ObexPacket.decodeRequest(Bytes.hex("020008cbffffffff")).number(ObexHeader.CONNECTION_ID))
                .contains(0xFFFFFFFFL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200, 201, 5000})
    void a_body_is_cut_into_as_many_packets_as_it_takes(int octets) {
        Bytes body = Bytes.wrap(new byte[octets]);
        List<ObexPacket> packets = ObexPacket.puts(List.of(CONNECTION, ObexHeader.type(WBXML)), body, 255);

        assertThat(packets).allMatch(packet -> packet.encode().length() <= 255);
        assertThat(packets).allMatch(packet -> packet.headers().getFirst().equals(CONNECTION));
        assertThat(packets.stream().map(ObexPacket::body).reduce(Bytes.EMPTY, Bytes::plus)).isEqualTo(body);
        assertThat(packets.subList(0, packets.size() - 1)).allMatch(packet -> packet.code() == ObexPacket.PUT);
        assertThat(packets.getLast()).returns(ObexPacket.PUT_FINAL, ObexPacket::code).returns(true,
                ObexPacket::endsBody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "82", "8200", "820002", "820004", "82000800", "800005" + "1000", "820004cb",
            "820006" + "490002", "820006" + "490004", "820008" + "cb000000", "82000549" + "00", "820006" + "01000400",
            "820007" + "01000400", "820008" + "010005d800"})
    void what_lies_is_malformed(String hex) {
        assertThatThrownBy(() -> ObexPacket.decodeRequest(Bytes.hex(hex))).isInstanceOf(Malformed.class);
    }

    @Test
    void nothing_is_written_that_does_not_fit() {
        Bytes tooLong = Bytes.wrap(new byte[0x10000]);
        assertThatIllegalArgumentException().isThrownBy(
                () -> ObexPacket.of(ObexPacket.PUT, new Octets(ObexHeader.BODY, tooLong)).encode());
        assertThatIllegalArgumentException().isThrownBy(() -> new Octets(ObexHeader.LENGTH, STAND_IN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Word(ObexHeader.BODY, 1));
        assertThatIllegalArgumentException().isThrownBy(
                () -> ObexPacket.puts(List.of(new Text(ObexHeader.NAME, "n".repeat(200))), STAND_IN, 255));
    }
}
