package dev.grove.dm1;

import dev.grove.engine.Fact;
import dev.grove.engine.Task;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.results;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.Say.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Encoding;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** [DMPRO 1.3 §6]: packages of several messages, and the sizes that make them so. */
class PackagesLockstepTest {

    private static final Operation GET = new Operation.Get(Address.parse("./A"));
    private static final Operation GET_B = new Operation.Get(Address.parse("./B"));

    /**
     * The first half of the chart of [DMPRO 1.3 §6.1].
     *
     * <pre>
     * device                                            server
     *   | #1: Alert 1201, Replace(DevInfo), Final  ->      |
     *   |   <- #2: Statuses, commands, Final               |
     *   | #3 (1/2): Statuses, Results  ->                  |
     *   |   <- #4 (1/3): Status, Alert 1222                |
     *   | #3 (2/2): Statuses, Results, Final  ->           |
     *   |   <- #4: Status, Final                           |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-S-003")
    @Tag("DM-PRO-Mul-S-002")
    void a_device_that_has_more_to_say_is_asked_for_its_next_message() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, GET_B);
        device.sends(alert(1, 1201), devInfo(2));
        device.work.add(new Task("job", 2, GET));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./A", "a")));
        assertThat(device.hears()).as("the Next Message response").containsExactly("Status 2/0 SyncHdr 200",
                "2 Alert 1222");
        assertThat(device.outcomes).as("Results may follow until the package ends").isEmpty();
        device.sends(header(2, 200), status(2, "2/2", "Alert", 200), status(3, "1/5", "Get", 200),
                results(4, 1, 5, value("./B", "b")));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "2 Get ./A", "Final");
        assertThat(device.outcome("0").results()).extracting(Outcome.Result::uri).containsExactly("./A");
        assertThat(device.outcome("1").results()).extracting(Outcome.Result::uri).containsExactly("./B");
    }

    @Test
    void the_results_of_one_get_may_come_in_several_messages_and_before_the_status() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), results(2, 1, 4, value("./A/1", "1"), value("./A/2", "2")));
        device.sendsMore(header(2, 200), alert(2, 1222), results(3, 1, 4, value("./A/3", "3")));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Status 3/2 Alert 200", "3 Alert 1222");
        device.sends(header(3, 200), status(2, "1/4", "Get", 200));
        assertThat(device.outcome("0").results()).extracting(Outcome.Result::uri).containsExactly("./A/1",
                "./A/2", "./A/3");
    }

    /** Otherwise the mirror of the tree would show what has been deleted since. */
    @Test
    void what_was_read_first_is_told_first_though_its_results_may_still_go_on() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, new Operation.Delete(Address.parse("./A/1")));
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./A", "1")),
                status(4, "1/5", "Delete", 200));
        assertThat(device.outcomes).isEmpty();
        device.sends(header(2, 200), status(2, "2/2", "Alert", 200));
        assertThat(device.facts(Fact.Answered.class)).extracting(Fact.Answered::path).containsExactly("0", "1");
    }

    @Test
    void package_1_may_come_in_several_messages_too() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sendsMore(alert(1, 1201));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200", "Status 1/1 Alert 200", "3 Alert 1222");
        device.sends(header(1, 200), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/2 Replace 200", "3 Get ./A",
                "Final");
    }

    @ParameterizedTest
    @EnumSource
    void commands_that_do_not_fit_wait_for_the_next_package_and_no_message_is_too_long(Encoding encoding) {
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(encoding == Encoding.XML ? 1100 : 400);
        device.encoding = encoding;
        for (int i = 0; i < 20; i++) {
            device.with(new Operation.Get(Address.parse("./Node/" + i)));
        }
        device.sends(alert(1, 1201), devInfo(2));
        int packages = 0;
        while (!device.turn().next().isEnded()) {
            packages++;
            Packet reply = device.turn().reply();
            assertThat(reply == null ? 0 : reply.body().length())
                    .isLessThanOrEqualTo(encoding == Encoding.XML ? 1100 : 400);
            assertThat(device.hears()).last().isEqualTo("Final");
            List<dev.grove.syncml.Command> body = new ArrayList<>();
            body.add(header(device.msgId, 200));
            device.answer().body().stream().filter(dev.grove.syncml.Command.Get.class::isInstance)
                    .forEach(get -> body.add(
                            status(body.size() + 1, device.msgId + "/" + Integer.parseInt(get.cmdId()), "Get", 404)));
            device.sends(body.toArray(dev.grove.syncml.Command[]::new));
        }
        assertThat(packages).isGreaterThan(2);
        assertThat(device.outcomes).hasSize(20);
        assertThat(device.outcomes.keySet()).first().isEqualTo("0");
    }

    @Test
    void a_container_that_fits_in_no_message_is_never_sent_and_blocks_nothing() {
        List<Operation> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(new Operation.Replace(Address.parse("./A/" + i), Value.text("x")));
        }
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(2000).with(new Operation.Atomic(many), GET);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.facts(Fact.Unsendable.class)).singleElement().satisfies(fact -> {
            assertThat(fact.status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
            assertThat(fact.reason()).isEqualTo("Atomic does not fit in one message: the device's MaxMsgSize is 2000"
                    + " bytes (DMPRO 6.1)");
        });
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }

    @Test
    void a_container_that_fits_only_without_the_statuses_goes_in_a_message_of_its_own() {
        List<Operation> some = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            some.add(new Operation.Delete(Address.parse("./A/" + i)));
        }
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(1250).with(new Operation.Sequence(some));
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1224), alert(4, 1224), alert(5, 1224));
        assertThat(device.hears()).as("no command and no Final").hasSize(6).noneMatch(line -> line.contains("Final"));
        device.sendsMore(header(1, 200), alert(2, 1222));
        assertThat(device.hears()).anyMatch(line -> line.startsWith("3 Sequence[")).last().isEqualTo("Final");
    }

    @Test
    void statuses_that_do_not_fit_follow_in_the_next_message_after_that_on_the_header() {
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(900).with(GET);
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1224), alert(4, 1224), alert(5, 1224), alert(6, 1224));
        List<String> first = device.hears();
        assertThat(first.getFirst()).isEqualTo("Status 1/0 SyncHdr 200");
        assertThat(first).doesNotContain("Final").noneMatch(line -> line.contains("Get"));
        device.sendsMore(header(1, 200), alert(2, 1222));
        List<String> second = device.hears();
        assertThat(second.getFirst()).isEqualTo("Status 2/0 SyncHdr 200");
        device.sendsMore(header(2, 200), alert(2, 1222));
        List<String> third = device.hears();
        assertThat(third).as("all is said, so the commands follow").contains("Status 2/2 Alert 200",
                "Status 3/2 Alert 200").last().isEqualTo("Final");
        assertThat(third).anyMatch(line -> line.endsWith("Get ./A"));
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        assertThat(all).contains("Status 1/1 Alert 200", "Status 1/2 Replace 200", "Status 1/6 Alert 200")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_limit_too_small_for_anything_still_gets_its_statuses() {
        ScriptedDevice device = ScriptedDevice.trusted().maxMsgSize(10).with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        for (int i = 0; i < 6 && !device.turn().next().isEnded(); i++) {
            device.sends(header(device.msgId, 200));
        }
        assertThat(device.turn().next().isEnded()).isTrue();
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
    }
}
