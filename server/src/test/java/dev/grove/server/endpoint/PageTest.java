package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets to see; operators and their tools write the texts, and none of it becomes markup. */
class PageTest {

    private static final String EVIL = "\"'><script>alert(1)</script>&amp;";
    private static final String HARMLESS = "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;";

    @Test
    void no_text_of_an_operator_becomes_markup() {
        List<Interaction> all = List.of(new Display(EVIL, UiOptions.NONE), new Confirm(EVIL, options(EVIL, null, null)),
                new Input(EVIL, options(EVIL, 5, null)),
                new Choose(EVIL, List.of(EVIL, "b"), true, options(EVIL, null, null)));
        for (Interaction asked : all) {
            assertThat(Page.of(asked, EVIL)).contains(HARMLESS).doesNotContain("<script", EVIL);
        }
        assertThat(Page.notice(EVIL, EVIL)).contains("<title>" + HARMLESS, "<p>" + HARMLESS).doesNotContain("<script");
    }

    @Test
    void lines_stay_lines() {
        assertThat(Page.of(new Display("a\nb\r\n<c>", UiOptions.NONE), "")).contains("<h1>a<br>b<br>&lt;c&gt;</h1>");
    }

    @Test
    void tells_what_was_wrong_with_the_last_answer_and_nothing_otherwise() {
        Input asked = new Input("Age?", UiOptions.NONE);
        assertThat(Page.of(asked, "at most 2 characters")).contains("role=\"alert\"", "at most 2 characters");
        assertThat(Page.of(asked, "")).doesNotContain("role=\"alert\"");
    }

    @Test
    void a_question_has_its_three_answers_and_the_default_one_at_hand() {
        assertThat(Page.of(new Confirm("Sure?", UiOptions.NONE), "")).contains(
                "value=\"yes\" autofocus>", "value=\"no\">", "value=\"cancel\">");
        assertThat(Page.of(new Confirm("Sure?", options("0", null, null)), "")).contains("value=\"yes\">",
                "value=\"no\" autofocus>");
        assertThat(Page.of(new Display("Done.", UiOptions.NONE), "")).contains("value=\"ok\" autofocus>")
                .doesNotContain("cancel");
    }

    @Test
    void an_input_has_its_limit_and_what_stands_there_beforehand() {
        assertThat(Page.of(new Input("Name?", options("Ann \"A\"", 12, null)), "")).contains("maxlength=\"12\"",
                "value=\"Ann &quot;A&quot;\"", "type=\"text\"", "<label for=\"text\">Name?</label>", "id=\"text\"");
        assertThat(Page.of(new Input("Name?", UiOptions.NONE), "")).doesNotContain("maxlength", "<input value",
                "<p>");
    }

    @ParameterizedTest
    @CsvSource({"N, A number", "D, A date as DDMMYYYY", "T, A time as hhmmss", "P, A telephone number",
            "I, An IP address"})
    void an_input_says_what_it_takes(String type, String hint) {
        assertThat(Page.of(new Input("?", options(null, null, type)), "")).contains("<p>" + hint);
    }

    @Test
    void what_is_typed_in_secret_is_not_shown() {
        UiOptions secret = new UiOptions(null, null, null, null, "N", "P");
        assertThat(Page.of(new Input("PIN?", secret), "")).contains("type=\"password\"");
    }

    @Test
    void choices_are_numbered_from_1_and_those_of_the_default_are_chosen() {
        List<String> sizes = List.of("S", "M", "L");
        assertThat(Page.of(new Choose("Size?", sizes, false, options("2", null, null)), "")).contains(
                "type=\"radio\" name=\"choice\" value=\"1\"> S", "value=\"2\" checked> M", "value=\"3\"> L");
        assertThat(Page.of(new Choose("Sizes?", sizes, true, options("1-3", null, null)), "")).contains(
                "type=\"checkbox\" name=\"choice\" value=\"1\" checked> S", "value=\"2\"> M",
                "value=\"3\" checked> L");
    }

    private static UiOptions options(@Nullable String given, @Nullable Integer longest, @Nullable String type) {
        return new UiOptions(null, null, given, longest, type, null);
    }
}
