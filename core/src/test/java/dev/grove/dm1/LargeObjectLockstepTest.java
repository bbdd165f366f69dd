package dev.grove.dm1;

import dev.grove.engine.Fact;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.chunk;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.results;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.Say.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.WithItems;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** [DMPRO 1.3 §7]: large objects in both directions. */
class LargeObjectLockstepTest {

    private static final Operation GET = new Operation.Get(Address.parse("./A"));
    private static final Operation GET_B = new Operation.Get(Address.parse("./B"));

    /**
     * The second half of the chart of [DMPRO 1.3 §6.1].
     *
     * <pre>
     * device                                                server
     *   | package 1, Final  ->                                 |
     *   |   <- Statuses, Add with a chunk, Size, MoreData      |
     *   | Status 213, Alert 1222  ->                           |
     *   |   <- Statuses, Add with the next chunk               |   … no Final
     *   | Status 213, Alert 1222  ->                           |
     *   |   <- Statuses, Add with the last chunk, Final        |
     *   | Status 200, Final  ->                                |
     *   |   <- the next command, Final                         |
     * </pre>
     */
    @ParameterizedTest
    @EnumSource
    @Tag("DM-PRO-S-004")
    @Tag("DM-PRO-LO-S-003")
    @Tag("DM-PRO-LO-S-004")
    @Tag("DM-PRO-LO-S-008")
    void sends_an_object_in_chunks_one_a_message_and_nothing_between_them(Encoding encoding) {
        byte[] bytes = new byte[6000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(1500)
                .with(new Operation.Add(Address.parse("./Big"), Value.binary(Bytes.copyOf(bytes))), GET);
        device.encoding = encoding;
        device.sends(alert(1, 1201), devInfo(2));
        long size = encoding == Encoding.XML ? 8000 : 6000;
        Bytes received = Bytes.EMPTY;
        for (int chunks = 1;; chunks++) {
            Command last = device.answer().body().getLast();
            Item item = ((WithItems) last).items().getFirst();
            assertThat(last.name()).isEqualTo("Add");
            assertThat(item.target()).isEqualTo(new Location("./Big"));
            assertThat(item.meta().format()).isEqualTo(encoding == Encoding.XML ? "b64" : "bin");
            assertThat(item.meta().size()).isEqualTo(chunks == 1 ? (Long) size : null);
            assertThat(item.moreData()).isNotEqualTo(device.answer().isFinal());
            assertThat(device.answer().body()).filteredOn(WithItems.class::isInstance).hasSize(1);
            received = received.plus(item.data() == null ? Bytes.EMPTY : item.data().bytes());
            int cmdRef = Integer.parseInt(last.cmdId());
            if (!item.moreData()) {
                assertThat(chunks).isGreaterThan(3);
                device.sends(header(device.msgId, 200), status(2, device.msgId + "/" + cmdRef, "Add", 200));
                break;
            }
            device.sendsMore(header(device.msgId, 200), status(2, device.msgId + "/" + cmdRef, "Add", 213),
                    alert(3, 1222));
            assertThat(device.outcomes).isEmpty();
        }
        Bytes whole = encoding == Encoding.XML ? Bytes.base64(received.utf8()) : received;
        assertThat(whole).isEqualTo(Bytes.copyOf(bytes));
        assertThat(device.outcomes).containsEntry("0", Outcome.of(StatusCode.OK));
        assertThat(device.hears()).containsExactly("Status " + device.msgId + "/0 SyncHdr 200", "2 Get ./A", "Final");
        assertThat(device.allFacts).filteredOn(Fact.Sent.class::isInstance).hasSize(2);
    }

    @Test
    @Tag("DM-PRO-LO-S-005")
    void an_object_that_fits_in_a_message_of_its_own_is_not_cut_but_waits_for_it() {
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(1600)
                .with(GET, new Operation.Replace(Address.parse("./B"), Value.text("x".repeat(700))));
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).contains("4 Get ./A", "Final").noneMatch(line -> line.contains("Replace ./B"));
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).contains("2 Replace ./B '" + "x".repeat(700) + "'", "Final");
    }

    @Test
    @Tag("DM-PRO-LO-S-007")
    void an_object_beyond_the_devices_max_obj_size_is_never_sent() {
        ScriptedDevice device = ScriptedDevice.trusted()
                .with(new Operation.Replace(Address.parse("./B"), Value.text("x".repeat(701))), GET);
        device.headerMeta = new Meta(null, null, null, null, null, null, 700L, List.of());
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.facts(Fact.Unsendable.class)).containsExactly(new Fact.Unsendable("job", 0,
                StatusCode.REQUEST_ENTITY_TOO_LARGE,
                "Replace of 701 bytes: the device's MaxObjSize is 700 (DMPRO 7)"));
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }

    @Test
    void a_size_mismatch_is_followed_by_one_more_attempt() {
        ScriptedDevice device = bigReplace();
        while (!device.answer().isFinal()) {
            acceptChunk(device);
        }
        device.sends(header(device.msgId, 200), status(2, device.msgId + "/" + lastCmdId(device), "Replace", 424));
        assertThat(device.outcomes).isEmpty();
        Item first = ((Replace) device.answer().body().getLast()).items().getFirst();
        assertThat(first.meta().size()).as("from the beginning").isEqualTo(4000);
        while (!device.answer().isFinal()) {
            acceptChunk(device);
        }
        device.sends(header(device.msgId, 200), status(2, device.msgId + "/" + lastCmdId(device), "Replace", 424));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.SIZE_MISMATCH);
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    @Test
    void alert_1225_is_followed_by_one_more_attempt() {
        ScriptedDevice device = bigReplace();
        acceptChunk(device);
        device.sendsMore(header(device.msgId, 200), alert(2, 1225, Item.at("./Big", Meta.NONE, null)));
        Item again = ((Replace) device.answer().body().getLast()).items().getFirst();
        assertThat(again.meta().size()).isEqualTo(4000);
        device.sends(header(device.msgId, 200), alert(2, 1225, Item.at("./Big", Meta.NONE, null)));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.SIZE_MISMATCH);
        assertThat(device.outcome("0").detail()).contains("1225");
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    @Test
    void a_refused_chunk_ends_the_object() {
        ScriptedDevice device = bigReplace();
        device.sends(header(1, 200), status(2, "1/" + lastCmdId(device), "Replace", 420));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.DEVICE_FULL);
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Final");
    }

    @Test
    void an_object_whose_job_was_taken_back_is_not_sent_on() {
        ScriptedDevice device = bigReplace();
        device.work.clear();
        device.sendsMore(header(1, 200), status(2, "1/" + lastCmdId(device), "Replace", 213), alert(3, 1222));
        assertThat(device.hears()).last().isEqualTo("Final");
        assertThat(device.unanswered).containsExactly("0");
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    /**
     * <pre>
     * device                                                server
     *   | Status 200, Results chunk, Size, MoreData  ->        |
     *   |   <- Status 213 on Results, Alert 1222               |
     *   | Status on Alert, Results, last chunk, Final  ->      |
     *   |   <- Status, Final                                   |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-LO-S-001")
    void takes_a_result_in_chunks_and_asks_for_more() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, chunk("./A", "Hello ", 11)));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/3 Results 213",
                "3 Alert 1222");
        device.sends(header(2, 200), status(2, "2/3", "Alert", 200), results(3, 1, 4, value("./A", "World")));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Final");
        assertThat(device.outcome("0").results().getFirst().value().text()).isEqualTo("Hello World");
    }

    @Test
    @Tag("DM-PRO-LO-S-002")
    @Tag("DM-PRO-LO-S-009")
    void a_result_whose_size_lies_gets_424_and_is_not_believed() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, chunk("./A", "Hello ", 999)));
        device.sends(header(2, 200), results(3, 1, 4, value("./A", "World")));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Status 3/3 Results 424", "Final");
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.SIZE_MISMATCH);
        assertThat(device.outcome("0").results()).isEmpty();
    }

    @Test
    void a_result_sent_again_after_424_counts() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, chunk("./A", "Hello ", 999)));
        device.sendsMore(header(2, 200), results(3, 1, 4, value("./A", "World")));
        device.sendsMore(header(3, 200), results(3, 1, 4, chunk("./A", "Hello ", 11)));
        device.sends(header(4, 200), results(3, 1, 4, value("./A", "World")));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.OK);
        assertThat(device.outcome("0").results().getFirst().value().text()).isEqualTo("Hello World");
    }

    @Test
    void something_new_before_the_last_chunk_gets_alert_1225_with_the_address() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, GET_B);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), status(3, "1/5", "Get", 200),
                results(4, 1, 4, chunk("./A", "Hello ", 11)));
        device.sends(header(2, 200), results(3, 1, 5, value("./B", "b")));
        assertThat(device.answer().body()).filteredOn(Alert.class::isInstance).singleElement()
                .satisfies(alert -> assertThat(Say.line(alert)).endsWith("Alert 1225 from ./A"));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.SIZE_MISMATCH);
        assertThat(device.outcome("1").results()).hasSize(1);
    }

    @Test
    void an_object_that_is_not_complete_when_the_package_ends_is_lost() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, chunk("./A", "Hello ", 11)));
        assertThat(device.hears()).contains("3 Alert 1225 from ./A");
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.SIZE_MISMATCH);
    }

    @Test
    void what_is_larger_than_the_buffer_is_refused_with_413_from_the_first_chunk_on() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.settings = new ServerSettings(64 << 10, 100, 3, Duration.ofMinutes(1), "x", false);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.answer().header().meta().maxObjSize()).as("as announced").isEqualTo(100);
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, chunk("./A", "x", 101)));
        assertThat(device.hears()).contains("Status 2/3 Results 413");
        device.sends(header(2, 200), results(3, 1, 4, value("./A", "y")));
        assertThat(device.hears()).contains("Status 3/3 Results 413");
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void many_results_together_are_not_buffered_beyond_the_limit_either() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.settings = new ServerSettings(64 << 10, 100, 3, Duration.ofMinutes(1), "x", false);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), results(3, 1, 4, value("./A/1", "x".repeat(60))));
        device.sends(header(2, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./A/2", "x".repeat(60))));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void the_data_of_an_alert_may_come_in_chunks_too() {
        Meta meta = new Meta("chr", "org.example.alert", null, 11L, null, null, null, List.of());
        Item first = new Item(null, new Location("./MO"), null, null, meta, Data.of("Hello "), true);
        Item last = new Item(null, new Location("./MO"), null, null, meta, Data.of("World"), false);
        ScriptedDevice device = ScriptedDevice.trusted();
        device.sendsMore(alert(1, 1201), devInfo(2), alert(3, 1226, first));
        assertThat(device.hears()).contains("Status 1/3 Alert 213", "5 Alert 1222");
        device.sends(header(1, 200), alert(3, 1226, last));
        assertThat(device.facts(Fact.AlertRaised.class)).singleElement()
                .satisfies(fact -> assertThat(fact.data().text()).isEqualTo("Hello World"));
    }

    private static ScriptedDevice bigReplace() {
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(1500)
                .with(new Operation.Replace(Address.parse("./Big"), Value.text("x".repeat(4000))));
        device.sends(alert(1, 1201), devInfo(2));
        return device;
    }

    private static void acceptChunk(ScriptedDevice device) {
        device.sendsMore(header(device.msgId, 200), status(2, device.msgId + "/" + lastCmdId(device), "Replace", 213),
                alert(3, 1222));
    }

    private static int lastCmdId(ScriptedDevice device) {
        return Integer.parseInt(device.answer().body().getLast().cmdId());
    }
}
