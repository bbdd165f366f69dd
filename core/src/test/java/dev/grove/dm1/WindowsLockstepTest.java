package dev.grove.dm1;

import dev.grove.engine.Fact;
import static dev.grove.dm1.Say.alert;
import static dev.grove.dm1.Say.devInfo;
import static dev.grove.dm1.Say.header;
import static dev.grove.dm1.Say.results;
import static dev.grove.dm1.Say.status;
import static dev.grove.dm1.Say.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.exchange.Profile;
import dev.grove.dm1.exchange.Quirk;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Operation.UiOptions;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** [MS-MDM]: Windows as a profile; each {@link Quirk} has its test here. */
class WindowsLockstepTest {

    private static final Operation GET_SW = new Operation.Get(Address.parse("./DevDetail/SwV"));
    private static final Operation GET_HW = new Operation.Get(Address.parse("./DevDetail/HwV"));

    /**
     * [MS-MDM §4].
     *
     * <pre>
     * client                                                       server
     *   | Alert 1224 LoginStatus, Replace(DevInfo), Final  ->         |
     *   |   <- Status, Get, Get, Final                                |
     *   | Status, Status, Status, Results, Results, Final  ->         |
     *   |   <- Status, Final                                          |
     * </pre>
     */
    @Test
    void the_exchange_of_ms_mdm_4() {
        ScriptedDevice device = windows().with(GET_SW, GET_HW);
        device.sends(login(2), devInfo(3));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 200", "Status 1/2 Alert 200",
                "Status 1/3 Replace 200", "4 Get ./DevDetail/SwV", "5 Get ./DevDetail/HwV", "Final");
        assertThat(device.facts(Fact.AlertRaised.class)).singleElement().satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("com.microsoft/MDM/LoginStatus");
            assertThat(fact.data().text()).isEqualTo("user");
        });
        device.sends(header(1, 200), status(2, "1/4", "Get", 200), status(3, "1/5", "Get", 200),
                results(4, 1, 4, value("./DevDetail/SwV", "10.0")), results(5, 1, 5, value("./DevDetail/HwV", "1")));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Final");
        assertThat(device.outcomes).hasSize(2);
    }

    @Test
    void windows_is_known_by_its_agent_its_query_or_its_events() {
        ScriptedDevice byAgent = ScriptedDevice.trusted();
        byAgent.headers = Headers.of("user-agent", "MSFT OMA DM Client/1.2.0.1");
        byAgent.sends(alert(1, 1201), devInfo(2));
        assertThat(byAgent.turn().next().profile()).isEqualTo(Profile.WINDOWS);
        ScriptedDevice byQuery = ScriptedDevice.trusted();
        byQuery.url = "https://mdm.example.org/dm?mode=Maintenance&platform=WoA";
        byQuery.sends(alert(1, 1201), devInfo(2));
        assertThat(byQuery.turn().next().profile()).isEqualTo(Profile.WINDOWS);
        ScriptedDevice byEvent = ScriptedDevice.trusted();
        byEvent.sends(login(1), devInfo(2));
        assertThat(byEvent.turn().next().profile()).isEqualTo(Profile.WINDOWS);
        ScriptedDevice phone = ScriptedDevice.trusted();
        phone.sends(alert(1, 1201), devInfo(2));
        assertThat(phone.turn().next().profile()).isEqualTo(Profile.DM_1_2);
    }

    /** {@link Quirk#ECHOES_MSG_ID}. */
    @Test
    void answers_bear_the_msg_id_of_what_they_answer() {
        ScriptedDevice device = windows();
        device.msgId = 4;
        device.sends(login(1), devInfo(2));
        assertThat(device.answer().header().msgId()).isEqualTo("5");
        assertThat(device.answer().header().meta().maxMsgSize()).as("announced first").isEqualTo(64 << 10);
        assertThat(Profile.DM_1_2.has(Quirk.ECHOES_MSG_ID)).isFalse();
    }

    /** {@link Quirk#REPORTS_UNREADABLE_ANSWERS}. */
    @Test
    void an_answer_that_the_client_could_not_parse_is_reported() {
        ScriptedDevice device = windows().with(GET_SW);
        device.sends(login(1), devInfo(2));
        device.sends(status(1, "0/0", "SyncHdr", 500), login(2), devInfo(3));
        assertThat(device.facts(Fact.ReplyUnreadable.class)).hasSize(1);
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.COMMAND_FAILED);
        ScriptedDevice anew = windows();
        anew.sends(status(1, "0/0", "SyncHdr", 500), login(2), devInfo(3));
        assertThat(anew.facts(Fact.ReplyUnreadable.class)).as("of an earlier session").hasSize(1);
    }

    /** {@link Quirk#ABORTS_INSTEAD_OF_CHUNKING}. */
    @Test
    void what_was_to_be_read_when_the_client_aborts_is_too_long_to_be_read() {
        ScriptedDevice device = windows().with(GET_SW, new Operation.Delete(Address.parse("./A")));
        device.sends(login(1), devInfo(2));
        device.sends(header(1, 200), alert(2, 1223));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(device.unanswered).containsExactly("1");
    }

    /** {@link Quirk#ABORTS_INSTEAD_OF_CHUNKING}. */
    @Test
    void a_result_that_was_promised_before_the_client_aborts_is_too_long_too() {
        ScriptedDevice device = windows().with(GET_SW);
        device.sends(login(1), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Get", 200), alert(3, 1223));
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.REQUEST_ENTITY_TOO_LARGE);
    }

    /** {@link Quirk#REPEATS_RESULTS}. */
    @Test
    void the_same_results_twice_count_once() {
        ScriptedDevice device = windows().with(GET_SW);
        device.sends(login(1), devInfo(2));
        device.sends(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./DevDetail/SwV", "10.0")),
                results(4, 1, 4, value("./DevDetail/SwV", "10.1")));
        assertThat(device.outcome("0").results()).singleElement()
                .satisfies(result -> assertThat(result.value().text()).isEqualTo("10.0"));
    }

    /** {@link Quirk#EXEC_IN_ATOMIC}. */
    @Test
    void an_exec_may_stand_in_an_atomic() {
        Operation atomic = new Operation.Atomic(List.of(new Operation.Exec(Address.parse("./A"), null, null)));
        ScriptedDevice device = windows().with(atomic);
        device.sends(login(1), devInfo(2));
        assertThat(device.hears()).contains("4 Atomic[5 Exec ./A]");
        ScriptedDevice phone = ScriptedDevice.trusted().with(atomic);
        phone.sends(alert(1, 1201), devInfo(2));
        assertThat(phone.facts(Fact.Unsendable.class)).hasSize(1);
    }

    @Test
    void commands_that_windows_does_not_have_are_never_sent() {
        ScriptedDevice device = windows().with(new Operation.Copy(Address.parse("./A"), Address.parse("./B")),
                new Operation.Display("x", UiOptions.NONE), new Operation.Exec(Address.parse("./A"), null, "corr"));
        device.sends(login(1), devInfo(2));
        assertThat(device.facts(Fact.Unsendable.class)).extracting(Fact.Unsendable::reason).containsExactly(
                "Windows does not have the command Copy", "Windows does not have a user interaction",
                "Windows does not have a Correlator");
        assertThat(device.turn().next().isEnded()).isTrue();
    }

    @Test
    void the_hresult_of_a_failure_is_its_detail() {
        ScriptedDevice device = windows().with(new Operation.Delete(Address.parse("./A")));
        device.sends(login(1), devInfo(2));
        Status failed = new Status("2", "1", "4", "Delete", List.of(), List.of(), null, null, StatusCode.NOT_FOUND,
                "0x86000002", List.of());
        device.sends(header(1, 200), failed);
        assertThat(device.outcome("0").detail()).isEqualTo("0x86000002");
        assertThat(device.outcome("0").status()).isEqualTo(StatusCode.NOT_FOUND);
    }

    @Test
    void the_types_of_the_alerts_that_made_it_call_are_told_once_a_session() {
        ScriptedDevice device = windows().with(GET_SW);
        device.headers = device.headers.with("MDM-GenericAlert", "<com.example.a><com.example.b>");
        device.sends(login(1), devInfo(2));
        assertThat(device.facts(Fact.AlertsAnnounced.class))
                .containsExactly(new Fact.AlertsAnnounced(List.of("com.example.a", "com.example.b")));
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.facts(Fact.AlertsAnnounced.class)).isEmpty();
    }

    @Test
    void a_client_without_a_limit_is_spared_more_than_512_kib_at_once() {
        ScriptedDevice device = windows()
                .with(new Operation.Replace(Address.parse("./A"), Value.text("x".repeat(600_000))));
        device.sends(login(1), devInfo(2));
        assertThat(device.answer().isFinal()).isFalse();
        assertThat(device.turn().reply()).isNotNull();
    }

    @Test
    void the_client_may_tell_of_its_hardware_id() {
        ScriptedDevice device = windows();
        device.sends(login(1), new dev.grove.syncml.Command.Replace("2", Meta.NONE,
                List.of(value("./Vendor/MSFT/DMClient/HWDevID", "ABC"))));
        assertThat(device.hears()).contains("Status 1/2 Replace 200");
    }

    private static ScriptedDevice windows() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.headers = Headers.of("User-Agent", "MSFT OMA DM Client/1.2.0.1");
        return device;
    }

    private static Alert login(int cmdId) {
        return alert(cmdId, 1224, new Item(null, null, null, null,
                Meta.of(null, "com.microsoft/MDM/LoginStatus"), dev.grove.syncml.Data.of("user"), false));
    }
}
