package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts of one generation as those of the other ([DM 2.0 §13.1]). */
class AlertInterworkingTest {

    private static final String TYPE = "urn:oma:at:scomo:1.0:OperationComplete";

    @Test
    void data_of_dm_1_stands_in_its_own_field_without_cdata() {
        Value data = new Value(Format.XML, "", Bytes.utf8(" <![CDATA[<ResultCode>1200</ResultCode>]]> "));

        assertThat(AlertInterworking.toDm2("Reversed-Domain-Name: " + TYPE, "urn:m//a", "warning", data))
                .isEqualTo(new Dm2Alert(TYPE, "urn:m//a", null, "warning", "text/xml",
                        Json.object().with("DM1x", "<ResultCode>1200</ResultCode>").build()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"INT | 1404 | int | {\"DM1x\":1404}", "BOOL | true | bool | {\"DM1x\":true}",
            "CHR | a | text/plain | {\"DM1x\":\"a\"}", "BIN | AB | application/octet-stream | {\"DM1x\":\"QUI=\"}",
            "XML | <a/> | text/xml | {\"DM1x\":\"<a/>\"}", "DATE | 2026-11-21 | text/plain | {\"DM1x\":\"2026-11-21\"}",
            "INT | x | int | {\"DM1x\":\"x\"}"})
    void each_format_has_its_kind_of_data(Format format, String text, String dataType, String json) {
        Dm2Alert alert = AlertInterworking.toDm2(TYPE, null, null, new Value(format, "", Bytes.utf8(text)));

        assertThat(alert.dataType()).isEqualTo(dataType);
        assertThat(alert.data()).isNotNull().satisfies(data -> assertThat(JsonText.write(data).utf8()).isEqualTo(json));
        assertThat(AlertInterworking.data(alert).text()).isEqualTo(text);
    }

    @Test
    void no_data_is_no_data_in_both() {
        Dm2Alert alert = AlertInterworking.toDm2(TYPE, null, null, Value.text(""));

        assertThat(alert).isEqualTo(Dm2Alert.of(TYPE));
        assertThat(AlertInterworking.data(alert)).isEqualTo(Value.text(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"int | {\"DM1x\":1404} | INT | text/plain | 1404",
            "int | {\"DM1x\":\"1404\"} | INT | text/plain | 1404", "int | {\"DM1x\":\"x\"} | CHR | text/plain | x",
            "text/xml | {\"DM1x\":\"<a/>\"} | XML | text/xml | <a/>",
            "application/octet-stream | {\"DM1x\":\"QUI=\"} | BIN | application/octet-stream | AB",
            "bin | {\"DM1x\":\"?\"} | CHR | text/plain | ?", "node | {\"DM1x\":\"a\"} | CHR | text/plain | a",
            "'' | {\"DM1x\":\"a\"} | CHR | text/plain | a", "float | {\"DM1x\":1.5} | FLOAT | text/plain | 1.5",
            "application/json | {\"a\":1} | CHR | application/json | {\"a\":1}", "'' | 5 | INT | text/plain | 5",
            "'' | [1] | CHR | application/json | [1]", "'' | null | CHR | text/plain | ''",
            "'' | {\"DM1x\":1,\"b\":2} | CHR | application/json | {\"DM1x\":1,\"b\":2}",
            "'' | 1e300 | FLOAT | text/plain | 1E+300"})
    void whatever_comes_is_a_value(String dataType, String json, Format format, String type, String text)
            throws Exception {
        Dm2Alert alert = new Dm2Alert(TYPE, null, null, null, dataType,
                JsonText.read(Bytes.utf8(json), dev.grove.wire.Limits.DEFAULT));

        assertThat(List.of(AlertInterworking.data(alert))).containsExactly(new Value(format, type, Bytes.utf8(text)));
    }
}
