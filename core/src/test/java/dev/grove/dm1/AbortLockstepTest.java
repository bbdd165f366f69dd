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

import dev.grove.auth.Secret;
import dev.grove.engine.Fact.Reason;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.tree.Address;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** [DMPRO 1.3 §8.1]: sessions that end before their time. */
class AbortLockstepTest {

    private static final Operation GET = new Operation.Get(Address.parse("./A"));
    private static final Operation DELETE = new Operation.Delete(Address.parse("./B"));

    /**
     * <pre>
     * device                                                server
     *   | Status of what was executed, Alert 1223, Final  ->   |
     *   |   <- Status on SyncHdr and Alert, no commands        |
     * </pre>
     */
    @Test
    @Tag("DM-PRO-S-002")
    @Tag("DM-PRO-Abort-S-002")
    void an_abort_is_confirmed_and_what_was_executed_counts() {
        ScriptedDevice device = ScriptedDevice.trusted().with(DELETE, GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.work.add(new Task("job", 2, GET));
        device.sends(header(1, 200), status(2, "1/4", "Delete", 200), alert(3, 1223));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/3 Alert 200", "Final");
        assertThat(device.outcomes).containsExactly(java.util.Map.entry("0", Outcome.of(StatusCode.OK)));
        assertThat(device.unanswered).containsExactly("1");
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.ABORTED_BY_DEVICE);
    }

