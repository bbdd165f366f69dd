package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.begin;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.BacklogWatch;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.JobDesk;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SilenceWatch;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked for across the fleet, now and then: silent devices, and what waits. */
abstract class WatchingRules {

    private final List<Event> told = new ArrayList<>();
    private Store store;
    private SilenceWatch silence;

    abstract Store open();

    /** Returns when all that was written is found by every search. */
    private void settle() {
        store.read(records -> records.devices().list("", 1, ""));
    }

    @BeforeEach
    void start() {
        store = open();
        silence = new SilenceWatch(store, told::add);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void tells_once_of_a_device_that_has_been_silent_for_too_long() {
        know("often", Duration.ofHours(2));
        know("rarely", Duration.ofDays(7));
        write(device("once"));
        settle();
        assertThat(silence.sweep(NOW.plus(Duration.ofHours(5)), 10)).isZero();
        assertThat(silence.sweep(NOW.plus(Duration.ofHours(9)), 10)).isEqualTo(1);
        settle();
        assertThat(silence.sweep(NOW.plus(Duration.ofDays(1)), 10)).isZero();
        assertThat(told).containsExactly(new Event.DeviceSilent("often"));
        silence.count();
        assertThat(silence.silent()).isEqualTo(1);
        assertThat(ids(store.read(records -> records.devices().silent("", 9)))).containsExactly("often");
        assertThat(ids(store.read(records -> records.devices().silent("often", 9)))).isEmpty();
    }

    @Test
    void looks_at_no_more_than_it_is_told_to() {
        List.of("a", "b", "c").forEach(id -> know(id, Duration.ofHours(2)));
        settle();
        assertThat(silence.sweep(NOW.plus(Duration.ofDays(1)), 2)).isEqualTo(2);
        settle();
        assertThat(silence.sweep(NOW.plus(Duration.ofDays(1)), 2)).isEqualTo(1);
        assertThat(told).hasSize(3);
    }

    @Test
    void a_device_that_is_heard_of_again_is_silent_no_more() {
        know("d", Duration.ofHours(2));
        settle();
        silence.sweep(NOW.plus(Duration.ofDays(1)), 10);
        SessionCommit.Stored done = (SessionCommit.Stored) new SessionDesk(store, SessionDesk.Rules.USUAL)
                .commit(begin("d", "1", new Fact.Authenticated(null)));
        assertThat(done.events()).contains(new Event.DeviceHeard("d"));
        settle();
        silence.count();
        assertThat(silence.silent()).isZero();
        assertThat(ids(store.read(records -> records.devices().silent("", 9)))).isEmpty();
    }

    @Test
    void says_how_much_waits_and_for_how_long() {
        BacklogWatch watch = new BacklogWatch(store, Clock.fixed(NOW.plusSeconds(90), ZoneOffset.UTC));
        write(device("d"));
        watch.look();
        assertThat(watch.waiting()).isZero();
        assertThat(watch.age()).isZero();
        JobDesk jobs = new JobDesk(store, _ -> {}, 9);
        jobs.submit("d", List.of(get("./A")), Job.Terms.USUAL, NOW);
        jobs.submit("d", List.of(get("./B")), Job.Terms.USUAL, NOW.plusSeconds(30));
        settle();
        watch.look();
        assertThat(watch.waiting()).isEqualTo(2);
        assertThat(watch.age()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void what_is_over_waits_no_more_and_the_next_one_is_the_oldest() {
        BacklogWatch watch = new BacklogWatch(store, Clock.fixed(NOW.plusSeconds(90), ZoneOffset.UTC));
        write(device("d"));
        write(device("e"));
        JobDesk jobs = new JobDesk(store, _ -> {}, 9);
        for (int i = 0; i < 3; i++) {
            jobs.submit("d", List.of(get("./A")), Job.Terms.USUAL, NOW.minusSeconds(30 - i));
        }
        jobs.submit("e", List.of(get("./A")), Job.Terms.USUAL, NOW.minusSeconds(10));
        List<Job> all = store.read(records -> records.jobs().list("d", Slice.first(9)));
        jobs.cancel("d", all.getFirst().number(), NOW);
        settle();
        watch.look();
        assertThat(watch.waiting()).isEqualTo(3);
        assertThat(watch.age()).isEqualTo(Duration.ofSeconds(119));
        store.write(records -> records.devices().remove("d"));
        watch.look();
        assertThat(watch.waiting()).isEqualTo(1);
        assertThat(watch.age()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void a_silent_device_that_is_removed_is_missed_by_nobody() {
        know("d", Duration.ofHours(2));
        know("e", Duration.ofHours(2));
        settle();
        assertThat(silence.sweep(NOW.plus(Duration.ofDays(1)), 1)).isEqualTo(1);
        store.write(records -> records.devices().remove("d"));
        store.write(records -> records.devices().remove("e"));
        silence.count();
        assertThat(silence.silent()).isZero();
        assertThat(silence.sweep(NOW.plus(Duration.ofDays(1)), 9)).isZero();
    }

    private void know(String id, Duration interval) {
        Instant before = NOW.minus(interval);
        write(device(id).seen(before, "DM 1.2").seen(NOW, "DM 1.2"));
    }

    private void write(Device device) {
        store.write(records -> records.devices().add(device));
    }

    private static List<String> ids(List<Device> devices) {
        return devices.stream().map(Device::id).toList();
    }
}
