package dev.grove.dm1;

import dev.grove.engine.Fact;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.answered;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.results;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.Say.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.tree.Address;
import dev.grove.tree.Address.Condition;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** [DMPRO 1.3 §5, §8, §10]: operations become commands, and answers become outcomes. */
class CommandsLockstepTest {

    private static final Address A = Address.parse("./A");
    private static final Address B = Address.parse("./B");
    private static final Operation GET = new Operation.Get(A);

    @Test
    @Tag("DM-PRO-S-006")
    void each_operation_becomes_its_command() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Add(A, Value.interior("urn:oma:mo:x:1.0")),
                new Operation.Replace(Address.parse("./A/B?prop=ACL"), Value.text("Get=*")), new Operation.Delete(B),
                new Operation.Copy(A, B), new Operation.Get(Address.parse("./A?list=StructData")),
                new Operation.Exec(A, Value.text("now"), "corr1"));
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears().subList(3, 10)).containsExactly("4 Add ./A", "5 Replace ./A/B?prop=ACL 'Get=*'",
                "6 Delete ./B", "7 Copy from ./A ./B", "8 Get ./A?list=StructData", "9 Exec ./A 'now'", "Final");
        assertThat(device.answer().body()).anySatisfy(command -> assertThat(command)
                .isInstanceOfSatisfying(dev.grove.syncml.Command.Add.class, add -> assertThat(add.items().getFirst()
                        .meta()).isEqualTo(Meta.of("node", "urn:oma:mo:x:1.0"))));
        assertThat(device.answer().body()).anySatisfy(command -> assertThat(command).isInstanceOfSatisfying(
                dev.grove.syncml.Command.Exec.class, exec -> assertThat(exec.correlator()).isEqualTo("corr1")));
    }

    /**
     * <pre>
     * device                                                       server
     *   |   <- Atomic[Replace, Replace, Delete], Final                |
     *   | Status 507 on Atomic, 216, 404, 215 on those inside  ->     |
     * </pre>
     */
    @Test
    void an_atomic_that_fails_tells_what_became_of_each_command() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Atomic(List.of(
                new Operation.Replace(A, Value.text("1")), new Operation.Replace(B, Value.text("2")),
                new Operation.Delete(A))));
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).contains("4 Atomic[5 Replace ./A '1', 6 Replace ./B '2', 7 Delete ./A]");
        device.sends(header(1, 200), status(2, "1/4", "Atomic", 507), status(3, "1/5", "Replace", 216),
                status(4, "1/6", "Replace", 404), status(5, "1/7", "Delete", 215));
        assertThat(device.outcomes.keySet()).as("those inside first").containsExactly("0.0", "0.1", "0.2", "0");
        assertThat(device.outcomes.values()).extracting(outcome -> outcome.status().code()).containsExactly(216, 404,
                215, 507);
    }

    @Test
    void what_a_device_leaves_out_in_a_group_is_concluded() {
        ScriptedDevice device = ScriptedDevice.trusted()
                .with(new Operation.Sequence(List.of(new Operation.Delete(A), new Operation.Delete(B))));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Sequence", 406));
        assertThat(device.outcome("0.0").status()).isEqualTo(StatusCode.NOT_EXECUTED);
        assertThat(device.outcome("0").status().code()).isEqualTo(406);

        ScriptedDevice quiet = ScriptedDevice.trusted()
                .with(new Operation.Atomic(List.of(new Operation.Delete(A), new Operation.Delete(B))));
        quiet.sends(alert(1, 1201), devInfo(2));
        quiet.sends(header(1, 200), status(2, "1/5", "Delete", 200), status(3, "1/6", "Delete", 500));
        assertThat(quiet.outcome("0").status()).isEqualTo(StatusCode.ATOMIC_FAILED);
        assertThat(quiet.outcome("0").detail()).contains("concluded");
    }

    @Test
    void a_command_without_a_status_has_failed_when_the_package_is_complete() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Delete(A));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), alert(2, 1222));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.COMMAND_FAILED);
        assertThat(device.outcome("0").detail()).contains("without a Status");
    }

    @Test
    void a_message_that_the_device_refuses_as_a_whole_fails_what_was_in_it() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Delete(A));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 413));
        assertThat(device.outcome("0").status().code()).isEqualTo(413);
        assertThat(device.outcome("0").detail()).contains("whole message");
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    @Test
    void a_get_without_results_says_so() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Get", 200));
        assertThat(device.outcome("0")).isEqualTo(Outcome.of(StatusCode.OK, "the device sent no Results"));
    }

    @Test
    void results_without_a_status_count() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), results(2, 1, 4, value("./A", "a")));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.OK);
        assertThat(device.outcome("0").results()).hasSize(1);
    }

    @Test
    void what_is_read_of_nodes_is_learned_but_not_of_properties_and_structures() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, new Operation.Get(Address.parse("./A?prop=ACL")),
                new Operation.Get(Address.parse("./A?list=Struct")));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./A", "a")),
                status(4, "1/5", "Get", 200), results(5, 1, 5, value("./A?prop=ACL", "Get=*")),
                status(6, "1/6", "Get", 200), results(7, 1, 6, value("./A/B", "")));
        assertThat(device.outcomes).hasSize(3);
        assertThat(device.facts(Fact.Learned.class)).singleElement()
                .satisfies(fact -> assertThat(fact.values()).extracting(Outcome.Result::uri).containsExactly("./A"));
    }

    @Test
    void references_that_are_left_out_or_counted_wrongly_are_understood() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, new Operation.Delete(B));
        device.sends(alert(1, 1201), devInfo(2));
        Status withoutCmdRef = new Status("2", "", "", "Delete", List.of(), List.of(), null, null, StatusCode.OK, null,
                List.of());
        device.sends(header(1, 200), status(3, "7/4", "Get", 200), withoutCmdRef, results(4, 9, 4, value("./A", "a")));
        assertThat(device.outcome("0").results()).hasSize(1);
        assertThat(device.outcome("1").status()).isEqualTo(StatusCode.OK);
    }

    @Test
    void the_first_status_that_is_no_success_tells() {
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Delete(A));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Delete", 425), status(3, "1/4", "Delete", 200));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.PERMISSION_DENIED);
    }

    @Test
    void binary_values_travel_as_the_encoding_demands() {
        Value binary = Value.binary(Bytes.hex("00ff"));
        ScriptedDevice xml = ScriptedDevice.trusted().with(new Operation.Replace(A, binary));
        xml.sends(alert(1, 1201), devInfo(2));
        assertThat(xml.hears()).contains("4 Replace ./A 'AP8='");
        ScriptedDevice wbxml = ScriptedDevice.trusted().with(new Operation.Replace(A, binary), GET);
        wbxml.encoding = Encoding.WBXML;
        wbxml.sends(alert(1, 1201), devInfo(2));
        Item item = Item.from("./A", Meta.of("bin", null), new dev.grove.syncml.Data.Opaque(Bytes.hex("00ff")));
        wbxml.sends(header(1, 200), status(2, "1/4", "Replace", 200), status(3, "1/5", "Get", 200),
                results(4, 1, 5, item));
        assertThat(wbxml.outcome("1").results().getFirst().value())
                .isEqualTo(new Value(Format.BIN, "", Bytes.hex("00ff")));
    }

    /**
     * [DMPRO 1.3 §10.2].
     *
     * <pre>
     * device                                                       server
     *   |   <- Alerts 1100 to 1104, Final                             |
     *   | Status 200, 304, 200 with a text, 200 with numbers  ->      |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-S-007")
    @Tag("DM-PRO-UI-S-001")
    @Tag("DM-PRO-UI-S-002")
    @Tag("DM-PRO-UI-S-003")
    @Tag("DM-PRO-UI-S-004")
    @Tag("DM-PRO-UI-S-005")
    @Tag("DM-PRO-UI-S-006")
    void user_interactions_are_asked_in_order_and_their_answers_are_results() {
        UiOptions options = new UiOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), "2-3", null, null, null);
        List<String> choices = List.of("CNN", "Mobilbank", "Game Channel");
        ScriptedDevice device = ScriptedDevice.trusted().with(new Operation.Display("Hello", UiOptions.NONE),
                new Operation.Confirm("Sure?", UiOptions.NONE), new Operation.Input("Name?", UiOptions.NONE),
                new Operation.Choose("One", choices, false, UiOptions.NONE),
                new Operation.Choose("Many", choices, true, options));
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears().subList(3, 9)).containsExactly("4 Alert 1100 'Hello'", "5 Alert 1101 'Sure?'",
                "6 Alert 1102 'Name?'", "7 Alert 1103 'One' 'CNN' 'Mobilbank' 'Game Channel'",
                "8 Alert 1104 'MINDT=10&MAXDT=30&DR=2-3' 'Many' 'CNN' 'Mobilbank' 'Game Channel'", "Final");
        device.sends(header(1, 200), answered(2, "1/4", 200), answered(3, "1/5", 304), answered(4, "1/6", 200, "CNN"),
                answered(5, "1/7", 214), answered(6, "1/8", 200, "3", "2"));
        assertThat(device.outcome("1").status().code()).isEqualTo(304);
        assertThat(device.outcome("2").results()).extracting(result -> result.value().text()).containsExactly("CNN");
        assertThat(device.outcome("3").status().code()).isEqualTo(214);
        assertThat(device.outcome("4").results()).extracting(result -> result.value().text()).containsExactly("3",
                "2");
    }

    /** [DMPRO 1.3 §5.2], its first example. */
    @Test
    @Tag("DM-PRO-S-011")
    void relative_addresses_go_to_devices_that_know_them_only() {
        Operation exec = new Operation.Exec(new Address.Relative(NodeUri.ROOT, "urn:oma:mo:oma_example:1.0",
                List.of(new Condition(NodeUri.parse("F"), "Camera")), NodeUri.parse("E/G"), Address.ITSELF), null,
                null);
        ScriptedDevice device = ScriptedDevice.trusted().with(exec);
        device.verProto = "DM/1.3";
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears())
                .contains("4 Exec in .?MOID=urn%3Aoma%3Amo%3Aoma_example%3A1.0&F=Camera E/G");
        ScriptedDevice old = ScriptedDevice.trusted().with(exec);
        old.sends(alert(1, 1201), devInfo(2));
        assertThat(old.outcome("0").status()).isEqualTo(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        assertThat(old.outcome("0").detail()).isEqualTo("DM 1.2 does not have relative addressing (DMPRO 5.2)");
    }

    @Test
    void what_can_never_be_sent_has_its_outcome_at_once_and_blocks_nothing() {
        ScriptedDevice device = ScriptedDevice.trusted().with(
                new Operation.Atomic(List.of(new Operation.Atomic(List.of(new Operation.Delete(A))))),
                new Operation.Atomic(List.of(GET)), new Operation.Sequence(List.of()),
                new Operation.Delete(Address.parse("./A?prop=ACL")),
                new Operation.Replace(Address.parse("./A?list=TNDS"), Value.text("x")),
                new Operation.Add(A, Value.of(Format.FLOAT, "1.5")), GET);
        device.verDtd = "1.1";
        device.verProto = "DM/1.1";
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.facts(Fact.Unsendable.class)).extracting(fact -> fact.index() + " " + fact.status() + " "
                + fact.reason()).containsExactly("0 405 Atomic cannot stand in Atomic (REPPRO 6.5)",
                        "1 405 Get cannot stand in Atomic (REPPRO 6.5)",
                        "2 412 Sequence holds one command or more (REPPRO 6.5)",
                        "3 405 a property takes Get and Replace only, not Delete (TND 7.7)",
                        "4 405 ?list= is for Get only (TND 7.6)", "5 415 DM 1.1 has no format float");
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }
}