    @Test
    void results_that_came_with_the_abort_are_kept() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), alert(3, 1223), status(2, "1/4", "Get", 200), results(4, 1, 4, value("./A", "a")));
        assertThat(device.outcome("0").results()).hasSize(1);
        assertThat(device.unanswered).isEmpty();
    }

    /**
     * <pre>
     * device                                                server
     *   | Statuses of what was executed, Final  ->             |   an operator wants an end
     *   |   <- Status on SyncHdr, Alert 1223, no commands      |
     * </pre>
     */
    @Test
    void an_operator_ends_a_session_once_what_the_device_has_said_is_taken() {
        ScriptedDevice device = ScriptedDevice.trusted().with(DELETE, GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.work.add(new Task("job", 2, GET));
        device.wishes = new ServerContext.Wishes(true, true);
        device.sendsMore(header(1, 200), status(2, "1/4", "Delete", 200));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "2 Alert 1223", "Final");
        assertThat(device.outcomes).containsExactly(java.util.Map.entry("0", Outcome.of(StatusCode.OK)));
        assertThat(device.unanswered).containsExactly("1");
        assertThat(device.facts(Fact.Ended.class)).containsExactly(
                new Fact.Ended(Reason.ABORTED_BY_SERVER, "ended by an operator"));
        device.sends(header(2, 200));
        assertThat(device.hears()).containsExactly("Status 3/0 SyncHdr 403", "Final");
    }

    @Test
    void an_operator_does_not_end_what_is_over_anyway() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.wishes = new ServerContext.Wishes(true, true);
        device.sends(header(1, 200), alert(2, 1223));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/2 Alert 200", "Final");
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason)
                .containsExactly(Reason.ABORTED_BY_DEVICE);
    }

    @Test
    void a_device_that_has_not_proved_itself_is_still_asked_to_before_its_session_ends() {
        ScriptedDevice device = new ScriptedDevice();
        device.wishes = new ServerContext.Wishes(true, true);
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).first().isEqualTo("Status 1/0 SyncHdr 407 Chal syncml:auth-md5");
        device.basic().sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).anyMatch(line -> line.endsWith("Alert 1223"));
    }

    @Test
    void nothing_is_done_for_a_device_that_goes_on_after_its_abort() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1223));
        device.sends(header(1, 200));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 403", "Final");
        assertThat(device.allFacts).noneMatch(Fact.Sent.class::isInstance);
    }

    @Test
    void the_same_device_may_begin_anew_under_the_same_session_id() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2), alert(3, 1223));
        device.msgId = 0;
        device.sends(alert(1, 1201), devInfo(2));
        assertThat(device.hears()).contains("4 Get ./A", "Final");
        assertThat(device.facts(Fact.Opened.class)).hasSize(1);
    }

    @Test
    void a_device_that_vanishes_and_returns_supersedes_its_session() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, DELETE);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/5", "Delete", 200));
        device.msgId = 0;
        device.sends(alert(1, 1200), devInfo(2));
        assertThat(device.turn().facts().subList(0, 3)).containsExactly(new Fact.Unanswered("job", 0),
                new Fact.Ended(Reason.SUPERSEDED, "the device began anew with the same SessionID"),
                new Fact.Opened());
        assertThat(device.hears()).contains("4 Get ./A", "Final");
        assertThat(device.outcomes).containsOnlyKeys("1");
    }

    @Test
    void a_session_of_which_nothing_is_heard_keeps_what_was_answered() {
        ScriptedDevice device = ScriptedDevice.trusted().with(GET, DELETE, GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Get", 200), results(3, 1, 4, value("./A", "a")));
        SessionState state = device.turn().next();
        Turn over = Dm1ServerSession.expire(state);
        assertThat(over.reply()).isNull();
        assertThat(over.next().endedBy()).isEqualTo(Reason.EXPIRED);
        List<Fact> facts = over.facts();
        assertThat(facts.getFirst()).isInstanceOfSatisfying(Fact.Answered.class,
                fact -> assertThat(fact.outcome().results()).hasSize(1));
        assertThat(facts).contains(new Fact.Unanswered("job", 1), new Fact.Unanswered("job", 2)).last()
                .isInstanceOf(Fact.Ended.class);
    }

    /**
     * <pre>
     * device                                                server
     *   | package 1  ->                                        |
     *   |   <- Delete, Exec                  (lost)            |
     *   | Status on the header of the message before  ->       |
     *   |   <- Delete, Exec again                              |
     * </pre>
     */
    @Test
    void commands_that_the_device_has_never_seen_leave_again() {
        Operation exec = new Operation.Exec(Address.parse("./X"), null, null);
        ScriptedDevice device = ScriptedDevice.trusted().with(GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.with(DELETE, exec).sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).contains("2 Delete ./B", "3 Exec ./X");
        device.sends(header(1, 200), status(2, "1/4", "Get", 404));
        assertThat(device.hears()).contains("2 Delete ./B", "3 Exec ./X", "Final");
        assertThat(device.outcomes).containsOnlyKeys("0");
        assertThat(device.facts(Fact.Sent.class)).as("sent once").isEmpty();
    }

    @Test
    void a_device_that_starts_over_in_the_same_session_gets_its_commands_again_but_no_exec() {
        ScriptedDevice device = ScriptedDevice.trusted().with(DELETE,
                new Operation.Exec(Address.parse("./X"), null, null));
        device.sends(alert(1, 1201), devInfo(2));
        device.sends(header(1, 200), alert(2, 1201), devInfo(3));
        assertThat(device.hears()).containsExactly("Status 2/0 SyncHdr 200", "Status 2/2 Alert 200",
                "Status 2/3 Replace 200", "4 Delete ./B", "Final");
        assertThat(device.unanswered).containsExactly("1");
    }

    /**
     * <pre>
     * somebody                                                server
     *   | package 1 under the SessionID of a living session  ->  |
     *   |   <- 407, and the session stays as it was              |
     * </pre>
     */
    @Test
    void whoever_has_not_proved_himself_cannot_supersede_a_session() {
        ScriptedDevice device = living();
        SessionState before = device.turn().next();
        device.cred = null;
        device.msgId = 0;
        device.sends(alert(1, 1200), devInfo(2));
        assertThat(device.hears()).containsExactly("Status 1/0 SyncHdr 407 Chal syncml:auth-md5",
                "Status 1/1 Alert 407", "Status 1/2 Replace 407", "Final");
        assertThat(device.unanswered).isEmpty();
        assertThat(device.turn().facts()).extracting(fact -> fact.getClass().getSimpleName())
                .containsExactly("AuthenticationRefused", "Noted");
        assertSameButForTheRival(device.turn().next(), before);

        device.msgId = 2;
        device.sends(header(2, 200), status(2, "1/5", "Get", 404));
        assertThat(device.outcomes).as("the session goes on").containsOnlyKeys("0", "1");
    }

    @Test
    void wrong_credentials_do_not_supersede_a_session_and_are_not_tried_for_ever() {
        ScriptedDevice device = living();
        SessionState before = device.turn().next();
        device.md5(new Secret("Bruce2", "guess", Bytes.EMPTY));
        for (int attempt = 1; attempt <= 3; attempt++) {
            device.msgId = 0;
            device.sends(alert(1, 1200), devInfo(2), alert(3 + attempt, 1224));
            assertThat(device.hears().getFirst()).startsWith("Status 1/0 SyncHdr 401 Chal");
        }
        device.msgId = 0;
        device.sends(alert(1, 1200), devInfo(2), alert(7, 1224));
        assertThat(device.hears().getFirst()).isEqualTo("Status 1/0 SyncHdr 400");
        assertThat(device.unanswered).isEmpty();
        assertSameButForTheRival(device.turn().next(), before);
    }

    @Test
    void right_credentials_supersede_a_session_at_once() {
        ScriptedDevice device = living();
        device.msgId = 0;
        device.basic().sends(alert(1, 1200), devInfo(2));
        assertThat(device.unanswered).containsExactly("1");
        assertThat(device.facts(Fact.Ended.class)).extracting(Fact.Ended::reason).containsExactly(Reason.SUPERSEDED);
        assertThat(device.hears()).contains("Status 1/0 SyncHdr 212", "4 Get ./A", "Final");
    }

    @Test
    void right_credentials_after_the_challenge_supersede_a_session() {
        ScriptedDevice device = living();
        device.cred = null;
        device.msgId = 0;
        device.sends(alert(1, 1200), devInfo(2));
        Meta chal = ((Status) device.answer().body().getFirst()).chal();
        String nonce = chal == null ? null : chal.nextNonce();
        device.md5(ScriptedDevice.BRUCE.withNonce(Bytes.base64(nonce == null ? "" : nonce)));
        device.sends(header(1, 200), alert(2, 1200), devInfo(3));
        assertThat(device.turn().facts().subList(0, 3)).containsExactly(new Fact.Unanswered("job", 1),
                new Fact.Ended(Reason.SUPERSEDED, "the device began anew with the same SessionID"), new Fact.Opened());
        assertThat(device.hears().getFirst()).startsWith("Status 2/0 SyncHdr 212");
        assertThat(device.hears()).contains("4 Get ./A", "Final");
    }

    /** A session that was proved by Basic; its first operation is answered, its second in flight. */
    private static ScriptedDevice living() {
        ScriptedDevice device = new ScriptedDevice().basic().with(DELETE, GET);
        device.sends(alert(1, 1201), devInfo(2));
        device.sendsMore(header(1, 200), status(2, "1/4", "Delete", 200));
        return device;
    }

    private static void assertSameButForTheRival(SessionState now, SessionState before) {
        assertThat(now.isEnded()).isFalse();
        assertThat(now.traffic()).isEqualTo(before.traffic());
        assertThat(now.work()).isEqualTo(before.work());
        assertThat(now.expiresAt()).isEqualTo(before.expiresAt());
        assertThat(now.credentials().client()).isEqualTo(before.credentials().client());
    }
}
