package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.ItemValue.Reading;
import dev.grove.tree.Format;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ItemValueTest {

    private static final Bytes BINARY = Bytes.hex("00ff10");

    @Test
    void writes_binary_as_base64_in_xml_and_as_opaque_in_wbxml() {
        Value value = Value.binary(BINARY);

        assertThat(ItemValue.of(value, Encoding.XML))
                .isEqualTo(new ItemValue(Meta.of("b64", "application/octet-stream"), Data.of("AP8Q")));
        assertThat(ItemValue.of(value, Encoding.WBXML))
                .isEqualTo(new ItemValue(Meta.of("bin", "application/octet-stream"), new Data.Opaque(BINARY)));
    }

    @Test
    void keeps_base64_text_in_both_spellings() {
        Value value = new Value(Format.B64, "application/x-x509", BINARY);

        for (Encoding encoding : Encoding.values()) {
            assertThat(ItemValue.of(value, encoding))
                    .isEqualTo(new ItemValue(Meta.of("b64", "application/x-x509"), Data.of("AP8Q")));
        }
    }

    @Test
    void leaves_out_the_meta_only_if_format_and_type_are_both_the_default() {
        assertThat(ItemValue.of(Value.text("x"), Encoding.XML).meta()).isEqualTo(Meta.NONE);
        assertThat(ItemValue.of(new Value(Format.CHR, "", Bytes.utf8("x")), Encoding.XML).meta()).isEqualTo(Meta.NONE);
        assertThat(ItemValue.of(Value.of(Format.INT, "1"), Encoding.XML).meta())
                .isEqualTo(Meta.of("int", "text/plain"));
        assertThat(ItemValue.of(new Value(Format.CHR, "text/html", Bytes.EMPTY), Encoding.XML))
                .isEqualTo(new ItemValue(Meta.of("chr", "text/html"), Data.of("")));
    }

    @Test
    void gives_interior_and_empty_nodes_no_data() {
        assertThat(ItemValue.of(Value.interior("urn:oma:mo:oma-fumo:1.0"), Encoding.WBXML))
                .isEqualTo(new ItemValue(Meta.of("node", "urn:oma:mo:oma-fumo:1.0"), null));
        assertThat(ItemValue.of(Value.interior(""), Encoding.XML))
                .isEqualTo(new ItemValue(Meta.of("node", null), null));
        assertThat(ItemValue.of(new Value(Format.NULL, "", Bytes.EMPTY), Encoding.XML))
                .isEqualTo(new ItemValue(Meta.of("null", null), null));
    }

    @Test
    void spells_text_that_xml_cannot_carry_as_binary() {
        Value value = Value.text("a\u0000b");

        assertThat(ItemValue.of(value, Encoding.XML))
                .isEqualTo(new ItemValue(Meta.of("b64", "text/plain"), Data.of("YQBi")));
        assertThat(ItemValue.of(value, Encoding.WBXML))
                .isEqualTo(new ItemValue(Meta.NONE, new Data.Opaque(Bytes.utf8("a\u0000b"))));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void reads_back_what_it_writes(Encoding encoding) {
        for (Format format : Format.values()) {
            Bytes data = switch (format) {
                case NULL -> Bytes.EMPTY;
                case BIN, B64 -> BINARY;
                case NODE, BOOL, CHR, INT, XML, DATE, TIME, FLOAT -> Bytes.utf8("<a/>");
            };
            ItemValue written = ItemValue.of(new Value(format, "a/b", data), encoding);
            Format read = format == Format.BIN && encoding == Encoding.XML ? Format.B64 : format;

            assertThat(ItemValue.read(written.meta(), written.data(), encoding))
                    .isEqualTo(new Reading.Read(new Value(read, "a/b", data)));
        }
    }

    @Test
    void reads_bin_as_base64_in_xml_and_as_bytes_in_wbxml() {
        assertThat(ItemValue.read(Meta.of("bin", null), Data.of("AP8Q"), Encoding.XML))
                .isEqualTo(new Reading.Read(new Value(Format.BIN, "", BINARY)));
        assertThat(ItemValue.read(Meta.of("bin", null), Data.of("AP8Q"), Encoding.WBXML))
                .isEqualTo(new Reading.Read(new Value(Format.BIN, "", Bytes.utf8("AP8Q"))));
    }

    @Test
    void reads_base64_with_line_breaks_and_from_opaque() {
        assertThat(ItemValue.read(Meta.of("b64", null), new Data.Opaque(Bytes.utf8("AP\r\n 8Q\n")), Encoding.WBXML))
                .isEqualTo(new Reading.Read(new Value(Format.B64, "", BINARY)));
    }

    @Test
    void reads_absent_meta_and_data_as_empty_text_of_no_type() {
        assertThat(ItemValue.read(Meta.NONE, null, Encoding.XML))
                .isEqualTo(new Reading.Read(new Value(Format.CHR, "", Bytes.EMPTY)));
    }

    @Test
    void calls_inline_markup_xml_whatever_the_type_says() {
        Reading reading = ItemValue.read(Meta.of("xml", "application/vnd.syncml.dmtnds+wbxml"),
                new Data.Markup("<MgmtTree/>"), Encoding.WBXML);

        assertThat(reading).isEqualTo(new Reading.Read(
                new Value(Format.XML, "application/vnd.syncml.dmtnds+xml", Bytes.utf8("<MgmtTree/>"))));
    }

    @Test
    void refuses_unknown_formats_and_broken_base64_with_415() {
        assertThat(ItemValue.read(Meta.of("octal", null), Data.of("7"), Encoding.XML))
                .isInstanceOfSatisfying(Reading.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT));
        assertThat(ItemValue.read(Meta.of("b64", null), Data.of("*"), Encoding.XML))
                .isInstanceOfSatisfying(Reading.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT));
    }
}
