package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.syncml.Message;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ends before the end ([DMPRO 1.3 §8.1]). */
class SessionAbortTest {

    @Test
    @Tag("DM-PRO-C-002")
    @Tag("DM-PRO-Abort-C-002")
    void a_server_that_aborts_gets_no_answer_and_nothing_more_is_done() {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn turn = device.replyLast(Say.ok(1), Say.alert("1", 1223), Say.delete("2", "./A/B"));

        assertThat(turn.send()).isNull();
        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.facts()).containsExactly(new Ended(Reason.ABORTED_BY_SERVER, ""));
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
    }

    @Test
    @Tag("DM-PRO-C-002")
    @Tag("DM-PRO-Abort-C-001")
    @Tag("DM-PRO-Abort-C-004")
    @Tag("DM-PRO-Abort-C-005")
    void the_device_aborts_with_Final_and_ignores_the_answer() {
        TestDevice device = TestDevice.dm13().started();

        Message farewell = device.sent(device.abort(true, "battery low"));
        ClientTurn late = device.replyLast(Say.ok(2), Say.status(2, "1", "Alert", 200), Say.delete("1", "./A/B"));

        assertThat(Transcript.of(farewell)).containsExactly("Alert 1223", "Final");
        assertThat(farewell.header().msgId()).isEqualTo("2");
        assertThat(device.facts).endsWith(new Ended(Reason.ABORTED_BY_CLIENT, "battery low"));
        assertThat(late.send()).isNull();
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
    }

    @Test
    @Tag("DM-PRO-Abort-C-003")
    void an_abort_in_the_place_of_an_answer_tells_what_was_done() {
        TestDevice device = TestDevice.dm13().started();
        device.reply(Say.ok(1), Say.delete("1", "./A/B"), Say.get("2", "./A/C"));

        Message farewell = device.sent(device.abort(false, "shutdown"));

        assertThat(Transcript.of(farewell)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Delete 200 ./A/B",
                "Status 1/2 Get 200 ./A/C", "Results 1/2 ./A/C=c", "Alert 1223", "Final");
        assertThat(farewell.header().msgId()).isEqualTo("2");
    }

    @Test
    void an_abort_after_a_part_of_the_answers_tells_the_rest() {
        TestDevice device = TestDevice.dm13()
                .withTree(TestDevice.withLeaf(TestDevice.sampleTree(), "./A/L", Value.text("x".repeat(400)))).started();
        Message m = device.message(true, Say.ok(1), Say.get("1", "./A/L"), Say.get("2", "./A/L"));
        device.take(new Message(MultipleMessagesTest.withLimit(m.header(), 1300), m.body(), true));

        Message farewell = device.sent(device.abort(true, "shutdown"));

        assertThat(Transcript.of(farewell)).containsSubsequence("Results 1/2 ./A/L=400 characters", "Alert 1223",
                "Final");
    }

    @Test
    void an_ended_session_cannot_be_aborted_again() {
        TestDevice device = TestDevice.dm13().started();
        device.replyLast(Say.ok(1));

        assertThat(device.abort(true, "too late").send()).isNull();
    }

    @Test
    void an_unannounced_end_leaves_a_device_that_can_begin_anew() {
        TestDevice device = TestDevice.dm13();
        device.alerts = List.of(ClientAlert.event("e", "com.example.event", Value.text("x")));
        device.start();
        device.reply(Say.ok(1), Say.delete("1", "./A/B"));

        TestDevice restarted = TestDevice.dm13().withTree(device.tree());
        restarted.alerts = device.alerts;
        Message first = restarted.start(Trigger.client(2));

        assertThat(Transcript.of(first)).startsWith("Alert 1201", "Alert 1224 (chr com.example.event)=x");
        assertThat(first.header().sessionId()).isEqualTo("2");
    }
}
