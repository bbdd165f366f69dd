package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageEncoderTest {

    private static final SyncHdr HEADER = new SyncHdr("1.2", "DM/1.2", "1", "1", new Location("t"), new Location("s"),
            null, false, null, Meta.NONE);

    private static MessageEncoder encoder(Encoding encoding) {
        return new MessageEncoder(HEADER, Spelling.of(encoding));
    }

    private static Add add(Data data, boolean moreData) {
        return new Add("7", Meta.NONE, List.of(new Item(new Location("./A"), null, null, null,
                Meta.of(data instanceof Data.Opaque ? "bin" : "chr", null), data, moreData)));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void knows_its_size_at_every_step(Encoding encoding) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            Message message = new RandomMessages(random).message();
            MessageEncoder encoder = new MessageEncoder(message.header(), Spelling.of(encoding));
            for (Command command : message.body()) {
                int before = encoder.size();
                int more = encoder.sizeOf(command);
                encoder.add(command);
                assertThat(encoder.size()).isEqualTo(before + more);
            }
            int size = encoder.size();
            assertThat(encoder.close(true).length()).isEqualTo(size);
            Message whole = new Message(message.header(), message.body(), true);
            assertThat(size).isEqualTo(SyncmlCodec.encode(whole, encoding).length());
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void leaves_no_trace_of_a_command_that_does_not_fit(Encoding encoding) throws Malformed {
        Command get = new Get("1", Meta.NONE, List.of(Item.at("./A", Meta.of("int", null), null)));
        Command last = new Get("2", Meta.NONE, List.of(Item.EMPTY));
        MessageEncoder measure = encoder(encoding);
        int exact = measure.size() + measure.sizeOf(get);

        MessageEncoder encoder = encoder(encoding);
        assertThat(encoder.tryAdd(get, exact - 1)).isFalse();
        assertThat(encoder.tryAdd(get, exact)).isTrue();
        assertThat(encoder.size()).isEqualTo(exact);
        assertThat(encoder.tryAdd(add(Data.of("long"), false), exact + 10)).isFalse();
        assertThat(encoder.tryAdd(last, 10_000)).isTrue();

        Message read = SyncmlCodec.decode(encoder.close(false), encoding, Limits.DEFAULT);
        assertThat(read).isEqualTo(new Message(HEADER, List.of(get, last), false));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void fills_a_message_exactly_with_a_chunk_of_text(Encoding encoding) {
        String text = "a&b<c>\rä\u20AC\uD83D\uDC90\u0001".repeat(60);
        for (int max = 400; max < 900; max++) {
            MessageEncoder encoder = encoder(encoding);
            int fitting = encoder.fitting(add(Data.of(""), true), Data.of(text), max);
            encoder.add(add(Data.of(text.substring(0, fitting)), true));
            assertThat(encoder.size()).isLessThanOrEqualTo(max);

            assertThat(Character.isLowSurrogate(text.charAt(fitting))).isFalse();
            int next = fitting + Character.charCount(text.codePointAt(fitting));
            MessageEncoder longer = encoder(encoding);
            longer.add(add(Data.of(text.substring(0, next)), true));
            assertThat(longer.size()).isGreaterThan(max);
        }
    }

    @Test
    void fills_a_message_exactly_with_a_chunk_of_bytes() {
        Bytes bytes = Bytes.wrap(new byte[40_000]);
        for (int max : new int[] {200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 300, 16_450, 16_455, 16_456, 16_457,
                16_458, 16_459, 16_460, 16_461, 16_462, 16_463, 16_464, 16_465, 16_466, 16_467, 16_500, 20_000}) {
            MessageEncoder encoder = encoder(Encoding.WBXML);
            int fitting = encoder.fitting(add(new Data.Opaque(Bytes.EMPTY), true), new Data.Opaque(bytes), max);
            encoder.add(add(new Data.Opaque(bytes.slice(0, fitting)), true));
            assertThat(encoder.size()).isLessThanOrEqualTo(max);

            MessageEncoder longer = encoder(Encoding.WBXML);
            longer.add(add(new Data.Opaque(bytes.slice(0, fitting + 1)), true));
            assertThat(longer.size()).isGreaterThan(max);
        }
    }

    @Test
    void takes_the_whole_rest_if_it_fits() {
        assertThat(encoder(Encoding.XML).fitting(add(Data.of(""), false), Data.of("rest"), 10_000)).isEqualTo(4);
        assertThat(encoder(Encoding.WBXML).fitting(add(Data.of(""), false), new Data.Opaque(Bytes.hex("0102")), 10_000))
                .isEqualTo(2);
    }

    @Test
    void says_when_nothing_fits() {
        for (Encoding encoding : Encoding.values()) {
            assertThat(encoder(encoding).fitting(add(Data.of(""), true), Data.of("rest"), 60)).isLessThan(1);
            assertThat(encoder(encoding).fitting(add(Data.of(""), true), new Data.Opaque(Bytes.hex("01")), 60))
                    .isLessThan(1);
        }
    }

    @Test
    void cuts_base64_between_groups_of_four() {
        Results carrier = new Results("1", "1", "1", Meta.NONE, null, null,
                List.of(Item.from("./A", Meta.of("b64", null), null)));
        Alert alert = new Alert("1", AlertCode.GENERIC, null, List.of(Item.from("./A", Meta.of("b64", null), null)));
        String base64 = "AAAA".repeat(200);
        for (int max = 500; max < 510; max++) {
            assertThat(encoder(Encoding.XML).fitting(carrier, Data.of(base64), max) % 4).isZero();
            assertThat(encoder(Encoding.WBXML).fitting(alert, Data.of(base64), max) % 4).isZero();
        }
    }

    @Test
    void writes_the_identifiers_of_the_version_in_the_header() {
        SyncHdr old = new SyncHdr("1.1", "DM/1.1", "1", "1", new Location("t"), new Location("s"), null, false, null,
                Meta.NONE);
        Message message = new Message(old, List.of(), true);

        assertThat(SyncmlCodec.encode(message, Encoding.XML).utf8()).startsWith("<SyncML xmlns=\"SYNCML:SYNCML1.1\">");
        assertThat(SyncmlCodec.encode(message, Encoding.WBXML).hex()).startsWith("039f536a006d6c");
        assertThat(SyncmlCodec.encode(message, new Spelling(Encoding.WBXML, true)).hex())
                .startsWith("0300006a1e" + Bytes.utf8("-//SYNCML//DTD SyncML 1.1//EN").hex() + "006d6c");
    }

    @Test
    void writes_opaque_data_to_xml_as_text_or_as_base64() {
        Message message = new Message(HEADER, List.of(new Add("1", Meta.of("bin", null), List.of(
                Item.at("./A", Meta.NONE, new Data.Opaque(Bytes.utf8("x"))),
                Item.at("./B", Meta.of("chr", null), new Data.Opaque(Bytes.utf8("x<"))),
                Item.at("./C", Meta.of("chr", null), new Data.Opaque(Bytes.hex("00")))))), true);

        assertThat(SyncmlCodec.encode(message, Encoding.XML).utf8())
                .contains("./A</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">b64</Format></Meta><Data>eA==<")
                .contains("./B</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Data>x&lt;<")
                .contains("./C</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">b64</Format></Meta><Data>AA==<");
    }

    @Test
    void is_closed_once() {
        MessageEncoder encoder = encoder(Encoding.XML);
        encoder.close(true);

        assertThatThrownBy(() -> encoder.close(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> encoder.add(new Get("1", Meta.NONE, List.of()))).isInstanceOf(
                IllegalStateException.class);
    }
}
