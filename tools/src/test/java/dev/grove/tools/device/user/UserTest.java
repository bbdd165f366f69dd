package dev.grove.tools.device.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Input;
import dev.grove.tree.Operation.UiOptions;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The users of {@code grove device}: the one at the terminal and the one whose answers stand in a script. */
class UserTest {

    private static final Confirm CONFIRM = new Confirm("Install?", UiOptions.NONE);
    private static final Input INPUT = new Input("Name of the service?", UiOptions.NONE);
    private static final Choose CHOOSE = new Choose("Which?", List.of("a", "b", "c"), true, UiOptions.NONE);

    private final StringWriter screen = new StringWriter();
    private final Deque<String> typed = new ArrayDeque<>();
    private final List<Duration> patience = new ArrayList<>();
    private final List<Boolean> hidden = new ArrayList<>();

    private static ScriptedUser script(String... lines) {
        return ScriptedUser.read(String.join("\n", lines), line -> assertThat(line).contains("is answered"));
    }

    @Test
    void a_script_answers_each_kind_in_order_and_then_the_last_line_again() {
        ScriptedUser user = script("# a comment", "", "confirm: yes", "input: CNN", "confirm: no", "choose: 2 3");

        assertThat(user.ask(CONFIRM)).isEqualTo(new Answer.Yes());
        assertThat(user.ask(CHOOSE)).isEqualTo(new Answer.Choices(List.of(2, 3)));
        assertThat(user.ask(CONFIRM)).isEqualTo(new Answer.No());
        assertThat(user.ask(CONFIRM)).isEqualTo(new Answer.No());
        assertThat(user.ask(INPUT)).isEqualTo(new Answer.Text("CNN"));
        assertThat(user.ask(INPUT)).isEqualTo(new Answer.Text("CNN"));
    }

    @Test
    void a_script_can_do_more_than_answer() {
        ScriptedUser user = script("input: \"cancel\"", "input: cancel", "input: timeout", "input: default",
                "confirm: default", "choose: undisplayable", "*: unsupported");

        assertThat(user.ask(INPUT)).isEqualTo(new Answer.Text("cancel"));
        assertThat(user.ask(INPUT)).isEqualTo(new Answer.Cancelled());
        assertThat(user.ask(INPUT)).isEqualTo(new Answer.TimedOut());
        assertThat(user.ask(new Input("?", proposing("x")))).isEqualTo(new Answer.Text("x"));
        assertThat(user.ask(new Confirm("?", proposing("1")))).isEqualTo(new Answer.Yes());
        assertThat(user.ask(CHOOSE)).isEqualTo(new Answer.Undisplayable());
        assertThat(user.ask(new Display("hello", UiOptions.NONE))).isEqualTo(new Answer.Unsupported());
    }

    @Test
    void what_a_script_does_not_speak_of_is_unsupported_but_can_be_shown() {
        ScriptedUser user = script("confirm: yes");

        assertThat(user.ask(new Display("hello", UiOptions.NONE))).isEqualTo(new Answer.Shown());
        assertThat(user.ask(INPUT)).isEqualTo(new Answer.Unsupported());
    }

    @Test
    void a_line_that_is_none_is_named() {
        assertThatThrownBy(() -> script("confirm: yes", "conform: yes")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2");
    }

    private TerminalUser terminal(String... lines) {
        typed.addAll(List.of(lines));
        return new TerminalUser(new PrintWriter(screen), (wait, isHidden) -> {
            patience.add(wait);
            hidden.add(isHidden);
            return Optional.ofNullable(typed.poll());
        });
    }

    @Test
    void a_person_is_shown_the_choices_and_asked_again_until_the_answer_will_do() {
        Answer answer = terminal("what?", "7", "1 3").ask(CHOOSE);

        assertThat(answer).isEqualTo(new Answer.Choices(List.of(1, 3)));
        assertThat(screen.toString()).contains("Which?", "  2  b", "that is no answer", "numbers from 1 to 3");
    }

    @Test
    void an_empty_line_takes_what_the_server_proposes() {
        assertThat(terminal("").ask(new Confirm("Install?", proposing("1")))).isEqualTo(new Answer.Yes());
        assertThat(terminal("").ask(new Input("?", proposing("CNN")))).isEqualTo(new Answer.Text("CNN"));
        assertThat(terminal("").ask(new Choose("?", List.of("a", "b"), true, proposing("1-2"))))
                .isEqualTo(new Answer.Choices(List.of(1, 2)));
        assertThat(terminal("").ask(INPUT)).isEqualTo(new Answer.Text(""));
        assertThat(terminal("", "n").ask(CONFIRM)).isEqualTo(new Answer.No());
    }

    @Test
    void a_person_can_cancel_or_be_too_late() {
        assertThat(terminal(":cancel").ask(INPUT)).isEqualTo(new Answer.Cancelled());
        assertThat(terminal().ask(new Input("?", new UiOptions(null, Duration.ofSeconds(7), null, null, null, null))))
                .isEqualTo(new Answer.TimedOut());
        assertThat(patience.getLast()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
    }

    @Test
    void a_password_is_not_shown() {
        terminal("secret").ask(new Input("PIN?", new UiOptions(null, null, "1234", null, "N", "P")));

        assertThat(hidden).containsExactly(true, true);
        assertThat(screen.toString()).doesNotContain("1234");
    }

    @Test
    void the_keyboard_gives_lines_and_then_nothing() throws Exception {
        StandardKeyboard keyboard = new StandardKeyboard(
                new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8,
                Optional.empty());

        assertThat(keyboard.line(Duration.ofSeconds(10), false)).contains("one");
        assertThat(keyboard.line(Duration.ofSeconds(10), false)).contains("two");
        assertThat(keyboard.line(Duration.ofSeconds(10), false)).isEmpty();
        assertThat(keyboard.line(Duration.ofSeconds(10), false)).isEmpty();
    }

    private static UiOptions proposing(@Nullable String response) {
        return new UiOptions(null, null, response, null, null, null);
    }
}
