package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.doorbell.Doorbell;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns at a bearer that cannot take all at once: who has one, who keeps it, and who loses it. */
@Timeout(30)
class WakeTurnsTest {

    private static final Duration STEP = Duration.ofMillis(500);

    private final ScriptedDoorbell slow = new ScriptedDoorbell("slow", new Pace(2, 10), false);
    private final ScriptedDoorbell bell = new ScriptedDoorbell("bell");

    private static List<Wake> campaign(WakeScene scene, int devices, Line... lines) {
        return IntStream.range(0, devices).mapToObj(i -> scene.with("d" + i, lines).ask("d" + i)).toList();
    }

    @Test
    void the_second_line_keeps_its_pace_when_the_first_fails_for_all() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell, slow);
        IntStream.range(0, 20).forEach(i -> bell.answers.add(new Result.Failed("down", null)));
        List<Wake> wakes = campaign(scene, 20, new Line("bell", "x"), new Line("slow", "y"));
        scene.run();
        assertThat(slow.rings).hasSize(1);
        assertThat(scene.now(wakes.getLast()).trouble()).isEqualTo("bell: down");
        for (int i = 2; i <= 20; i++) {
            scene.run(STEP);
            assertThat(slow.rings).hasSize(i);
        }
        assertThat(bell.rings).as("a turn is one at the bearer that gave it").hasSize(20);
        assertThat(wakes).allSatisfy(wake -> assertThat(scene.now(wake).state()).isEqualTo(State.SENT));
    }

    @Test
    void a_second_line_that_wants_to_be_left_alone_is_left_alone() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell, slow);
        slow.answers.add(new Result.Failed("no more", Duration.ofMinutes(5)));
        bell.answers.add(new Result.Failed("down", null));
        campaign(scene, 1, new Line("bell", "x"), new Line("slow", "y"));
        scene.run();
        assertThat(slow.rings).hasSize(1);
        bell.answers.add(new Result.Failed("down", null));
        scene.run(Duration.ofMinutes(1));
        assertThat(bell.rings).hasSize(2);
        assertThat(slow.rings).hasSize(1);
    }

    @Test
    void a_turn_given_before_is_worth_nothing_while_the_bearer_wants_to_be_left_alone() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, slow);
        List<Wake> wakes = campaign(scene, 10, new Line("slow", "x"));
        scene.run();
        slow.answers.add(new Result.Failed("no more", Duration.ofMinutes(2)));
        scene.run(STEP);
        assertThat(slow.rings).hasSize(2);
        for (int i = 0; i < 20; i++) {
            scene.run(STEP);
        }
        assertThat(slow.rings).hasSize(2);
        scene.run(Duration.ofMinutes(2));
        for (int i = 0; i < 20; i++) {
            scene.run(STEP);
        }
        assertThat(wakes).allSatisfy(wake -> assertThat(scene.now(wake).attempts()).isPositive());
    }

    @Test
    void who_asks_again_does_not_come_before_others() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, slow);
        campaign(scene, 100, new Line("slow", "x"));
        scene.run();
        assertThat(slow.rings).hasSize(1);
        for (int i = 1; i < 100; i++) {
            scene.ask("d" + i);
        }
        scene.run();
        assertThat(slow.rings).hasSize(1);
        for (int i = 2; i <= 100; i++) {
            scene.run(STEP);
            assertThat(slow.rings).hasSize(i);
        }
    }

    @Test
    void the_turns_of_wakes_that_are_over_are_forgotten() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, slow);
        List<Wake> wakes = campaign(scene, 100, new Line("slow", "x"));
        scene.run();
        assertThat(scene.round.waiting()).isEqualTo(99);
        wakes.forEach(wake -> scene.desk.cancel(wake.deviceId(), wake.number()));
        scene.run(Duration.ofMinutes(5));
        assertThat(scene.round.waiting()).isZero();
    }

    @Test
    void a_bearer_that_is_busy_holds_up_nobody_who_is_not_at_it() {
        WakeScene[] scene = new WakeScene[1];
        Engaged engaged = new Engaged(() -> scene[0].round.run());
        scene[0] = new WakeScene(WakeRules.USUAL, engaged, bell);
        campaign(scene[0], 3, new Line("engaged", "x"));
        scene[0].with("other", new Line("bell", "y")).ask("other");
        scene[0].run();
        assertThat(engaged.rings).hasSize(1);
        assertThat(bell.rings).hasSize(1);
        scene[0].run(Duration.ofSeconds(5));
        scene[0].run(Duration.ofSeconds(5));
        assertThat(engaged.rings).hasSize(3);
    }

    @Test
    void a_device_is_not_rung_again_and_again_while_nobody_can_note_that_it_was() {
        FailingStore disk = new FailingStore();
        Engaged filling = new Engaged(() -> disk.isFull = true);
        WakeScene scene = new WakeScene(disk::over, WakeRules.USUAL, filling);
        List<Wake> wakes = campaign(scene, 1, new Line("engaged", "x"));
        scene.run();
        assertThat(filling.rings).hasSize(1);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> scene.run(STEP)).isInstanceOf(Store.Failure.class);
        }
        assertThat(filling.rings).hasSize(1);
        disk.isFull = false;
        scene.run(STEP);
        assertThat(filling.rings).hasSize(2);
        assertThat(scene.now(wakes.getFirst()).state()).isEqualTo(State.SENT);
    }

    /** Takes one at a time; while it has the first, the next round comes. */
    private static final class Engaged implements Doorbell {

        private final Runnable meanwhile;
        private final List<Ring> rings = new ArrayList<>();

        Engaged(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public String bearer() {
            return "engaged";
        }

        @Override
        public Pace pace() {
            return new Pace(0, 1);
        }

        @Override
        public Optional<String> objection(String address) {
            return Optional.empty();
        }

        @Override
        public Result ring(Ring ring) {
            rings.add(ring);
            if (rings.size() == 1) {
                meanwhile.run();
            }
            return new Result.Taken(null);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
