package dev.grove.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as a known device and its server write them ([TND 1.2 §8.5], ISO 8601). */
class LexicalFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"2005-10-15", "20051015", "2005-10", "200510", "2005", "2005-258", "2005001", "2004366",
            "2005-W12-5", "2005W125", "2005-W53", "2005W02"})
    void dates_in_all_forms_of_iso_8601(String date) {
        assertThat(LexicalForm.normal(Format.DATE, Bytes.utf8(date))).contains(Bytes.utf8(date));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "2005-1-10", "2005-00-10", "2005-10-00", "2005-00-30", "2005-13-01", "2005-10-32",
            "2005-000", "2005-367", "2005-W00", "2005-W54", "2005-W12-8", "2005-10-15Z", "15/10/2005"})
    void dates_that_are_none(String date) {
        assertThat(LexicalForm.normal(Format.DATE, Bytes.utf8(date))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23:15:25", "231525", "23:15", "2315", "23", "T23:15", "00:00:00", "24:00", "240000",
            "23:59:60", "23:15:25.5", "23:15:25Z", "23:15:59+01:20", "231559-0120", "23:33:30+01"})
    void times_in_all_forms_of_iso_8601(String time) {
        assertThat(LexicalForm.normal(Format.TIME, Bytes.utf8(time))).contains(Bytes.utf8(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5:30", "24:03", "25:00", "23:63", "23:15:61", "24:00:01", "23:15+24:00", "23:15+01:60",
            "23:33:30+01:52:23", "23:33:30+0152Z", "noon"})
    void times_that_are_none(String time) {
        assertThat(LexicalForm.normal(Format.TIME, Bytes.utf8(time))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1.2345e+3", "-1.2345e-03", "123", "123.", "0", ".5", "INF", "-INF", "NaN"})
    void floating_point_numbers(String number) {
        assertThat(LexicalForm.normal(Format.FLOAT, Bytes.utf8(number))).contains(Bytes.utf8(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "E", ".", "1+1", "123.45E", "123.45.5", "++1", "+1.3e_5", "1s2"})
    void numbers_that_are_none(String number) {
        assertThat(LexicalForm.normal(Format.FLOAT, Bytes.utf8(number))).isEmpty();
    }
}
