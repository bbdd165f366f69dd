package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.command.UserInterface;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Interaction;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large objects in both directions ([DMPRO 1.3 §7]). */
class LargeObjectTest {

    // ---- from the server

    @Test
    @Tag("DM-PRO-C-004")
    @Tag("DM-PRO-LO-C-001")
    @Tag("DM-PRO-LO-C-002")
    @Tag("DM-PRO-LO-C-003")
    void chunks_are_buffered_and_the_object_is_added_as_a_whole() {
        TestDevice device = TestDevice.dm13().started();

        Message first = device.replyMore(Say.ok(1), chunk("1", "./A/N", 9L, "abc", true));
        assertThat(Transcript.of(first)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Add 213 ./A/N",
                "Alert 1222");
        assertThat(device.tree().has(NodeUri.parse("./A/N"))).isFalse();

        Message second = device.replyMore(Say.ok(2), Say.status(2, "3", "Alert", 200),
                chunk("1", "./A/N", null, "def", true));
        assertThat(Transcript.of(second)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Add 213 ./A/N",
                "Alert 1222");

        Message last = device.reply(Say.ok(3), chunk("1", "./A/N", null, "ghi", false));
        assertThat(Transcript.of(last)).containsExactly("Status 3/0 SyncHdr 200", "Status 3/1 Add 200 ./A/N",
                "Final");
        assertThat(device.tree().at(NodeUri.parse("./A/N")).orElseThrow().value()).isEqualTo(Value.text("abcdefghi"));
    }

