package dev.grove.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as text ([RFC 8259]). */
class JsonTextTest {

    private static Json read(String text, Limits limits) throws Malformed {
        return JsonText.read(Bytes.utf8(text), limits);
    }

    @Test
    void reads_and_writes_every_kind() throws Malformed {
        String text = "{\"o\":{},\"a\":[1,-2.50,true,false,null,\"\\\"\\n\\u0001ä\"]}";

        assertThat(JsonText.write(read(text, Limits.DEFAULT)).utf8()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "{a:1}", "'a'", "01", "NaN", "\"\\ud800\"",
                    "[1e401]", "[1e-401]", "[1e999999999]", "[1234567890123456789012345678901234567890123]", "// c\n1"})
    void what_is_no_json_is_malformed(String text) {
        assertThatThrownBy(() -> read(text, Limits.DEFAULT)).isInstanceOf(Malformed.class);
    }

    @Test
    void numbers_keep_their_digits() throws Malformed {
        assertThat(read("1.50e3", Limits.DEFAULT)).isEqualTo(new Json.Num(new BigDecimal("1.50e3")));
    }

    @Test
    void the_limits_hold() throws Malformed {
        Limits few = new Limits(40, 3, 4, 10);
        assertThat(read("[[[]],1]", few)).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> read("[[[[]]]]", few)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("[1,2,3,4]", few)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("\"12345678901\"", few)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("{\"12345678901\":1}", few)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(" ".repeat(40) + "1", few)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("[".repeat(100_000), Limits.DEFAULT)).isInstanceOf(Malformed.class);
    }
}
