package dev.grove.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.server.endpoint.PageForm.Field;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.UiOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What browsers, and others, send to a page. */
class PageFormTest {

    private static final Display DISPLAY = new Display("Hello", UiOptions.NONE);
    private static final Confirm CONFIRM = new Confirm("Sure?", UiOptions.NONE);
    private static final Input INPUT = new Input("Name?", UiOptions.NONE);
    private static final Choose CHOOSE = new Choose("Which?", List.of("a", "b"), true, UiOptions.NONE);

    @Test
    void reads_fields_and_leaves_out_what_is_broken() {
        assertThat(PageForm.read("text=a+b%26%C3%BC&x=%zz&=y&lone&%=1&choice=1&choice=2&e=").fields()).containsExactly(
                new Field("text", "a b&ü"), new Field("choice", "1"), new Field("choice", "2"), new Field("e", ""));
        assertThat(PageForm.read("").fields()).isEmpty();
    }

    @Test
    void a_display_is_seen_whatever_comes() {
        assertThat(PageForm.read("answer=ok").answer(DISPLAY)).hasValue(new Answer.Shown());
        assertThat(PageForm.read("").answer(DISPLAY)).hasValue(new Answer.Shown());
    }

    @Test
    void a_question_is_answered_by_a_button_only() {
        assertThat(PageForm.read("answer=yes").answer(CONFIRM)).hasValue(new Answer.Yes());
        assertThat(PageForm.read("answer=no&answer=yes").answer(CONFIRM)).hasValue(new Answer.No());
        assertThat(PageForm.read("answer=cancel").answer(CONFIRM)).hasValue(new Answer.Cancelled());
        assertThat(PageForm.read("answer=perhaps").answer(CONFIRM)).isEmpty();
        assertThat(PageForm.read("").answer(CONFIRM)).isEmpty();
    }

    @Test
    void a_text_may_be_empty_but_not_missing() {
        assertThat(PageForm.read("text=&answer=ok").answer(INPUT)).hasValue(new Answer.Text(""));
        assertThat(PageForm.read("text=Ann").answer(INPUT)).hasValue(new Answer.Text("Ann"));
        assertThat(PageForm.read("answer=ok").answer(INPUT)).isEmpty();
    }

    @Test
    void choices_are_numbers() {
        assertThat(PageForm.read("choice=1&choice=2").answer(CHOOSE)).hasValue(new Answer.Choices(List.of(1, 2)));
        assertThat(PageForm.read("answer=ok").answer(CHOOSE)).hasValue(new Answer.Choices(List.of()));
        for (String wrong : List.of("b", "-1", "99999", "1.0", "", "%D9%A1")) {
            assertThat(PageForm.read("choice=" + wrong).answer(CHOOSE)).as(wrong).isEmpty();
        }
    }
}
