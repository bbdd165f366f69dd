package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.engine.Account;
import dev.grove.notify.UiMode;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.State;
import dev.grove.server.wake.WakeDesk.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks for a device to be woken, and what is noted of it. */
class WakeDeskTest {

    private static final Wake.Asked WISH = new Wake.Asked(UiMode.NOT_SPECIFIED, "", Duration.ofHours(1));

    private final ScriptedDoorbell bell = new ScriptedDoorbell("bell");
    private final WakeScene scene = new WakeScene(WakeRules.USUAL, bell).with("d", new Line("bell", "here"));

    @Test
    void who_asks_while_a_device_is_being_woken_joins() {
        Wake first = scene.ask("d");
        assertThat(scene.desk.ask("d", WISH)).isEqualTo(new Answer.Accepted(first, false));
        scene.run();
        assertThat(scene.ask("d")).isEqualTo(scene.now(first));
        scene.run();
        assertThat(bell.rings).hasSize(1);
    }

    @Test
    void who_asks_after_a_long_silence_does_not_wait_for_the_next_attempt() {
        Wake wake = scene.ask("d");
        scene.run();
        for (int i = 0; i < 8; i++) {
            scene.next(wake);
        }
        int before = bell.rings.size();
        scene.run(Duration.ofMinutes(20));
        assertThat(bell.rings).as("an hour lies between the late ones").hasSize(before);
        scene.ask("d");
        scene.run();
        assertThat(bell.rings).hasSize(before + 1);
    }

    @Test
    void who_asks_after_the_clock_was_put_back_does_not_wait_until_it_is_as_late_again() {
        scene.clock.pass(Duration.ofHours(5));
        Wake wake = scene.ask("d");
        scene.run();
        scene.clock.pass(Duration.ofHours(-5));
        scene.run();
        assertThat(bell.rings).hasSize(1);
        Wake joined = scene.ask("d");
        assertThat(joined.number()).isEqualTo(wake.number());
        assertThat(joined.dueAt()).isEqualTo(scene.clock.instant());
    }

    @Test
    void each_wake_has_the_id_behind_that_of_the_one_before_and_never_0() {
        Wake first = scene.ask("d");
        assertThat(first.notificationId()).isBetween(1, 0xFFFF);
        scene.store.write(records -> {
            records.wakes().put(new Wake(first.number(), "d", first.mode(), "", 0xFFFE, first.createdAt(),
                    first.expiresAt(), first.dueAt(), 0, null, null, null, ""));
            return true;
        });
        scene.desk.cancel("d", first.number());
        Wake second = scene.ask("d");
        assertThat(second.notificationId()).isEqualTo(0xFFFF);
        scene.desk.cancel("d", second.number());
        assertThat(scene.ask("d").notificationId()).isEqualTo(1);
    }

    @Test
    void says_why_nothing_reaches_a_device() {
        assertThat(scene.desk.ask("nobody", WISH)).isEqualTo(new Answer.UnknownDevice());
        scene.with("mute").with("far", new Line("pigeon", "x"), new Line("bell", "y", "moved away"));
        assertThat(scene.desk.objection("mute")).hasValueSatisfying(why -> assertThat(why).contains("reach"));
        assertThat(((Answer.Unreachable) scene.desk.ask("far", WISH)).reason()).contains("pigeon", "it has bell",
                "moved away");
        assertThat(scene.desk.objection("d")).isEmpty();
    }

    @Test
    void a_device_is_not_notified_of_which_the_server_cannot_prove_itself_unless_the_bearer_does_not_care() {
        ScriptedDoorbell windows = new ScriptedDoorbell("any", new Pace(0, 1), true);
        WakeScene open = new WakeScene(WakeRules.USUAL, bell, windows);
        open.with(Device.of(new Account("w", null, List.of(), null,
                Scheme.MD5), "", open.clock.instant()),
                Reach.NONE.with(new Line("bell", "x")));
        assertThat(((Answer.Unreachable) open.desk.ask("w", WISH)).reason()).contains("credentials.server");
        open.store.write(records -> {
            records.wakes().putReach("w", Reach.NONE.with(new Line("bell", "x")).with(new Line("any", "channel")));
            return true;
        });
        Wake wake = open.ask("w");
        open.run();
        assertThat(bell.rings).isEmpty();
        assertThat(windows.rings).singleElement().satisfies(ring -> {
            assertThat(ring.address()).isEqualTo("channel");
            assertThat(ring.wakeId()).isEqualTo(wake.id());
        });
    }

