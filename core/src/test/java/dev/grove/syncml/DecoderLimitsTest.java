package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Enormous, deep and cunning documents end at a limit, in both spellings. */
class DecoderLimitsTest {

    private static final Limits LIMITS = new Limits(100_000, 20, 500, 10_000);
    private static final String HEADER = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1"
            + "</SessionID><MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source>"
            + "</SyncHdr><SyncBody>";
    private static final String END = "</SyncBody></SyncML>";

    /** The message in the spelling, decoded with limits. */
    private static Message read(String body, Encoding encoding, Limits limits) throws Malformed {
        Bytes xml = Bytes.utf8(HEADER + body + END);
        return SyncmlCodec.decode(encoding == Encoding.XML ? xml : transcoded(xml), encoding, limits);
    }

    private static Bytes transcoded(Bytes xml) throws Malformed {
        return Transcoder.transcode(xml, Encoding.WBXML, new Limits(1 << 30, 1000, 1 << 30, 1 << 30));
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Callable<Message> reading, String limit) {
        return assertThatThrownBy(reading::call).isInstanceOf(Malformed.class).hasMessageContaining(limit);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void bounds_the_document(Encoding encoding) throws Malformed {
        String body = "<Add><Item><Data>" + "x".repeat(9000) + "</Data></Item></Add>";

        assertThat(read(body.repeat(10), encoding, LIMITS).body()).hasSize(10);
        assertRefused(() -> read(body.repeat(12), encoding, LIMITS), "100000 bytes");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void bounds_the_depth(Encoding encoding) throws Malformed {
        assertThat(read("<Atomic>".repeat(18) + "</Atomic>".repeat(18), encoding, LIMITS).body()).hasSize(1);
        assertRefused(() -> read("<Atomic>".repeat(19) + "</Atomic>".repeat(19), encoding, LIMITS), "20 deep");
        assertRefused(() -> read("<Odd>".repeat(400) + "</Odd>".repeat(400), encoding, LIMITS), "20 deep");
        assertRefused(() -> read("<Add><Item><Data>" + "<a>".repeat(400) + "</a>".repeat(400) + "</Data></Item></Add>",
                encoding, LIMITS), "20 deep");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void bounds_the_number_of_elements(Encoding encoding) throws Malformed {
        assertThat(read("<Get/>".repeat(480), encoding, LIMITS).body()).hasSize(480);
        assertRefused(() -> read("<Get/>".repeat(500), encoding, LIMITS), "500 elements");
        assertRefused(() -> read("<Odd>" + "<a/>".repeat(500) + "</Odd>", encoding, LIMITS), "500 elements");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void bounds_a_text(Encoding encoding) throws Malformed {
        String start = "<Add><CmdID>";
        assertThat(read(start + "1".repeat(10_000) + "</CmdID></Add>", encoding, LIMITS).body()).hasSize(1);
        assertRefused(() -> read(start + "1".repeat(10_001) + "</CmdID></Add>", encoding, LIMITS), "10000 bytes");
        assertRefused(() -> read("<Add><Item><Data>" + "<![CDATA[" + "a".repeat(6000) + "]]>" + "b".repeat(6000)
                + "</Data></Item></Add>", encoding, LIMITS), "10000 bytes");
        assertRefused(() -> read("<Add><Item><Data><a b='" + "c".repeat(10_001) + "'>" + "d".repeat(10_001)
                + "</a></Data></Item></Add>", encoding, LIMITS), "10000 bytes");
    }

    @Test
    void bounds_what_references_into_the_string_table_expand_to() {
        String table = "61".repeat(9999) + "00";
        String start = "03a4016a" + "ce10" + table + "6d2b" + "6b";
        assertThatThrownBy(() -> SyncmlCodec.decode(Bytes.hex(start + "838000".repeat(0) + "8300".repeat(40)),
                Encoding.WBXML, LIMITS)).isInstanceOf(Malformed.class).hasMessageContaining("string table");
        assertThatThrownBy(() -> SyncmlCodec.decode(Bytes.hex(start + "454b" + "8300".repeat(40)), Encoding.WBXML,
                LIMITS)).isInstanceOf(Malformed.class);
    }

    @Test
    void bounds_names_and_markup_that_grow_when_written_out() {
        String namespace = "urn:" + "n".repeat(3000);
        String body = "<Add><Item><Data><x xmlns:a='" + namespace + "'>" + "<a:z/>".repeat(100)
                + "</x></Data></Item></Add>";

        assertRefused(() -> read(body, Encoding.XML, LIMITS), "10000 bytes");
    }

    @Test
    void reads_many_small_texts_in_time_that_grows_with_their_number() throws Malformed {
        String pieces = "a<!---->".repeat(100_000);
        Message message = read("<Add><CmdID>" + pieces + "</CmdID><Item><Data>" + pieces + "</Data></Item></Add>",
                Encoding.XML, Limits.DEFAULT);

        assertThat(message.body().getFirst().cmdId()).hasSize(100_000);
    }

    @Test
    void carries_no_part_of_the_document_in_an_error() {
        Bytes secret = Bytes.wrap((HEADER + "<Cred><Data>SECRET</Data></SECRET>").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> SyncmlCodec.decode(secret, Encoding.XML, LIMITS))
                .isInstanceOfSatisfying(Malformed.class, e -> {
                    assertThat(e.getMessage()).doesNotContain("SECRET").startsWith("SyncML/SyncBody/Cred: ");
                    assertThat(e.offset()).isPositive();
                    assertThat(e.getCause()).isNull();
                });
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void says_which_of_several_elements_breaks_a_rule(Encoding encoding) {
        String body = "<Get><CmdID>1</CmdID></Get><Get><CmdID>2</CmdID><Item/><Item><Meta><Format>"
                + "x".repeat(LIMITS.maxTextBytes() + 1) + "</Format></Meta></Item></Get>";

        assertThatThrownBy(() -> read(body, encoding, LIMITS)).isInstanceOf(Malformed.class)
                .hasFieldOrPropertyWithValue("path", "SyncML/SyncBody/Get[2]/Item[2]/Meta/Format");
    }
}