    @Test
    @Tag("DM-PRO-LO-C-003")
    @Tag("DM-PRO-LO-C-010")
    void an_object_of_another_size_than_announced_is_424_and_not_committed() {
        TestDevice device = TestDevice.dm13().started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 7L, "abc", true));
        Message last = device.reply(Say.ok(2), chunk("1", "./A/N", null, "def", false));

        assertThat(Transcript.of(last)).contains("Status 2/1 Add 424 ./A/N");
        assertThat(device.tree().has(NodeUri.parse("./A/N"))).isFalse();
    }

    @Test
    void another_command_before_the_last_chunk_loses_the_object_and_is_carried_out() {
        TestDevice device = TestDevice.dm13().started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 9L, "abc", true));
        Message answer = device.reply(Say.ok(2), Say.get("1", "./A/B"));

        assertThat(Transcript.of(answer)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Get 200 ./A/B",
                "Results 2/1 ./A/B=b", "Alert 1225 ./A/N", "Final");
        assertThat(device.tree().has(NodeUri.parse("./A/N"))).isFalse();
    }

    @Test
    void another_object_before_the_last_chunk_loses_the_first() {
        TestDevice device = TestDevice.dm13().started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 9L, "abc", true));
        Message answer = device.replyMore(Say.ok(2), chunk("1", "./A/M", 6L, "xyz", true));
        Message last = device.reply(Say.ok(3), chunk("1", "./A/M", null, "xyz", false));

        assertThat(Transcript.of(answer)).contains("Status 2/1 Add 213 ./A/M", "Alert 1225 ./A/N", "Alert 1222");
        assertThat(Transcript.of(last)).contains("Status 3/1 Add 200 ./A/M");
    }

    @Test
    void a_package_that_ends_without_the_last_chunk_loses_the_object() {
        TestDevice device = TestDevice.dm13().started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 9L, "abc", true));
        Message answer = device.reply(Say.ok(2));

        assertThat(Transcript.of(answer)).containsExactly("Status 2/0 SyncHdr 200", "Alert 1225 ./A/N", "Final");
    }

    @Test
    void a_command_in_the_same_message_behind_a_chunk_loses_the_object() {
        TestDevice device = TestDevice.dm13().started();

        Message answer = device.replyMore(Say.ok(1), chunk("1", "./A/N", 9L, "abc", true), Say.get("2", "./A/B"));

        assertThat(Transcript.of(answer)).containsSubsequence("Status 1/1 Add 213 ./A/N", "Alert 1225 ./A/N",
                "Alert 1222");
    }

    @Test
    void an_object_larger_than_the_device_takes_is_refused_and_its_chunks_dropped() {
        TestDevice device = TestDevice.dm13().withLimits(5000, 10).started();

        Message announced = device.replyMore(Say.ok(1), chunk("1", "./A/N", 11L, "abc", true));
        Message rest = device.reply(Say.ok(2), chunk("1", "./A/N", null, "defghijk", false));

        assertThat(Transcript.of(announced)).contains("Status 1/1 Add 413 ./A/N");
        assertThat(Transcript.of(rest)).contains("Status 2/1 Add 413 ./A/N");
        assertThat(device.tree().has(NodeUri.parse("./A/N"))).isFalse();
    }

    @Test
    void an_object_that_grows_beyond_what_the_device_takes_is_refused() {
        TestDevice device = TestDevice.dm13().withLimits(5000, 5).started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 5L, "abc", true));
        Message answer = device.reply(Say.ok(2), chunk("1", "./A/N", null, "def", false));

        assertThat(Transcript.of(answer)).contains("Status 2/1 Add 413 ./A/N");
    }

    @Test
    void items_before_the_chunk_are_carried_out_at_once() {
        TestDevice device = TestDevice.dm13().started();
        Item whole = Item.at("./A/M", Meta.NONE, Data.of("m"));
        Item part = chunk("1", "./A/N", 6L, "abc", true).items().getFirst();

        Message answer = device.replyMore(Say.ok(1), new Add("1", Meta.NONE, List.of(whole, part)));

        assertThat(Transcript.of(answer)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Add 200 ./A/M",
                "Status 1/1 Add 213 ./A/N", "Alert 1222");
    }

    @Test
    void a_container_must_fit_in_one_message() {
        TestDevice device = TestDevice.dm13().started();

        Message answer = device.reply(Say.ok(1),
                new Atomic("1", Meta.NONE, List.of(chunk("2", "./A/N", 6L, "abc", true))));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Atomic 507", "Status 1/2 Add 400 ./A/N");
    }

    @Test
    void the_user_sees_the_progress_if_the_size_is_known() {
        List<String> seen = new ArrayList<>();
        TestDevice device = TestDevice.dm13().with(new UserInterface() {
            @Override
            public Answer ask(Interaction interaction) {
                return new Answer.Unsupported();
            }

            @Override
            public void progress(NodeUri target, long receivedBytes, long totalBytes) {
                seen.add(target + " " + receivedBytes + "/" + totalBytes);
            }
        }).started();

        device.replyMore(Say.ok(1), chunk("1", "./A/N", 6L, "abcd", true));
        device.reply(Say.ok(2), chunk("1", "./A/N", null, "ef", false));

        assertThat(seen).containsExactly("./A/N 4/6", "./A/N 6/6");
    }

    // ---- to the server

    @ParameterizedTest
    @Tag("DM-PRO-LO-C-001")
    @Tag("DM-PRO-LO-C-004")
    @Tag("DM-PRO-LO-C-009")
    @EnumSource(Encoding.class)
    void a_result_longer_than_a_message_goes_in_chunks(Encoding encoding) {
        byte[] random = new byte[5000];
        new Random(7).nextBytes(random);
        Value big = Value.binary(Bytes.wrap(random));
        TestDevice device = deviceWith(big).withEncoding(encoding).started();

        List<Item> chunks = new ArrayList<>();
        Message sent = device.sent(device.take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"))));
        for (int i = 2; !sent.isFinal(); i++) {
            Results results = results(sent);
            chunks.addAll(results.items());
            assertThat(device.lastTurn().send()).isNotNull();
            assertThat(sent.body().getLast()).isEqualTo(results);
            sent = device.replyMore(Say.ok(i), Say.status(i, results.cmdId(), "Results", 213), Say.next("1"));
        }
        chunks.addAll(results(sent).items());

        assertThat(chunks.size()).isGreaterThan(5);
        assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(Item::moreData);
        assertThat(chunks.getLast().moreData()).isFalse();
        assertThat(chunks.getFirst().meta().size()).isEqualTo(encoding == Encoding.XML ? 6668L : 5000L);
        assertThat(chunks.subList(1, chunks.size())).allMatch(chunk -> chunk.meta().size() == null);
        assertThat(chunks).allMatch(chunk -> new Location("./A/Big").equals(chunk.source()));
        assertThat(joined(chunks, encoding)).isEqualTo(big.data());
    }

    @Test
    @Tag("DM-PRO-LO-C-005")
    void nothing_else_stands_between_chunks_and_what_waited_follows_the_last() {
        TestDevice device = deviceWith(Value.text("x".repeat(1500))).started();

        Message first = device
                .sent(device
                        .take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"), Say.get("2", "./A/B"))));
        Message second = chunked(device, 2);
        List<String> all = new ArrayList<>(Transcript.of(second));
        for (int i = 3; !all.getLast().equals("Final"); i++) {
            all.addAll(Transcript.of(chunked(device, i)));
        }

        assertThat(Transcript.of(first).getLast()).endsWith("+");
        assertThat(Transcript.of(second)).startsWith("Status 2/0 SyncHdr 200", "Status 2/1 Alert 200");
        assertThat(all).containsSubsequence("Status 1/2 Get 200 ./A/B", "Results 1/2 ./A/B=b", "Final");
    }

    private static Message chunked(TestDevice device, int msgRef) {
        return device.replyMore(Say.ok(msgRef), Say.next("1"));
    }

    @Test
    @Tag("DM-PRO-LO-C-006")
    void a_result_that_fits_in_one_message_is_not_cut() {
        TestDevice device = deviceWith(Value.text("x".repeat(300))).started();

        Message first = device.sent(device.take(
                limited(device, 1200, true, Say.ok(1), Say.get("1", "./A/Big"), Say.get("2", "./A/Big"))));
        Message second = device.replyMore(Say.ok(2), Say.next("1"));

        assertThat(Transcript.of(first)).contains("Results 1/1 ./A/Big=300 characters");
        assertThat(Transcript.of(second)).contains("Results 1/2 ./A/Big=300 characters");
    }

    @Test
    @Tag("DM-PRO-LO-C-008")
    void a_result_larger_than_the_server_takes_is_413() {
        TestDevice device = deviceWith(Value.text("x".repeat(300))).started();
        SyncHdr h = device.header(1);
        SyncHdr limited = new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                null, false, null, new Meta(null, null, null, null, null, null, 299L, List.of()));

        Message answer = device.sent(device
                .take(new Message(limited, List.of(Say.ok(1), Say.get("1", "./A/Big"), Say.get("2", "./A/B")), true)));

        assertThat(Transcript.of(answer)).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Get 413 ./A/Big",
                "Status 1/2 Get 200 ./A/B", "Results 1/2 ./A/B=b", "Final");
    }

    @Test
    void an_object_that_the_server_has_lost_is_sent_anew_once() {
        TestDevice device = deviceWith(Value.text("x".repeat(1500))).started();
        Message first = device.sent(device.take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"))));

        Message again = device.replyMore(Say.ok(2), Say.alert("1", 1225), Say.next("2"));
        Message last = device.replyMore(Say.ok(3), Say.alert("1", 1225), Say.next("2"));

        assertThat(results(again).items().getFirst().meta().size()).isEqualTo(1500);
        assertThat(results(first).items().getFirst().meta().size()).isEqualTo(1500);
        assertThat(Transcript.of(last)).containsExactly("Status 3/0 SyncHdr 200", "Status 3/1 Alert 200",
                "Status 3/2 Alert 200", "Final");
    }

    @Test
    void a_size_mismatch_sends_the_object_anew() {
        TestDevice device = deviceWith(Value.text("x".repeat(1200))).started();
        Message sent = device.sent(device.take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"))));
        int i = 2;
        while (!sent.isFinal()) {
            sent = device.replyMore(Say.ok(i), Say.next("1"));
            i++;
        }

        Message again = device.reply(Say.ok(i), Say.status(i, results(sent).cmdId(), "Results", 424));

        assertThat(results(again).items().getFirst().meta().size()).isEqualTo(1200);
    }

    @Test
    void an_object_that_the_server_does_not_want_is_given_up() {
        TestDevice device = deviceWith(Value.text("x".repeat(1500))).started();
        Message first = device.sent(device.take(
                limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"), Say.get("2", "./A/B"))));

        Message next = device.replyMore(Say.ok(2), Say.status(2, results(first).cmdId(), "Results", 413),
                Say.next("1"));

        assertThat(Transcript.of(next)).containsExactly("Status 2/0 SyncHdr 200", "Status 2/1 Alert 200",
                "Status 1/2 Get 200 ./A/B", "Results 1/2 ./A/B=b", "Final");
    }

    @Test
    void a_large_generic_alert_goes_in_chunks() {
        TestDevice device = TestDevice.dm13().started();
        device.alerts = List.of(ClientAlert.generic("a", null,
                new ClientAlert.Told("./A", "org.example.log", null, Value.text("y".repeat(1500)))));

        Message first = device.sent(device.take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/B"))));
        List<String> lines = new ArrayList<>(Transcript.of(first));
        int chunks = 1;
        for (int i = 2; !lines.getLast().equals("Final"); i++) {
            lines.addAll(Transcript.of(chunked(device, i)));
            chunks++;
        }

        assertThat(chunks).isGreaterThan(2);
        assertThat(lines.stream().filter(line -> line.startsWith("Alert 1226"))).hasSizeGreaterThan(1);
    }

    private static TestDevice deviceWith(Value big) {
        return new TestDevice(Profile.DM_1_3)
                .withTree(TestDevice.withLeaf(TestDevice.sampleTree(), "./A/Big", big));
    }

    private static Message limited(TestDevice device, long maxMsgSize, boolean isFinal,
            Command... body) {
        Message message = device.message(isFinal, body);
        return new Message(MultipleMessagesTest.withLimit(message.header(), maxMsgSize), message.body(), isFinal);
    }

    static Results results(Message message) {
        return message.body().stream().filter(Results.class::isInstance).map(Results.class::cast).findFirst()
                .orElseThrow(() -> new AssertionError(Transcript.of(message)));
    }

    private static Bytes joined(List<Item> chunks, Encoding encoding) {
        Bytes all = Bytes.EMPTY;
        for (Item chunk : chunks) {
            if (chunk.data() == null) {
                throw new AssertionError("a chunk without data");
            }
            all = all.plus(chunk.data().bytes());
        }
        return encoding == Encoding.XML ? Bytes.base64(all.utf8()) : all;
    }

    /** A chunk of an Add. */
    static Add chunk(String id, String uri, @Nullable Long size, String text, boolean moreData) {
        return new Add(id, Meta.NONE, List.of(new Item(new Location(uri), null, null, null,
                Meta.NONE.withSize(size), Data.of(text), moreData)));
    }

    @Test
    void the_Status_for_a_chunk_of_results_is_not_answered() {
        TestDevice device = deviceWith(Value.text("x".repeat(1500))).started();
        Message first = device.sent(device.take(limited(device, 1000, true, Say.ok(1), Say.get("1", "./A/Big"))));

        Message next = device.replyMore(Say.ok(2), Say.status(2, results(first).cmdId(), "Results", 213),
                Say.next("1"));

        assertThat(next.body().stream().filter(Status.class::isInstance).map(command -> ((Status) command).cmd()))
                .containsExactly("SyncHdr", "Alert");
    }
}
