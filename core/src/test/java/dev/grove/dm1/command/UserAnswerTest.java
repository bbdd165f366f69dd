package dev.grove.dm1.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserAnswer.Effect;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.syncml.Item;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.StatusCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user's answer becomes on the wire, and what it does to later commands ([DMPRO 1.3 §10]). */
class UserAnswerTest {

    private static final Display DISPLAY = new Display("text", UiOptions.NONE);
    private static final Confirm CONFIRM = new Confirm("text", UiOptions.NONE);
    private static final Input INPUT = new Input("text", UiOptions.NONE);
    private static final Choose ONE = new Choose("text", List.of("a", "b", "c"), false, UiOptions.NONE);
    private static final Choose MANY = new Choose("text", List.of("a", "b", "c"), true, UiOptions.NONE);

    @Test
    void a_shown_text_and_a_yes_are_200() {
        assertAnswer(DISPLAY, new Answer.Shown(), 200, Effect.NONE);
        assertAnswer(CONFIRM, new Answer.Yes(), 200, Effect.NONE);
    }

    @Test
    void a_no_is_304_and_rejects_what_follows() {
        assertAnswer(CONFIRM, new Answer.No(), 304, Effect.REJECTED);
    }

    @Test
    void text_and_choices_come_back_as_items() {
        assertAnswer(INPUT, new Answer.Text("CNN"), 200, Effect.NONE, "CNN");
        assertAnswer(INPUT, new Answer.Text(""), 200, Effect.NONE, "");
        assertAnswer(ONE, new Answer.Choices(List.of(2)), 200, Effect.NONE, "2");
        assertAnswer(MANY, new Answer.Choices(List.of(3, 2)), 200, Effect.NONE, "3", "2");
        assertAnswer(MANY, new Answer.Choices(List.of()), 200, Effect.NONE);
    }

    @Test
    void cancelling_is_214_and_stops_all_but_for_a_display() {
        for (Interaction asked : List.of(CONFIRM, INPUT, ONE, MANY)) {
            assertAnswer(asked, new Answer.Cancelled(), 214, Effect.STOPPED);
        }
        assertAnswer(DISPLAY, new Answer.Cancelled(), 214, Effect.NONE);
    }

    @Test
    void silence_is_408_and_counts_as_cancelling_but_for_a_display() {
        assertAnswer(CONFIRM, new Answer.TimedOut(), 408, Effect.STOPPED);
        assertAnswer(DISPLAY, new Answer.TimedOut(), 200, Effect.NONE);
    }

    @Test
    void what_cannot_be_shown_is_416_and_what_does_not_exist_is_406() {
        assertAnswer(ONE, new Answer.Undisplayable(), 416, Effect.NONE);
        assertAnswer(ONE, UserInterface.NONE.ask(ONE), 406, Effect.NONE);
    }

    @Test
    void an_answer_of_the_wrong_kind_is_never_sent() {
        assertAnswer(DISPLAY, new Answer.Yes(), 500, Effect.NONE);
        assertAnswer(CONFIRM, new Answer.Shown(), 500, Effect.NONE);
        assertAnswer(CONFIRM, new Answer.Text("yes"), 500, Effect.NONE);
        assertAnswer(INPUT, new Answer.Choices(List.of(1)), 500, Effect.NONE);
        assertAnswer(MANY, new Answer.No(), 500, Effect.NONE);
    }

    @Test
    void choices_outside_the_list_are_never_sent() {
        assertAnswer(ONE, new Answer.Choices(List.of()), 500, Effect.NONE);
        assertAnswer(ONE, new Answer.Choices(List.of(1, 2)), 500, Effect.NONE);
        assertAnswer(ONE, new Answer.Choices(List.of(4)), 500, Effect.NONE);
        assertAnswer(MANY, new Answer.Choices(List.of(0)), 500, Effect.NONE);
        assertAnswer(MANY, new Answer.Choices(List.of(2, 2)), 500, Effect.NONE);
    }

    @Test
    void a_text_longer_than_allowed_is_never_sent() {
        Input three = new Input("text", new UiOptions(null, null, null, 3, null, null));

        assertAnswer(three, new Answer.Text("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"), 200, Effect.NONE,
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00");
        assertAnswer(three, new Answer.Text("abcd"), 500, Effect.NONE);
        assertThat(UserAnswer.problem(three, new Answer.Text("abcd"))).contains("at most 3 characters");
    }

    @ParameterizedTest
    @CsvSource({"N,-1.23,true", "N,+5,true", "N,.5,true", "N,1e5,false", "N,-,false", "D,31122026,true",
            "D,32122026,false", "D,2026-12-31,false", "T,235959,true", "T,240000,false", "P,+49p89w1,true",
            "P,49+89,false", "I,192.0.2.1,true", "I,192.0.2.256,false", "I,192.0.2,false", "I,192.0.2.1.,false",
            "A,anything,true"})
    void a_text_must_have_the_form_of_its_input_type(String type, String text, boolean passes) {
        Input input = new Input("text", new UiOptions(null, null, null, null, type, null));

        assertThat(UserAnswer.problem(input, new Answer.Text(text)).isEmpty()).isEqualTo(passes);
    }

    private static void assertAnswer(Interaction asked, Answer answer, int status, Effect effect, String... data) {
        List<Item> items = List.of(data).stream().map(Item::of).toList();
        assertThat(UserAnswer.of(asked, answer)).isEqualTo(new UserAnswer(new StatusCode(status), items, effect));
    }
}
