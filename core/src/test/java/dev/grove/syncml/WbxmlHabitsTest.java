package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Unknown;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices and servers in the field write in WBXML, and what nobody should. */
class WbxmlHabitsTest {

    private static final String NUMERIC = "03 A401 6A 00";
    private static final String HEADER = " 6D 6C 71 03 '1.2' 00 01 72 03 'DM/1.2' 00 01 65 03 '1' 00 01 5B 03 '1' 00 01"
            + " 6E 57 03 't' 00 01 01 67 57 03 's' 00 01 01 01 6B ";
    private static final String GET = "53 4B 03 '1' 00 01 54 6E 57 03 './A' 00 01 01 01 01 ";
    private static final String END = "12 01 01";

    /** Bytes from hexadecimal digits and quoted ASCII. */
    static Bytes wbxml(String text) {
        StringBuilder hex = new StringBuilder();
        String[] parts = text.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            hex.append(i % 2 == 0 ? parts[i].replace(" ", "") : Bytes.utf8(parts[i]).hex());
        }
        return Bytes.hex(hex.toString());
    }

    private static Message read(String text) throws Malformed {
        return SyncmlCodec.decode(wbxml(text), Encoding.WBXML, Limits.DEFAULT);
    }

    private static Message body(String commands) throws Malformed {
        return read(NUMERIC + HEADER + commands + END);
    }

    private static Item firstItem(Message message) {
        return ((Command.WithItems) message.body().getFirst()).items().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 A401 6A 00", "02 A401 6A 00", "03 A401 6A 00", "03 9F53 6A 00", "03 9F51 6A 00",
            "03 01 6A 00", "03 A401 00 00", "03 A401 03 00", "03 A401 04 00", "00 A401 00",
            "02 00 00 6A 1D '-//SYNCML//DTD SyncML 1.2//EN'", "02 00 00 6A 1E '-//SYNCML//DTD SyncML 1.2//EN' 00",
            "02 00 00 6A 1D '-//SYNCML//DTD SyncML 1.1//EN'", "02 00 00 6A 1D '-//syncml//dtd syncml 1.2//en'",
            "02 00 03 6A 20 'xyz-//SYNCML//DTD SyncML 1.2//EN'", "02 9F53 6A 04 'abc' 00"})
    void reads_every_way_to_begin(String header) throws Malformed {
        Message message = read(header + HEADER + GET + END);

        assertThat(message.body()).containsExactly(new Get("1", Meta.NONE, List.of(Item.at("./A", Meta.NONE, null))));
        assertThat(message.isFinal()).isTrue();
        assertThat(message.header().verDtd()).isEqualTo("1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57 03 './A' 00 01", "57 C3 03 './A' 01", "57 83 00 01", "57 03 '.' 00 83 04 01",
            "57 02 2E 03 '/A' 00 01", "57 03 '.' 00 C3 02 '/A' 01", "57 03 0A '  ./A' 0D0A 00 01", "57 83 00 03 00 01",
            "D7 05 03 'v' 00 01 83 00 01"})
    void reads_every_way_to_write_a_text(String uri) throws Malformed {
        Message message = read("03 A401 6A 07 './A' 00 '/A' 00" + HEADER + "53 4B 03 '1' 00 01 54 6E " + uri
                + " 01 01 01 " + END);

        assertThat(firstItem(message).target()).isNotNull().extracting(SyncHdr.Location::uri).isEqualTo("./A");
    }

    @Test
    void reads_a_string_of_the_table_that_ends_with_the_table() throws Malformed {
        Message message = read("03 A401 6A 03 './A'" + HEADER + "53 4B 03 '1' 00 01 54 6E 57 83 00 01 01 01 01" + END);

        assertThat(firstItem(message)).isEqualTo(Item.at("./A", Meta.NONE, null));
    }

    @Test
    void reads_character_entities_beyond_ascii() throws Malformed {
        Message message = body("60 4B 03 '1' 00 01 54 4F 03 'Sm' 00 02 8176 03 'r' 00 02 87E910 01 01 01");

        assertThat(firstItem(message).data()).isEqualTo(Data.of("Smör\uD83D\uDC90"));
    }

    @Test
    void takes_meta_with_and_without_a_switch_before_its_end() throws Malformed {
        String before = "60 4B 03 '1' 00 01 54 5A 00 01 47 03 'int' 00 01";
        Message late = body(before + "01 00 00 4F 03 '5' 00 01 01 01");
        Message early = body(before + "00 00 01 4F 03 '5' 00 01 01 01");

        assertThat(late).isEqualTo(early);
        assertThat(firstItem(late)).isEqualTo(
                new Item(null, null, null, null, Meta.of("int", null), Data.of("5"), false));
    }

    @Test
    void takes_a_metinf_around_the_children_of_meta() throws Malformed {
        Message message = body("60 4B 03 '1' 00 01 5A 00 01 4E 47 03 'chr' 00 01 53 03 'a/b' 00 01 01 01 00 00 01");

        assertThat(message.body()).containsExactly(new Replace("1", Meta.of("chr", "a/b"), List.of()));
    }

    @Test
    void tells_absent_empty_and_opaque_data_apart() throws Malformed {
        Message message = body(
                "60 4B 03 '1' 00 01 14 54 0F 01 54 4F 01 01 54 4F C3 00 01 01 54 4F C3 03 0001FF 01 01 01");

        assertThat(((Replace) message.body().getFirst()).items()).extracting(Item::data).containsExactly(null,
                Data.of(""), Data.of(""), new Data.Opaque(Bytes.EMPTY), new Data.Opaque(Bytes.hex("0001ff")));
    }

    @Test
    void does_not_trim_data_but_everything_else() throws Malformed {
        Message message = body("46 4B 03 ' 7 ' 00 01 4F 03 0A '1201 ' 00 01 54 4F 03 ' x ' 00 01 01 01");

        assertThat(message.body()).containsExactly(new Alert("7", AlertCode.CLIENT_INITIATED, null,
                List.of(Item.of(" x "))));
    }

    @Test
    void skips_attributes_and_processing_instructions() throws Malformed {
        String attributes = "05 03 'v' 00 85 83 00 00 01 06 C3 02 0101 02 41 04 00 40 'e' 00 80 05 01";
        Message message = read("03 A401 6A 02 'a' 00 43 05 03 'pi' 00 01" + HEADER + "D3 " + attributes
                + "4B 03 '1' 00 01 43 07 01 94 05 01 01 " + END);

        assertThat(message.body()).containsExactly(new Get("1", Meta.NONE, List.of(Item.EMPTY)));
    }

    @Test
    void keeps_an_embedded_document_as_bytes() throws Malformed {
        Bytes tree = wbxml("02 00 00 6A 1B '-//OMA//DTD-DM-DDF 1.2//EN' 00 00 02 60 77 03 '1.2' 00 01 01");
        Message message = body("45 4B 03 '1' 00 01 54 4F C3 2B " + tree.hex() + " 01 01 01");

        assertThat(firstItem(message).data()).isEqualTo(new Data.Opaque(tree));
    }

    @Test
    void reads_an_inline_tree_as_markup_and_writes_it_back() throws Malformed {
        String inline = "4F 00 02 60 77 03 '1.2' 00 01 64 66 03 'A & B' 00 01 6F 5C 25 01 01 01 01 01 00 00";
        Message message = body("45 4B 03 '1' 00 01 54 " + inline + " 01 01");

        assertThat(firstItem(message).data())
                .isEqualTo(new Data.Markup("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2"
                        + "</VerDTD><Node><NodeName>A &amp; B</NodeName><RTProperties><Format><node/>"
                        + "</Format></RTProperties>"
                        + "</Node></MgmtTree>"));
        String written = inline.substring(0, inline.length() - " 00 00".length());
        assertThat(SyncmlCodec.encode(message, Encoding.WBXML))
                .isEqualTo(wbxml(NUMERIC + HEADER + "45 4B 03 '1' 00 01 54 " + written + "01 01 00 00" + END));
    }

    @Test
    void keeps_commands_it_does_not_know_and_writes_them_back() throws Malformed {
        String put = "5F 4B 03 '4' 00 01 54 4F 03 'x' 00 01 01 01";
        String unnamed = "70 4B 03 '5' 00 01 7D C3 01 FF 01 00 07 45 03 'y' 00 01 01 00 00";
        Message message = body(put + unnamed);

        assertThat(message.body()).hasSize(2).allSatisfy(command -> assertThat(command).isInstanceOf(Unknown.class));
        assertThat(message.body()).extracting(Command::name).containsExactly("Put", "x0-30");
        assertThat(message.body()).extracting(Command::cmdId).containsExactly("4", "5");
        Bytes written = SyncmlCodec.encode(message, Encoding.WBXML);
        assertThat(SyncmlCodec.decode(written, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(message);
    }

    @Test
    void reads_and_writes_literal_names() throws Malformed {
        Message message = read("03 A401 6A 08 'Gossip' 00 00" + HEADER + "44 00 4B 03 '9' 00 01 04 00 01" + END);

        assertThat(message.body()).extracting(Command::name).containsExactly("Gossip");
        assertThat(message.body().getFirst().cmdId()).isEqualTo("9");
        Bytes written = SyncmlCodec.encode(message, Encoding.WBXML);
        assertThat(written.hex()).startsWith("03a4016a07" + Bytes.utf8("Gossip").hex() + "00");
        assertThat(SyncmlCodec.decode(written, Encoding.WBXML, Limits.DEFAULT)).isEqualTo(message);
        Bytes xml = SyncmlCodec.encode(message, Encoding.XML);
        assertThat(SyncmlCodec.decode(xml, Encoding.XML, Limits.DEFAULT)).isEqualTo(message);
    }

    @Test
    void takes_a_literal_for_the_element_it_names() throws Malformed {
        Message message = read("03 A401 6A 04 'Get' 00" + HEADER + "44 00 4B 03 '9' 00 01 01" + END);

        assertThat(message.body()).containsExactly(new Get("9", Meta.NONE, List.of()));
    }

    @Test
    void passes_over_elements_and_texts_that_have_no_place() throws Malformed {
        Message message = body("53 03 'stray' 00 4B 03 '1' 00 01 7D 7E 01 03 'more' 00 01 54 71 03 '?' 00 01 01 01");

        assertThat(message.body()).containsExactly(new Get("1", Meta.NONE, List.of(Item.EMPTY)));
    }

    @Test
    void ignores_what_follows_the_root() throws Malformed {
        assertThat(read(NUMERIC + HEADER + GET + END + " 00 FF").body()).hasSize(1);
    }

    @Test
    void reads_text_that_is_not_utf8_as_well_as_it_goes() throws Malformed {
        assertThat(firstItem(body("60 4B 03 '1' 00 01 54 4F 03 'M' FC 'ller' 00 01 01 01")).data())
                .isEqualTo(Data.of("M\uFFFDller"));
        Message latin = read("03 A401 04 00" + HEADER + "60 4B 03 '1' 00 01 54 4F 03 'M' FC 'ller' 00 01 01 01" + END);
        assertThat(firstItem(latin).data()).isEqualTo(Data.of("Müller"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03", "03 A4", "03 A401 6A", "03 A401 6A 05 'abc'", "13 A401 6A 00 6D 01",
            "03 8FFFFFFF7F 6A 00", "03 FFFFFFFFFF7F 6A 00", "03 A401 8888888888 08", "03 A401 877F 00 6D 01",
            "03 00 05 6A 03 'abc' 6D 01", "03 A401 6A 00", "03 A401 6A 00 01", "03 A401 6A 00 6D", "03 A401 6A 00 2D",
            "03 A401 6A 00 00 02 60 01", "03 A401 6A 00 6D 01"})
    void refuses_broken_documents(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4B 03 '1'", "4B C3 7F '1' 01", "4B C3 FFFFFFFF0F", "4B C3 8FFFFFFF7F", "4B 83 00 01",
            "4B 02 8FBFFFFF7F 01", "4B 02 8080B060 01", "40 'x' 00", "80 00", "C0", "44 00 01", "00"})
    void refuses_broken_tokens(String text) {
        assertThatThrownBy(() -> read(NUMERIC + HEADER + "53 " + text)).isInstanceOf(Malformed.class)
                .satisfies(e -> assertThat(((Malformed) e).path()).startsWith("SyncML/SyncBody"))
                .satisfies(e -> assertThat(((Malformed) e).offset()).isPositive());
    }

    @Test
    void refuses_a_literal_that_is_no_name() {
        assertThatThrownBy(() -> read("03 A401 6A 04 'a<b' 00" + HEADER + "44 00 01" + END))
                .isInstanceOf(Malformed.class).hasMessageContaining("literal");
    }
}
