package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packages of several messages ([DMPRO 1.3 §6]). */
class MultipleMessagesTest {

    /**
     * [DMPRO 1.3 §6.1], the chart, from the device's side: its package 3 takes two messages, then the server's
     * package 4 takes two, for a large object.
     */
    @Test
    @Tag("DM-PRO-C-003")
    @Tag("DM-PRO-Mul-C-001")
    @Tag("DM-PRO-Mul-C-002")
    void the_chart_of_section_6_1() {
        TestDevice device = device();

        Message pkg3of1 = limited(device, 1080, true, Say.ok(1), Say.get("1", "./A/L1"), Say.get("2", "./A/L2"));
        assertThat(Transcript.of(pkg3of1)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Get 200 ./A/L1",
                "Results 1/1 ./A/L1=200 characters");

        Message pkg3of2 = device.replyMore(Say.ok(2), Say.next("1"));
        assertThat(Transcript.of(pkg3of2)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Alert 200",
                "Status 1/2 Get 200 ./A/L2", "Results 1/2 ./A/L2=200 characters", "Final");

        Message pkg3again = device.replyMore(Say.ok(3), LargeObjectTest.chunk("1", "./A/B", 6L, "abc", true));
        assertThat(Transcript.of(pkg3again)).containsExactly("Status 3/0 SyncHdr 200", "Status 3/1 Add 213 ./A/B",
                "Alert 1222");

        Message pkg3end = device.reply(Say.ok(4), Say.status(4, "3", "Alert", 200),
                LargeObjectTest.chunk("1", "./A/B", null, "def", false));
        assertThat(Transcript.of(pkg3end)).containsExactly("Status 4/0 SyncHdr 200", "Status 4/1 Add 418 ./A/B",
                "Final");
        assertThat(device.replyLast(Say.ok(5)).send()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void no_message_is_longer_than_the_server_takes(Encoding encoding) {
        TestDevice device = device().withEncoding(encoding);
        device.start();
        List<Command> gets = new ArrayList<>();
        gets.add(Say.ok(1));
        for (int i = 1; i <= 20; i++) {
            gets.add(Say.get(Integer.toString(i), "./A/L1"));
        }
        Message reply = limited(device, 1000, true, gets.toArray(Command[]::new));
        List<String> lines = new ArrayList<>(Transcript.of(reply));
        int messages = 1;
        while (!reply.isFinal()) {
            assertThat(lastBody(device).length()).isLessThanOrEqualTo(1000);
            reply = device.replyMore(Say.ok(messages + 1), Say.next("1"));
            lines.addAll(Transcript.of(reply));
            messages++;
        }

        assertThat(messages).isGreaterThan(5);
        assertThat(lines.stream().filter(line -> line.startsWith("Status 1/") && line.contains("Get 200"))).hasSize(20);
        assertThat(lines.stream().filter(line -> line.startsWith("Results"))).hasSize(20);
    }

    @Test
    void results_of_many_items_are_spread_over_messages_item_by_item() {
        TestDevice device = device();

        Message first = limited(device, 1200, true, Say.ok(1), Say.get("1", "./A/L1", "./A/L2", "./A/B", "./A/C"));
        Message second = device.replyMore(Say.ok(2), Say.next("1"));

        assertThat(Transcript.of(first)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Get 200",
                "Results 1/1 ./A/L1=200 characters");
        assertThat(Transcript.of(second)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Alert 200",
                "Results 1/1 ./A/L2=200 characters ./A/B=b ./A/C=c", "Final");
    }

    @Test
    void the_answer_to_one_get_takes_as_many_messages_as_it_needs() {
        Tree tree = TestDevice.sampleTree();
        for (int i = 0; i < 200; i++) {
            tree = TestDevice.withLeaf(tree, "./A/Leaf" + i, Value.text("v" + i));
        }
        TestDevice device = TestDevice.dm13().withTree(tree);
        device.start();
        Message reply = limited(device, 1200, true, Say.ok(1), Say.get("1", "./A?list=StructData"));
        StringBuilder lines = new StringBuilder(String.join("\n", Transcript.of(reply)));
        int messages = 1;
        while (!reply.isFinal()) {
            reply = device.replyMore(Say.ok(messages + 1), Say.next("1"));
            lines.append('\n').append(String.join("\n", Transcript.of(reply)));
            messages++;
        }

        assertThat(messages).isGreaterThan(12);
        assertThat(lines).contains("./A/Leaf0=v0", "./A/Leaf199=v199").doesNotContain("Alert 1223");
    }

    @Test
    void package_1_is_spread_over_messages_too() {
        Tree tree = TestDevice.sampleTree();
        for (int i = 0; i < 30; i++) {
            tree = TestDevice.withLeaf(tree, "./DevInfo/Ext" + i, Value.text("x".repeat(50)));
        }
        TestDevice device = TestDevice.dm13().withTree(tree);
        device.start();
        SyncHdr h = device.header(1);

        // The server's limit comes with a challenge, so package 1 is sent again, in pieces now.
        Command challenge = new Command.Status("1", "1", "0", "SyncHdr", List.of(), List.of(), null,
                Meta.of("b64", "syncml:auth-basic"), new StatusCode(407), null, List.of());
        device.with(device.account.withClient(ClientAuthenticationTest.SECRET, Scheme.BASIC, false));
        Message first = device.sent(device.take(new Message(withLimit(h, 1500), List.of(challenge), true)));
        Message second = device.reply(Say.ok(2), Say.next("1"));

        assertThat(first.isFinal()).isFalse();
        assertThat(Transcript.of(first).get(1)).isEqualTo("Alert 1201");
        assertThat(Transcript.of(second)).anyMatch(line -> line.startsWith("Replace ./DevInfo/"));
    }

    @Test
    @Tag("DM-PRO-Mul-C-002")
    void the_device_asks_for_more_until_the_server_closes_its_package() {
        TestDevice device = TestDevice.dm13().started();

        Message open = device.replyMore(Say.ok(1), Say.get("1", "./A/B"));
        Message closed = device.reply(Say.ok(2), Say.status(2, "4", "Alert", 200), Say.get("1", "./A/C"));

        assertThat(Transcript.of(open)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Get 200 ./A/B",
                "Results 1/1 ./A/B=b", "Alert 1222");
        assertThat(Transcript.of(closed)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Get 200 ./A/C",
                "Results 2/1 ./A/C=c", "Final");
    }

    /** [DMPRO 1.3 §6.2]: no Final of the device before that of the server's package, however many messages it has. */
    @Test
    @Tag("DM-PRO-Mul-C-002")
    void the_device_closes_its_package_after_the_server_only() {
        TestDevice device = TestDevice.dm13().started();
        device.replyMore(Say.ok(1), Say.get("1", "./A/B"));

        Message second = device.replyMore(Say.ok(2), Say.status(2, "4", "Alert", 200), Say.get("1", "./A/C"));
        Message third = device.reply(Say.ok(3), Say.status(3, "4", "Alert", 200), Say.get("1", "./A/C"));

        assertThat(Transcript.of(second)).endsWith("Results 2/1 ./A/C=c", "Alert 1222");
        assertThat(Transcript.of(third)).endsWith("Results 3/1 ./A/C=c", "Final");
    }

    @Test
    void a_server_that_keeps_asking_for_more_is_left() {
        TestDevice device = TestDevice.dm13().started();
        device.reply(Say.ok(1), Say.get("1", "./A/B"));

        ClientTurn turn = device.lastTurn();
        for (int i = 2; i < 20 && !turn.next().isEnded(); i++) {
            turn = device.take(device.message(false, Say.ok(i), Say.next("1")));
        }

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(Transcript.of(device.sent(turn))).contains("Alert 1223", "Final");
        assertThat(device.facts.getLast()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.ABORTED_BY_CLIENT));
    }

    @Test
    void an_answer_that_no_message_can_hold_ends_the_session() {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn turn = device.take(new Message(withLimit(device.header(1), 300),
                List.of(Say.ok(1), Say.get("1", "./A/" + "x".repeat(500))), true));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(Transcript.of(device.sent(turn))).contains("Alert 1223", "Final");
    }

    private static TestDevice device() {
        Tree tree = TestDevice.withLeaf(TestDevice.sampleTree(), "./A/L1", Value.text("x".repeat(200)));
        TestDevice device = new TestDevice(Profile.DM_1_3)
                .withTree(TestDevice.withLeaf(tree, "./A/L2", Value.text("y".repeat(200))));
        device.start();
        return device;
    }

    private static Message limited(TestDevice device, int maxMsgSize, boolean isFinal, Command... body) {
        Message message = device.message(isFinal, body);
        return device.sent(device.take(new Message(withLimit(message.header(), maxMsgSize), message.body(), isFinal)));
    }

    static SyncHdr withLimit(SyncHdr h, long maxMsgSize) {
        return new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(), null, false,
                null, new Meta(null, null, null, null, null, maxMsgSize, null, List.of()));
    }

    private static Bytes lastBody(TestDevice device) {
        if (device.lastTurn().send() == null) {
            throw new AssertionError("nothing was sent");
        }
        return device.lastTurn().send().body();
    }
}
