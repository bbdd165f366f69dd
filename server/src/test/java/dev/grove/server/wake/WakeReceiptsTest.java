package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What bearers tell later. */
class WakeReceiptsTest {

    private final ScriptedDoorbell bell = new ScriptedDoorbell("bell");
    private final ScriptedDoorbell second = new ScriptedDoorbell("second");
    private final WakeScene scene = new WakeScene(WakeRules.USUAL, bell, second);

    private Wake sent(String receipt, Line... lines) {
        bell.answers.add(new Result.Taken(receipt));
        Wake wake = scene.with("d", lines).ask("d");
        scene.run();
        return wake;
    }

    @Test
    void what_a_bearer_could_not_bring_goes_by_the_next_line_at_once() {
        Wake wake = sent("r", new Line("bell", "1"), new Line("second", "2"));
        scene.clock.pass(Duration.ofSeconds(3));
        scene.desk.told("bell", "r", false, "UNDELIV");
        assertThat(scene.now(wake).trouble()).isEqualTo("bell: UNDELIV");
        scene.run();
        assertThat(bell.rings).hasSize(1);
        assertThat(second.rings).hasSize(1);
        assertThat(scene.now(wake).attempts()).isEqualTo(2);
    }

    @Test
    void where_there_is_no_other_line_it_is_tried_again_in_its_time() {
        Wake wake = sent("r", new Line("bell", "1"));
        scene.clock.pass(Duration.ofSeconds(3));
        scene.desk.told("bell", "r", false, "UNDELIV");
        scene.run();
        assertThat(bell.rings).hasSize(1);
        assertThat(scene.next(wake).attempts()).isEqualTo(2);
        assertThat(bell.rings).hasSize(2);
    }

    @Test
    void what_is_told_of_an_attempt_long_past_hurries_nothing() {
        Wake wake = sent("r", new Line("bell", "1"), new Line("second", "2"));
        bell.answers.add(new Result.Failed("busy", null));
        scene.next(wake);
        assertThat(second.rings).as("the line it waits on now").hasSize(1);
        scene.desk.told("bell", "r", false, "EXPIRED");
        scene.run();
        assertThat(bell.rings).hasSize(2);
        assertThat(second.rings).hasSize(1);
    }

    @Test
    void trouble_that_is_told_sooner_than_the_bearer_returns_is_kept() {
        scene.desk.told("bell", "early", false, "gone");
        Wake wake = sent("early", new Line("bell", "1"));
        assertThat(scene.now(wake).trouble()).isEqualTo("bell: gone");
        assertThat(scene.now(wake).state()).isEqualTo(State.SENT);
    }

    @Test
    void a_receipt_that_the_store_could_not_take_counts_when_it_is_told_again() {
        FailingStore disk = new FailingStore();
        WakeScene fragile = new WakeScene(disk::over, WakeRules.USUAL, bell);
        Wake wake = fragile.with("d", new Line("bell", "1")).ask("d");
        fragile.desk.receipts().expect(new ReceiptBook.Receipt("bell", "r"), WakeKey.of(wake));
        disk.isFull = true;
        assertThatThrownBy(() -> fragile.desk.told("bell", "r", true, "")).isInstanceOf(Store.Failure.class);
        disk.isFull = false;
        fragile.desk.told("bell", "r", true, "");
        assertThat(fragile.now(wake).deliveredAt()).isEqualTo(fragile.clock.instant());
    }

    @Test
    void a_wake_that_is_found_over_when_somebody_asks_again_is_told_of() {
        Wake wake = sent("r", new Line("bell", "1"));
        scene.clock.pass(Duration.ofSeconds(3));
        long session = scene.session("d", "7").number();
        scene.told.clear();
        Wake next = scene.ask("d");
        assertThat(scene.told).containsExactly(new Event.WakeChanged("d", wake.id(), State.ANSWERED, session),
                Event.WakeChanged.of(next));
    }

    @Test
    void a_device_that_calls_before_the_bearer_returns_was_sent_something_all_the_same() {
        Wake asked = scene.with("d", new Line("bell", "1")).ask("d");
        bell.answers.add(new Result.Delivered());
        bell.meanwhile = () -> assertThat(scene.desk.end(WakeKey.of(asked),
                new Wake.End(scene.clock.instant(), Wake.Outcome.ANSWERED, 7L))).isPresent();
        scene.run();
        Wake wake = scene.now(asked);
        assertThat(wake.state()).isEqualTo(State.ANSWERED);
        assertThat(wake.attempts()).isEqualTo(1);
        assertThat(wake.deliveredAt()).isNotNull();
        assertThat(wake.dueAt()).as("nothing more is sent").isNull();
    }
}