    @Test
    void a_session_that_was_heard_of_answers() throws InterruptedException {
        Wake wake = scene.ask("d");
        scene.run();
        scene.clock.pass(Duration.ofSeconds(3));
        SessionRecord session = scene.session("d", "7");
        scene.told.clear();
        scene.desk.heard(new Event.SessionChanged(session));
        assertThat(scene.told.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new Event.WakeChanged("d", wake.id(), State.ANSWERED, session.number()));
        Wake.End end = scene.now(wake).end();
        assertThat(end).isEqualTo(new Wake.End(scene.clock.instant(), Wake.Outcome.ANSWERED, session.number()));
        scene.run(Duration.ofHours(2));
        assertThat(bell.rings).hasSize(1);
    }

    @Test
    void what_another_node_has_ended_is_not_waited_for_any_more() {
        Wake wake = scene.ask("d");
        assertThat(scene.desk.watching()).isEqualTo(1);
        scene.desk.heard(Event.WakeChanged.of(wake));
        assertThat(scene.desk.watching()).isEqualTo(1);
        scene.desk.heard(new Event.WakeChanged("d", wake.id(), State.ANSWERED, 7L));
        assertThat(scene.desk.watching()).isZero();
    }

    @Test
    void a_session_that_nobody_told_of_is_found_when_it_matters() {
        Wake looked = scene.ask("d");
        scene.run();
        scene.session("d", "1");
        assertThat(scene.desk.look("d", looked.number()).orElseThrow().state()).isEqualTo(State.ANSWERED);
        scene.clock.pass(Duration.ofSeconds(1));
        Wake due = scene.ask("d");
        assertThat(due.number()).isNotEqualTo(looked.number());
        scene.run();
        scene.session("d", "2");
        assertThat(scene.next(due).state()).isEqualTo(State.ANSWERED);
        assertThat(bell.rings).hasSize(2);
    }

    @Test
    void a_session_of_before_or_one_in_which_nothing_was_proved_answers_nothing() {
        SessionRecord before = scene.session("d", "1");
        scene.clock.pass(Duration.ofSeconds(1));
        Wake wake = scene.ask("d");
        assertThat(wake.answer(before)).isEmpty();
        SessionRecord unproved = new SessionRecord(9, "d", "2", 1, scene.clock.instant(), scene.clock.instant(),
                scene.clock.instant(), null, new SessionRecord.Tally("DM 1.2", false, 1, 0),
                SessionRecord.Tracing.NONE);
        assertThat(wake.answer(unproved)).isEmpty();
        assertThat(scene.desk.look("d", wake.number()).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void one_that_was_taken_back_is_not_sent_any_more() {
        Wake wake = scene.ask("d");
        assertThat(scene.desk.cancel("d", wake.number()).orElseThrow().state()).isEqualTo(State.CANCELLED);
        scene.run(Duration.ofDays(1));
        assertThat(bell.rings).isEmpty();
        assertThat(scene.desk.cancel("d", 99)).isEmpty();
        assertThat(scene.desk.cancel("d", wake.number()).orElseThrow()).isEqualTo(scene.now(wake));
    }

    @Test
    void a_bearer_tells_that_the_device_has_it() {
        bell.answers.add(new Result.Taken("r-1"));
        Wake wake = scene.ask("d");
        scene.run();
        assertThat(scene.now(wake).state()).isEqualTo(State.SENT);
        scene.desk.told("other", "r-1", true, "");
        scene.desk.told("bell", "r-2", true, "");
        assertThat(scene.now(wake).state()).isEqualTo(State.SENT);
        scene.clock.pass(Duration.ofSeconds(2));
        scene.desk.told("bell", "r-1", true, "DELIVRD");
        assertThat(scene.now(wake).state()).isEqualTo(State.DELIVERED);
        assertThat(scene.now(wake).deliveredAt()).isEqualTo(scene.clock.instant());
    }

    @Test
    void a_bearer_may_tell_sooner_than_it_returns() {
        scene.desk.told("bell", "early", true, "");
        bell.answers.add(new Result.Taken("early"));
        Wake wake = scene.ask("d");
        scene.run();
        assertThat(scene.now(wake).deliveredAt()).isNotNull();
    }
}
