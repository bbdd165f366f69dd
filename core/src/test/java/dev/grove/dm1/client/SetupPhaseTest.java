package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.grove.dm1.client.ClientAlert.Told;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Message;
import dev.grove.tree.Format;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Package 1 ([DMPRO 1.3 §8.3]). */
class SetupPhaseTest {

    private static final String DEV_INFO = "Replace ./DevInfo/DevId=IMEI:493005100592800 ./DevInfo/Man=Device Factory "
            + "./DevInfo/Mod=SmartPhone2000 ./DevInfo/DmV=1.0.0.1 ./DevInfo/Lang=en-US";

    @Test
    @Tag("DM-PRO-C-001")
    @Tag("DM-PRO-Session-C-002")
    @Tag("DM-PRO-Session-C-003")
    @Tag("DM-PRO-Session-C-004")
    void a_client_initiated_session_begins_with_1201_and_DevInfo() {
        Message first = TestDevice.dm13().start();

        assertThat(Transcript.of(first)).containsExactly("Alert 1201", DEV_INFO, "Final");
        assertThat(first.header().msgId()).isEqualTo("1");
        assertThat(first.header().verDtd()).isEqualTo("1.2");
        assertThat(first.header().verProto()).isEqualTo("DM/1.3");
        assertThat(first.header().target().uri()).isEqualTo(TestDevice.URL);
        assertThat(first.header().source().uri()).isEqualTo(TestDevice.ID);
        assertThat(first.header().cred()).isNull();
    }

    @Test
    @Tag("DM-PRO-Session-C-003")
    void a_server_initiated_session_bears_the_id_of_the_notification() {
        Message first = TestDevice.dm13().start(Trigger.server(0x1A2B, false, false));

        assertThat(first.header().sessionId()).isEqualTo("1A2B");
        assertThat(Transcript.of(first)).startsWith("Alert 1200");
    }

    @Test
    void session_ids_are_hexadecimal_of_four_digits_at_most() {
        assertThat(Trigger.client(0x1000D).sessionId()).isEqualTo("D");
        assertThat(Trigger.client(46).sessionId()).isEqualTo("2E");
    }

    @Test
    @Tag("DM-PRO-LO-C-011")
    void DevDetail_goes_along_only_if_the_notification_asks_for_it() {
        Message first = TestDevice.dm13().start(Trigger.server(1, true, false));

        assertThat(Transcript.of(first)).containsExactly("Alert 1200", DEV_INFO,
                "Replace ./DevDetail/SwV=2.0 ./DevDetail/LrgObj(bool text/plain)=true", "Final");
    }

    @Test
    @Tag("DM-PRO-LO-C-007")
    void the_limits_of_the_device_are_announced() {
        Message first = TestDevice.dm13().withLimits(5000, 100_000).start();

        assertThat(first.header().meta().maxMsgSize()).isEqualTo(5000);
        assertThat(first.header().meta().maxObjSize()).isEqualTo(100_000);
    }

    @Test
    void each_profile_speaks_its_version() {
        Message old = new TestDevice(Profile.DM_1_1).start();
        Message usual = new TestDevice(Profile.DM_1_2).start();

        assertThat(old.header().verDtd() + " " + old.header().verProto()).isEqualTo("1.1 DM/1.1");
        assertThat(usual.header().verDtd() + " " + usual.header().verProto()).isEqualTo("1.2 DM/1.2");
    }

    @Test
    @Tag("DM-PRO-C-010")
    @Tag("DM-PRO-C-011")
    @Tag("DM-PRO-GAlert-C-001")
    @Tag("DM-PRO-GAlert-C-002")
    @Tag("DM-PRO-GAlert-C-003")
    @Tag("DM-PRO-GAlert-C-004")
    @Tag("DM-PRO-GAlert-C-005")
    @Tag("DM-PRO-GAlert-C-006")
    void events_and_generic_alerts_go_along() {
        TestDevice device = TestDevice.dm13();
        device.alerts = List.of(
                ClientAlert.generic("g", "abc123",
                        new Told("./A", "org.domain.sample", "critical", Value.of(Format.INT, "1200"))),
                ClientAlert.event("e", "com.example.event", Value.text("user")),
                ClientAlert.generic("m", null, new Told(null, "Content-Type: text/plain", null, Value.text("x"))));

        assertThat(Transcript.of(device.start())).containsExactly("Alert 1201",
                "Alert 1224 (chr com.example.event)=user", DEV_INFO,
                "Alert 1226 for abc123 ./A(int Reversed-Domain-Name: org.domain.sample critical)=1200",
                "Alert 1226 (chr Content-Type: text/plain)=x", "Final");
    }

    @Test
    void several_things_may_stand_in_one_generic_alert() {
        TestDevice device = TestDevice.dm13();
        device.alerts = List.of(new ClientAlert("g", AlertCode.GENERIC, null,
                List.of(new Told(null, "a.b", null, Value.text("1")), new Told("./A", "a.b", null, Value.text("2")))));

        assertThat(Transcript.of(device.start())).contains(
                "Alert 1226 (chr Reversed-Domain-Name: a.b)=1 ./A(chr Reversed-Domain-Name: a.b)=2");
    }

    @Test
    void an_answered_alert_becomes_a_fact_and_is_not_sent_again() {
        TestDevice device = TestDevice.dm13();
        device.alerts = List.of(ClientAlert.event("e", "com.example.event", Value.text("user")));
        device.start();

        Message second = device.reply(Say.ok(1), Say.status(1, "1", "Alert", 200), Say.status(1, "2", "Alert", 202),
                Say.get("1", "./A/B"));

        assertThat(device.facts).contains(new ClientFact.AlertAnswered("e", new StatusCode(202)));
        assertThat(Transcript.of(second)).noneMatch(line -> line.startsWith("Alert"));
    }

    @Test
    void without_DevInfo_there_is_no_session() {
        TestDevice device = TestDevice.dm13().withTree(Tree.empty(TestDevice.NOW));

        assertThatIllegalStateException().isThrownBy(device::start).withMessageContaining("./DevInfo");
    }
}
