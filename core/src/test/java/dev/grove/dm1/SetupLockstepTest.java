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

import dev.grove.engine.Fact.Reason;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** [DMPRO 1.3 §8]: setup and management phase. */
class SetupLockstepTest {

    private static final Operation GET_MAN = new Operation.Get(Address.parse("./DevInfo/Man"));
    private static final Operation DISPLAY = new Operation.Display("Your antivirus software is being updated",
            Operation.UiOptions.NONE);

    /**
     * <pre>
     * device                                      server
     *   | Alert 1201, Replace(DevInfo), Final  ->   |
     *   |   <- Status(SyncHdr, Alert, Replace), Final    nothing to do: the session is over
     * </pre>
     */
    @ParameterizedTest
    @EnumSource
    @Tag("DM-PRO-S-001")
    @Tag("DM-PRO-Mul-S-001")
    void a_session_without_work_ends_with_package_2(Encoding encoding) {
        ScriptedDevice device = new ScriptedDevice().basic();
        device.encoding = encoding;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 212", "Status 1/1 Alert 200",
                "Status 1/2 Replace 200", "Final");
        assertThat(device.turn().next().isEnded()).isTrue();
        assertThat(device.allFacts).extracting(fact -> fact.getClass().getSimpleName()).containsExactly("Opened",
                "Authenticated", "Began", "Learned", "Ended");
        assertThat(device.facts(Fact.Began.class)).containsExactly(new Fact.Began("DM 1.2", false));
        assertThat(device.facts(Fact.Ended.class)).containsExactly(new Fact.Ended(Reason.COMPLETED, ""));
        assertThat(device.facts(Fact.Learned.class).getFirst().values()).extracting(Outcome.Result::uri)
                .containsExactly("./DevInfo/DevId", "./DevInfo/Man");
    }

    /**
     * The two-step protocol of [DMPRO 1.3 §11.2].
     *
     * <pre>
     * device                                      server
     *   | Alert 1200, Replace(DevInfo), Final  ->   |
     *   |   <- Statuses, Alert 1100, Get, Final     |
     *   | Statuses, Results, Final  ->              |
     *   |   <- Status, Replace, Final               |
     *   | Statuses, Final  ->                       |
     *   |   <- Status, Final                        |
     * </pre>
     */
    @Test
    @Tag("OMA-ERDEF-DM-S-001-M")
    @Tag("DM-PRO-S-005")
    @Tag("DM-PRO-S-008")
    void the_management_phase_is_repeated_while_there_is_work() {
        ScriptedDevice device = new ScriptedDevice().basic()
                .with(DISPLAY, new Operation.Get(Address.parse("./antivirus_data/version")));
        device.verProto = "DM/1.3";
        device.sends(alert(1, 1200), devInfo(3));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 212", "Status 1/1 Alert 200",
                "Status 1/3 Replace 200", "4 Alert 1100 'Your antivirus software is being updated'",
                "5 Get ./antivirus_data/version", "Final");
        assertThat(device.facts(Fact.Began.class)).containsExactly(new Fact.Began("DM 1.3", true));
        assertThat(device.facts(Fact.Sent.class)).containsExactly(new Fact.Sent("job", 0), new Fact.Sent("job", 1));

        device.work.add(new Task("job", 2, new Operation.Replace(Address.parse("./antivirus_data"),
                Value.text("v6"))));
        device.sends(header(1, 212), status(2, "1/4", "Alert", 200), status(3, "1/5", "Get", 200),
                results(4, 1, 5, value("./antivirus_data/version", "antivirus-inc/20010522b/5")));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "2 Replace ./antivirus_data 'v6'",
                "Final");
        assertThat(device.outcome("0")).isEqualTo(Outcome.of(StatusCode.OK));
        assertThat(device.outcome("1"))
                .isEqualTo(Outcome.ok("./antivirus_data/version", Value.text("antivirus-inc/20010522b/5")));
        assertThat(device.facts(Fact.Learned.class)).hasSize(1);

        device.sends(header(2, 200), status(2, "2/2", "Replace", 200));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 200", "Final");
        assertThat(device.outcomes).containsEntry("2", Outcome.of(StatusCode.OK));
        assertThat(device.turn().next().isEnded()).isTrue();
        assertThat(device.turn().next().operations()).isEqualTo(3);
    }

    @Test
    @Tag("DM-PRO-LO-S-006")
    void the_answer_turns_target_and_source_around_and_names_the_limits_once() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET_MAN);
        device.sends(alert(1, 1201), devInfo(2));
        SyncHdr header = device.answer().header();
        assertThat(header.target().uri()).isEqualTo(ScriptedDevice.ID);
        assertThat(header.source().uri()).isEqualTo(ScriptedDevice.URL);
        assertThat(header.sessionId()).isEqualTo("1");
        assertThat(header.msgId()).isEqualTo("1");
        assertThat(header.respUri()).isNull();
        assertThat(header.meta().maxMsgSize()).isEqualTo(64 << 10);
        assertThat(header.meta().maxObjSize()).isEqualTo(4 << 20);
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.answer().header().msgId()).isEqualTo("2");
        assertThat(device.answer().header().meta().isEmpty()).isTrue();
    }

    @Test
    void names_where_the_next_messages_are_to_go() {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.settings = new ServerSettings(5000, 5000, 3, Duration.ofMinutes(1), "x", false, false,
                "http://node7.example.org/dm");
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.answer().header().respUri()).isEqualTo("http://node7.example.org/dm");
        assertThat(device.turn().next().expiresAt()).isEqualTo(device.now.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({"1.1,DM/1.1,DM 1.1", "1.2,DM/1.2,DM 1.2", "1.2,DM/1.3,DM 1.3", "1.1,DM/1.1.2,DM 1.1",
            "1.1,DM/1.2,DM 1.2"})
    void answers_each_client_in_its_own_version(String verDtd, String verProto, String profile) {
        ScriptedDevice device = ScriptedDevice.trusted();
        device.verDtd = verDtd;
        device.verProto = verProto;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.answer().header().verDtd()).isEqualTo(verDtd);
        assertThat(device.answer().header().verProto()).isEqualTo(verProto);
        assertThat(device.turn().next().profile().name()).isEqualTo(profile);
    }

    @ParameterizedTest
    @CsvSource({"1.0,DM/1.2,505", "2.0,DM/2.0,505", "1.2,SyncML/1.2,513", "1.2,DM/2.0,513"})
    void other_versions_are_refused_for_all_commands(String verDtd, String verProto, int code) {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET_MAN);
        device.verDtd = verDtd;
        device.verProto = verProto;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr " + code, "Status 1/1 Alert " + code,
                "Status 1/2 Replace " + code, "Final");
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.VERSION_REFUSED);
        assertThat(device.turn().next().isEnded()).isTrue();
    }
}
