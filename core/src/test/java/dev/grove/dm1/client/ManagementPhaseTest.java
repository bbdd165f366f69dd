package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.command.UserInterface.Answer;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packages 2 to 4 and the end of a session ([DMPRO 1.3 §8.4 to §8.6, §11]). */
class ManagementPhaseTest {

    /**
     * [DMPRO 1.3 §11.1]: a Sequence with a confirmation and a Replace.
     *
     * <pre>
     * client                                  server
     *   pkg 1: Alert 1200, DevInfo       →
     *                                    ←    pkg 2: Statuses, Sequence(Alert 1101, Replace)
     *   pkg 3: Statuses                  →
     *                                    ←    pkg 4: Status of SyncHdr, Final
     * </pre>
     */
    @Test
    @Tag("DM-PRO-C-005")
    @Tag("DM-PRO-C-008")
    @Tag("DM-PRO-Mul-C-001")
    void one_step_protocol_initiated_by_the_server() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.Yes());
        device.start(Trigger.server(1, false, false));

        Message third = device.reply(Say.ok(1), Say.status(1, "1", "Alert", 200), Say.status(1, "2", "Replace", 200),
                new Sequence("1", Meta.NONE,
                        List.of(Say.alert("2", 1101, "", "Do you want to add the CNN access point?"),
                                Say.replace("4", "./A/B", "CNN"))));

        assertThat(Transcript.of(third)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Sequence 200",
                "Status 1/2 Alert 200", "Status 1/4 Replace 200 ./A/B", "Final");
        assertThat(third.header().msgId()).isEqualTo("2");
        assertThat(third.header().sessionId()).isEqualTo("1");
        assertThat(device.tree().at(NodeUri.parse("./A/B")).orElseThrow().value().text()).isEqualTo("CNN");
        assertThat(device.replyLast(Say.ok(2)).send()).isNull();
        assertThat(device.facts).endsWith(new Ended(Reason.COMPLETED, ""));
        assertThat(device.state().isEnded()).isTrue();
    }

    /** [DMPRO 1.3 §11.2]: a Get and a display, then a Replace in a second iteration. */
    @Test
    @Tag("DM-PRO-C-005")
    @Tag("DM-PRO-C-009")
    void two_step_protocol_initiated_by_the_server() {
        TestDevice device = TestDevice.dm13().with(_ -> new Answer.Shown());
        device.start(Trigger.server(1, false, false));

        Message third = device.reply(Say.ok(1),
                Say.alert("2", 1100, "", "Your antivirus software is being updated"), Say.get("4", "./A/B"));
        Message again = device.reply(Say.ok(2), Say.replace("2", "./A/B", "antivirus"));
        ClientTurn end = device.replyLast(Say.ok(3));

        assertThat(Transcript.of(third)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/2 Alert 200",
                "Status 1/4 Get 200 ./A/B", "Results 1/4 ./A/B=b", "Final");
        assertThat(Transcript.of(again)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/2 Replace 200 ./A/B",
                "Final");
        assertThat(end.send()).isNull();
    }

    @Test
    void a_server_with_nothing_to_do_ends_the_session_at_once() {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn end = device.replyLast(Say.ok(1), Say.status(1, "1", "Alert", 200),
                Say.status(1, "2", "Replace", 200));

        assertThat(end.send()).isNull();
        assertThat(end.next().isEnded()).isTrue();
        assertThat(end.facts()).endsWith(new Ended(Reason.COMPLETED, ""));
    }

    @Test
    void a_server_that_forgets_the_Status_of_the_header_is_understood() {
        TestDevice device = TestDevice.dm13().started();

        assertThat(Transcript.of(device.reply(Say.get("1", "./A/B")))).contains("Results 1/1 ./A/B=b");
    }

    @Test
    void the_Status_of_the_header_names_its_addresses() {
        Message answer = TestDevice.dm13().started().reply(Say.ok(1), Say.get("1", "./A/B"));

        Status first = (Status) answer.body().getFirst();
        assertThat(first.targetRefs()).containsExactly(TestDevice.ID);
        assertThat(first.sourceRefs()).containsExactly(TestDevice.URL);
    }

    @Test
    void MsgIDs_count_upwards_on_both_sides() {
        TestDevice device = TestDevice.dm13().started();

        for (int i = 1; i <= 3; i++) {
            Message answer = device.reply(Say.ok(i), Say.get("1", "./A/B"));
            assertThat(answer.header().msgId()).isEqualTo(Integer.toString(i + 1));
            assertThat(Transcript.of(answer)).startsWith("Status " + i + "/0 SyncHdr 200");
        }
    }

    @Test
    void the_tree_is_reported_changed_only_when_it_is() {
        TestDevice device = TestDevice.dm13().started();

        device.reply(Say.ok(1), Say.get("1", "./A/B"), Say.replace("2", "./A/Missing", "x"));
        assertThat(device.lastTurn().treeChanged()).isFalse();
        device.reply(Say.ok(2), Say.add("1", "./A/New", "x"));
        assertThat(device.lastTurn().treeChanged()).isTrue();
    }

    @Test
    @Tag("DM-PRO-C-009")
    void results_bear_format_and_type_unless_they_are_the_defaults() {
        TestDevice device = TestDevice.dm13().started();

        assertThat(Transcript.of(device.reply(Say.ok(1), Say.get("1", "./DevDetail/LrgObj", "./A/C")))).contains(
                "Status 1/1 Get 200", "Results 1/1 ./DevDetail/LrgObj(bool text/plain)=true ./A/C=c");
    }

    @Test
    @Tag("DM-PRO-C-010")
    @Tag("DM-PRO-GAlert-C-004")
    void alerts_raised_during_the_session_go_with_the_next_package() {
        TestDevice device = TestDevice.dm13().started();
        device.alerts = List.of(ClientAlert.generic("a", "c1",
                new ClientAlert.Told("./A", "org.example.done", null, Value.of(Format.INT, "200"))));

        Message third = device.reply(Say.ok(1), Say.get("1", "./A/B"));
        Message fourth = device.reply(Say.ok(2), Say.status(2, "4", "Alert", 200), Say.get("1", "./A/B"));

        assertThat(Transcript.of(third)).endsWith(
                "Alert 1226 for c1 ./A(int Reversed-Domain-Name: org.example.done)=200", "Final");
        assertThat(device.facts).contains(new ClientFact.AlertAnswered("a", StatusCode.OK));
        assertThat(Transcript.of(fourth)).noneMatch(line -> line.startsWith("Alert"));
    }

    @Test
    void an_alert_that_nobody_answered_is_left_to_the_caller() {
        TestDevice device = TestDevice.dm13();
        device.alerts = List.of(ClientAlert.event("a", "com.example.event", Value.text("x")));
        device.start();

        device.replyLast(Say.ok(1));

        assertThat(device.facts).containsExactly(new ClientFact.ServerAuthenticated(null),
                new Ended(Reason.COMPLETED, ""));
    }

    @Test
    void the_next_messages_go_to_the_RespURI() {
        TestDevice device = TestDevice.dm13().started();
        Message reply = device.message(true, Say.ok(1), Say.get("1", "./A/B"));

        device.take(withRespUri(reply, "http://www.syncml.org/mgmt-server?id=7"));
        assertThat(device.state().url()).isEqualTo("http://www.syncml.org/mgmt-server?id=7");
        device.reply(Say.ok(2), Say.get("1", "./A/B"));
        assertThat(device.state().url()).isEqualTo("http://www.syncml.org/mgmt-server?id=7");
    }

    @Test
    void a_relative_RespURI_is_taken_from_the_address_in_use_and_nonsense_is_ignored() {
        TestDevice device = TestDevice.dm13().started();

        device.take(withRespUri(device.message(true, Say.ok(1), Say.get("1", "./A/B")), "session/7"));
        assertThat(device.state().url()).isEqualTo("http://www.syncml.org/session/7");
        device.take(withRespUri(device.message(true, Say.ok(2), Say.get("1", "./A/B")), "http://[nonsense"));
        assertThat(device.state().url()).isEqualTo("http://www.syncml.org/session/7");
    }

    private static Message withRespUri(Message message, String respUri) {
        SyncHdr h = message.header();
        return new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(),
                h.target(), h.source(), respUri, false, null, h.meta()), message.body(), message.isFinal());
    }

    @Test
    void a_repeated_message_is_answered_again_and_nothing_is_done_twice() {
        TestDevice device = TestDevice.dm13().started();
        Message reply = device.message(true, Say.ok(1), Say.delete("1", "./A/B"));

        ClientTurn first = device.take(reply);
        ClientTurn second = device.take(reply);

        assertThat(second.send()).isEqualTo(first.send());
        assertThat(second.next()).isEqualTo(first.next());
        assertThat(second.treeChanged()).isFalse();
    }

    @Test
    void a_session_that_has_ended_answers_nothing() {
        TestDevice device = TestDevice.dm13().started();
        device.replyLast(Say.ok(1));

        ClientTurn late = device.replyLast(Say.ok(1), Say.delete("1", "./A/B"));

        assertThat(late.send()).isNull();
        assertThat(late.facts()).isEmpty();
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
    }
}
