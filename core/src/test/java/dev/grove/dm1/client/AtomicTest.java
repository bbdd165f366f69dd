package dev.grove.dm1.client;

import static dev.grove.dm1.client.CommandsTest.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Data;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All or nothing: each row of the table of Atomic ([REPPRO 1.2 §6.6.4], [DMPRO 1.3 §10.2.2]). */
class AtomicTest {

    private static final NodeUri B = NodeUri.parse("./A/B");

    @Test
    void all_succeed() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.Yes());

        assertThat(answers(device, atomic(Say.replace("2", "./A/B", "new"), Say.alert("3", 1101, "", "Sure?"),
                Say.add("4", "./A/N", "n"), Say.copy("5", "./A/B", "./A/C"), Say.delete("6", "./A/N"))))
                .containsExactly("Status 1/1 Atomic 200", "Status 1/2 Replace 200 ./A/B",
                        "Status 1/3 Alert 200", "Status 1/4 Add 200 ./A/N",
                        "Status 1/5 Copy 200 ./A/C ./A/B", "Status 1/6 Delete 200 ./A/N");
        assertThat(device.tree().at(NodeUri.parse("./A/C")).orElseThrow().value().text()).isEqualTo("new");
    }

    @Test
    void one_fails_and_the_others_are_rolled_back() {
        TestDevice device = TestDevice.dm13();

        assertThat(answers(device, atomic(Say.replace("2", "./A/B", "new"), Say.delete("3", "./A/Missing"),
                Say.add("4", "./A/N", "n")))).containsExactly("Status 1/1 Atomic 507",
                        "Status 1/2 Replace 216 ./A/B", "Status 1/3 Delete 404 ./A/Missing",
                        "Status 1/4 Add 215 ./A/N");
        assertThat(device.tree()).isEqualTo(TestDevice.sampleTree());
    }

    @Test
    void the_items_of_one_command_are_rolled_back_too() {
        assertThat(answers(TestDevice.dm13(), atomic(new Delete("2", Meta.NONE, List.of(
                Item.at("./A/B", Meta.NONE, null), Item.at("./A/Missing", Meta.NONE, null),
                Item.at("./A/C", Meta.NONE, null)))))).containsExactly("Status 1/1 Atomic 507",
                        "Status 1/2 Delete 216 ./A/B", "Status 1/2 Delete 404 ./A/Missing",
                        "Status 1/2 Delete 215 ./A/C");
    }

    @Test
    void what_cannot_be_rolled_back_is_516() {
        TestDevice device = TestDevice.dm13()
                .withMounts(Mounts.NONE.with(NodeUri.parse("./A/Live"), new Stubborn()));

        assertThat(answers(device, atomic(Say.replace("2", "./A/Live/Sticky", "x"), Say.replace("3", "./A/B", "new"),
                Say.replace("4", "./A/Live/Broken", "x")))).containsExactly("Status 1/1 Atomic 507",
                        "Status 1/2 Replace 516 ./A/Live/Sticky", "Status 1/3 Replace 216 ./A/B",
                        "Status 1/4 Replace 510 ./A/Live/Broken");
    }

    /** A leaf that cannot be read back, and so not restored; and one that can never be changed. */
    private static final class Stubborn implements ManagementObject {
        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("Live", Access.GET).withChildren(
                    DescriptionNode.of("Sticky", Format.CHR, Access.GET, Access.REPLACE),
                    DescriptionNode.of("Broken", Format.CHR, Access.GET, Access.REPLACE));
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            if (path.isRoot()) {
                return Optional.of(new Live.Interior("", List.of("Sticky", "Broken")));
            }
            return Optional.of(path.name().equals("Sticky")
                    ? new Live.WriteOnly(Format.CHR, "text/plain")
                    : new Live.Leaf(Value.text("old")));
        }

        @Override
        public StatusCode check(Change change) {
            return StatusCode.OK;
        }

        @Override
        public StatusCode apply(Change change) {
            return change.path().name().equals("Sticky") ? StatusCode.OK : StatusCode.DATA_STORE_FAILURE;
        }
    }

    @Test
    void the_user_says_no() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.No());

        assertThat(answers(device, atomic(Say.replace("2", "./A/B", "new"), Say.alert("3", 1101, "", "Sure?"),
                Say.delete("4", "./A/C")), Say.get("5", "./A/B"))).containsExactly("Status 1/1 Atomic 215",
                        "Status 1/2 Replace 216 ./A/B", "Status 1/3 Alert 304", "Status 1/4 Delete 215 ./A/C",
                        "Status 1/5 Get 200 ./A/B", "Results 1/5 ./A/B=b");
    }

    @Test
    void the_user_cancels_and_all_that_is_left_of_the_message_is_not_done() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.Cancelled());

        assertThat(answers(device, atomic(Say.replace("2", "./A/B", "new"), Say.alert("3", 1102, "", "Name?"),
                Say.delete("4", "./A/C")), Say.get("5", "./A/B"))).containsExactly("Status 1/1 Atomic 215",
                        "Status 1/2 Replace 216 ./A/B", "Status 1/3 Alert 214", "Status 1/4 Delete 215 ./A/C",
                        "Status 1/5 Get 215 ./A/B");
    }

    @Test
    void a_user_who_does_not_answer_fails_it_and_stops_the_message() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.TimedOut());

        assertThat(answers(device, atomic(Say.delete("2", "./A/C"), Say.alert("3", 1101, "MAXDT=1", "Sure?")),
                Say.get("4", "./A/B"))).containsExactly("Status 1/1 Atomic 507", "Status 1/2 Delete 216 ./A/C",
                        "Status 1/3 Alert 408", "Status 1/4 Get 215 ./A/B");
    }

    @Test
    void an_alert_that_cannot_be_shown_fails_like_any_command() {
        assertThat(answers(TestDevice.dm13().with(UserInterface.NONE),
                atomic(Say.delete("2", "./A/C"), Say.alert("3", 1100, "", "Hello")))).containsExactly(
                        "Status 1/1 Atomic 507", "Status 1/2 Delete 216 ./A/C", "Status 1/3 Alert 406");
    }

    @Test
    void a_display_that_was_closed_is_no_failure() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Cancelled()),
                atomic(Say.alert("2", 1100, "", "Hello"), Say.delete("3", "./A/C")))).containsExactly(
                        "Status 1/1 Atomic 200", "Status 1/2 Alert 214", "Status 1/3 Delete 200 ./A/C");
    }

    @Test
    void the_user_is_not_asked_once_a_command_has_failed() {
        TestDevice device = TestDevice.dm13().with(_ -> {
            throw new AssertionError("asked in vain");
        });

        assertThat(answers(device, atomic(Say.delete("2", "./A/Missing"), Say.alert("3", 1101, "", "Sure?"))))
                .containsExactly("Status 1/1 Atomic 507", "Status 1/2 Delete 404 ./A/Missing",
                        "Status 1/3 Alert 215");
    }

    @Test
    void an_answer_that_was_given_in_a_failing_Atomic_is_not_reported() {
        assertThat(answers(TestDevice.dm13().with(_ -> new Answer.Text("CNN")),
                atomic(Say.alert("2", 1102, "", "Name?"), Say.delete("3", "./A/Missing")))).containsExactly(
                        "Status 1/1 Atomic 507", "Status 1/2 Alert 216", "Status 1/3 Delete 404 ./A/Missing");
    }

    @Test
    void an_Atomic_in_an_Atomic_is_500() {
        assertThat(answers(TestDevice.dm13(), atomic(Say.delete("2", "./A/C"),
                new Atomic("3", Meta.NONE, List.of(Say.delete("4", "./A/B")))))).containsExactly(
                        "Status 1/1 Atomic 507", "Status 1/2 Delete 216 ./A/C", "Status 1/3 Atomic 500",
                        "Status 1/4 Delete 215 ./A/B");
    }

    @Test
    void Get_and_Exec_in_an_Atomic_are_500() {
        assertThat(answers(TestDevice.dm13(), atomic(Say.delete("2", "./A/C"), Say.get("3", "./A/B"))))
                .containsExactly("Status 1/1 Atomic 507", "Status 1/2 Delete 216 ./A/C", "Status 1/3 Get 500 ./A/B");
        assertThat(answers(TestDevice.dm13(), atomic(Say.exec("2", "./A/B", "c")))).containsExactly(
                "Status 1/1 Atomic 507", "Status 1/2 Exec 500 ./A/B");
    }

    @Test
    void a_Sequence_in_an_Atomic_is_taken_for_what_it_means() {
        TestDevice good = TestDevice.dm13();
        assertThat(answers(good, atomic(new Sequence("2", Meta.NONE, List.of(Say.delete("3", "./A/C"))))))
                .containsExactly("Status 1/1 Atomic 200", "Status 1/2 Sequence 200", "Status 1/3 Delete 200 ./A/C");
        TestDevice bad = TestDevice.dm13();
        assertThat(answers(bad, atomic(
                new Sequence("2", Meta.NONE, List.of(Say.delete("3", "./A/C"), Say.delete("4", "./A/Missing"))),
                new Sequence("5", Meta.NONE, List.of(Say.delete("6", "./A/B")))))).containsExactly(
                        "Status 1/1 Atomic 507", "Status 1/2 Sequence 216", "Status 1/3 Delete 216 ./A/C",
                        "Status 1/4 Delete 404 ./A/Missing", "Status 1/5 Sequence 215",
                        "Status 1/6 Delete 215 ./A/B");
        assertThat(bad.tree()).isEqualTo(TestDevice.sampleTree());
    }

    @Test
    void an_Atomic_in_a_Sequence_fails_alone() {
        assertThat(answers(TestDevice.dm13(), new Sequence("1", Meta.NONE,
                List.of(new Atomic("2", Meta.NONE, List.of(Say.delete("3", "./A/Missing"))), Say.get("4", "./A/B")))))
                .containsExactly("Status 1/1 Sequence 200", "Status 1/2 Atomic 507",
                        "Status 1/3 Delete 404 ./A/Missing", "Status 1/4 Get 200 ./A/B",
                        "Results 1/4 ./A/B=b");
    }

    @Test
    void bad_ids_unknown_commands_and_bad_URIs_inside_fail_it() {
        assertThat(answers(TestDevice.dm13(), atomic(Say.delete("2", "./A/C"), Say.delete("", "./A/B"))))
                .containsExactly("Status 1/1 Atomic 507", "Status 1/2 Delete 216 ./A/C",
                        "Status 1/ Delete 400 ./A/B");
        assertThat(answers(TestDevice.dm13(), atomic(Say.delete("2", "/A")))).containsExactly(
                "Status 1/1 Atomic 507", "Status 1/2 Delete 400 /A");
        assertThat(answers(TestDevice.dm13(), atomic(new Delete("2", Meta.NONE, List.of())))).containsExactly(
                "Status 1/1 Atomic 507", "Status 1/2 Delete 400");
    }

    /** 517: a device that cannot cut its answers must not do what it could not report. */
    @Test
    void answers_that_do_not_fit_are_517_for_a_device_that_cannot_cut_them() {
        Command[] many = new Command[30];
        for (int i = 0; i < many.length; i++) {
            many[i] = Say.add(Integer.toString(i + 2), "./A/N" + i, "n");
        }
        TestDevice windows = new TestDevice(Profile.WINDOWS);
        windows.start();

        Message answer = windows.sent(windows.take(new Message(MultipleMessagesTest.withLimit(windows.header(1), 3000),
                List.of(Say.ok(1), atomic(many)), true)));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Atomic 517 error 0x80004005");
        assertThat(windows.tree().has(NodeUri.parse("./A/N0"))).isFalse();
    }

    @Test
    void a_failed_Atomic_leaves_the_tree_as_it_was() {
        TestDevice device = TestDevice.dm13();

        answers(device, atomic(Say.replace("2", "./A/B", "new"), new Command.Replace("3", Meta.NONE,
                List.of(Item.at("./A/B?prop=Title", Meta.NONE, Data.of("title")))), Say.delete("4", "./A/Missing")));

        assertThat(device.tree().at(B)).isEqualTo(TestDevice.sampleTree().at(B));
        assertThat(device.lastTurn().treeChanged()).isFalse();
    }

    private static Atomic atomic(Command... commands) {
        return new Atomic("1", Meta.NONE, List.of(commands));
    }
}
