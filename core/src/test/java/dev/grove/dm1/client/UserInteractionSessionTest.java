package dev.grove.dm1.client;

import static dev.grove.dm1.client.CommandsTest.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Meta;
import dev.grove.tree.Operation.Choose;
import dev.grove.tree.Operation.Interaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alerts for the user in their places: SyncBody, Sequence ([DMPRO 1.3 §10.2]); for Atomic see {@link AtomicTest}. */
class UserInteractionSessionTest {

    @Test
    void a_device_without_a_user_supports_none_of_them() {
        assertThat(answers(TestDevice.dm13(), Say.alert("1", 1100, "", "text"), Say.alert("2", 1101, "", "text"),
                Say.alert("3", 1102, "", "text"), Say.alert("4", 1103, "", "text", "a"),
                Say.alert("5", 1104, "", "text", "a"))).containsExactly("Status 1/1 Alert 406",
                        "Status 1/2 Alert 406", "Status 1/3 Alert 406", "Status 1/4 Alert 406",
                        "Status 1/5 Alert 406");
    }

    @Test
    void windows_supports_none_of_them() {
        TestDevice windows = new TestDevice(Profile.WINDOWS).with(_ -> new Answer.Shown());

        assertThat(answers(windows, Say.alert("1", 1100, "", "text"))).containsExactly(
                "Status 1/1 Alert 406 error 0x80004005");
    }

    @Test
    @Tag("DM-PRO-C-007")
    @Tag("DM-PRO-UI-C-003")
    void a_typed_text_comes_back_in_the_Status() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Text("CNN")),
                Say.alert("2", 1102, "", "Type in the name of the service"))).containsExactly(
                        "Status 1/2 Alert 200 =CNN");
    }

    @Test
    @Tag("DM-PRO-C-007")
    @Tag("DM-PRO-UI-C-005")
    @Tag("DM-PRO-UI-C-006")
    void chosen_numbers_come_back_one_an_item_and_choices_keep_their_order() {
        List<Interaction> asked = new ArrayList<>();
        TestDevice device = TestDevice.dm13().with(interaction -> {
            asked.add(interaction);
            return new Answer.Choices(List.of(3, 2));
        });

        assertThat(answers(device, Say.alert("2", 1104, "DR=2-3", "Select", "CNN", "Mobilbank", "Game Channel")))
                .containsExactly("Status 1/2 Alert 200 =3 =2");
        assertThat(asked).singleElement().isInstanceOfSatisfying(Choose.class, choose -> {
            assertThat(choose.choices()).containsExactly("CNN", "Mobilbank", "Game Channel");
            assertThat(choose.options().defaultResponse()).isEqualTo("2-3");
        });
    }

    @Test
    void an_incomplete_alert_is_412_and_an_impossible_one_416() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Undisplayable()), Say.alert("1", 1100, "text"),
                Say.alert("2", 1100, "", "text"))).containsExactly("Status 1/1 Alert 412", "Status 1/2 Alert 416");
    }

    @Test
    void no_in_the_body_has_no_effect() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.No()), Say.alert("1", 1101, "", "Sure?"),
                Say.delete("2", "./A/B"))).containsExactly("Status 1/1 Alert 304", "Status 1/2 Delete 200 ./A/B");
    }

    @Test
    @Tag("DM-PRO-UI-C-002")
    void no_in_a_Sequence_bypasses_the_rest_of_it_only() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.No()),
                sequence(Say.delete("2", "./A/C"), Say.alert("3", 1101, "", "Sure?"), Say.delete("4", "./A/B")),
                Say.get("5", "./A/B"))).containsExactly("Status 1/1 Sequence 200", "Status 1/2 Delete 200 ./A/C",
                        "Status 1/3 Alert 304", "Status 1/4 Delete 215 ./A/B", "Status 1/5 Get 200 ./A/B",
                        "Results 1/5 ./A/B=b");
    }

    @Test
    @Tag("DM-PRO-UI-C-004")
    void cancelling_in_the_body_stops_the_message() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Cancelled()), Say.get("1", "./A/B"),
                Say.alert("2", 1103, "", "Select", "a", "b"), Say.delete("3", "./A/B"),
                sequence(Say.delete("5", "./A/C")))).containsExactly("Status 1/1 Get 200 ./A/B",
                        "Results 1/1 ./A/B=b", "Status 1/2 Alert 214", "Status 1/3 Delete 215 ./A/B",
                        "Status 1/1 Sequence 215", "Status 1/5 Delete 215 ./A/C");
    }

    @Test
    void cancelling_in_a_Sequence_stops_the_message() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Cancelled()),
                sequence(Say.alert("2", 1101, "", "Sure?"), Say.delete("3", "./A/B")), Say.delete("4", "./A/C")))
                .containsExactly("Status 1/1 Sequence 200", "Status 1/2 Alert 214",
                        "Status 1/3 Delete 215 ./A/B", "Status 1/4 Delete 215 ./A/C");
    }

    @Test
    @Tag("DM-PRO-UI-C-001")
    void cancelling_a_display_stops_nothing() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Cancelled()), Say.alert("1", 1100, "", "Hello"),
                Say.delete("2", "./A/B"))).containsExactly("Status 1/1 Alert 214", "Status 1/2 Delete 200 ./A/B");
    }

    @Test
    void after_a_cancelled_message_the_session_goes_on() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.Cancelled());
        answers(device, Say.alert("1", 1101, "", "Sure?"), Say.delete("2", "./A/B"));

        assertThat(Transcript.of(device.reply(Say.ok(2), Say.delete("1", "./A/B")))).contains(
                "Status 2/1 Delete 200 ./A/B");
    }

    private static Sequence sequence(Command... commands) {
        return new Sequence("1", Meta.NONE, List.of(commands));
    }
}
