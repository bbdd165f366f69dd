package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.begin;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.proceed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.SessionCommit;
import dev.grove.server.fleet.SessionDesk;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Situation;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.Tracing;
import dev.grove.server.fleet.TracingDesk;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When messages are kept, over every store. */
abstract class TracingRules {

    private Store store;
    private SessionDesk sessions;
    private TracingDesk desk;

    abstract Store open();

    @BeforeEach
    void start() {
        store = open();
        sessions = new SessionDesk(store, SessionDesk.Rules.USUAL);
        desk = new TracingDesk(store, Tracing.ASKED);
        store.write(records -> records.devices().add(device("d")));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void keeps_nothing_unless_asked() {
        Situation after = turned(begin("d", "1", new Fact.Authenticated(null)));
        assertThat(record(after).tracing()).isEqualTo(SessionRecord.Tracing.NONE);
        assertThat(keeps(after)).isFalse();
        assertThat(store.read(r -> r.sessions().trace("d", record(after).number())).isEmpty()).isTrue();
    }

    @Test
    void a_device_that_is_traced_in_a_living_session_is_so_from_the_next_message_on() {
        Situation before = turned(begin("d", "1", new Fact.Authenticated(null)));
        assertThat(desk.device("d", NOW.plusSeconds(10))).isPresent();
        assertThat(sessions.commit(untraced(proceed(record(before))))).as("a copy of before is none any more")
                .isInstanceOf(SessionCommit.Conflict.class);
        Situation now = load();
        assertThat(keeps(now)).isTrue();
        SessionRecord traced = record(((SessionCommit.Stored) sessions.commit(proceed(record(now)))).after());
        assertThat(traced.tracing()).isEqualTo(SessionRecord.Tracing.KEPT);
        assertThat(store.read(r -> r.sessions().trace("d", traced.number())).size()).isEqualTo(1);
    }

    @Test
    void the_tracing_of_a_device_ends_by_itself_or_when_told() {
        desk.device("d", NOW.plusSeconds(10));
        Device device = Objects.requireNonNull(load().device());
        assertThat(Tracing.ASKED.keeps(device, null, NOW.plusSeconds(9))).isTrue();
        assertThat(Tracing.ASKED.keeps(device, null, NOW.plusSeconds(10))).isFalse();
        assertThat(Tracing.NONE.keeps(device, null, NOW)).isFalse();
        desk.device("d", null);
        assertThat(keeps(load())).isFalse();
        assertThat(desk.device("nobody", NOW)).isEmpty();
    }

    @Test
    void a_turn_does_not_take_back_that_its_device_is_traced() {
        Situation before = turned(begin("d", "1"));
        desk.device("d", NOW.plusSeconds(10));
        sessions.commit(untraced(proceed(record(load()), new Fact.Authenticated(null))));
        assertThat(before.device()).isNotNull();
        assertThat(store.read(r -> r.devices().find("d")).orElseThrow().tracedUntil()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void a_single_session_is_traced_and_no_longer() {
        long number = record(turned(begin("d", "1", new Fact.Authenticated(null)))).number();
        assertThat(desk.session("d", number, true)).isPresent();
        assertThat(keeps(load())).isTrue();
        desk.session("d", number, false);
        assertThat(keeps(load())).isFalse();
        assertThat(desk.session("other", number, true)).isEmpty();
        sessions.commit(untraced(proceed(record(load()), new Fact.Ended(Fact.Reason.COMPLETED, ""))));
        assertThat(desk.session("d", number, true)).as("it is over").isEmpty();
    }

    private Situation turned(SessionCommit commit) {
        return ((SessionCommit.Stored) sessions.commit(untraced(commit))).after();
    }

    /** As a node loads it that has no copy. */
    private Situation load() {
        return new SessionDesk(store, SessionDesk.Rules.USUAL).load("d", "1", NOW);
    }

    private static boolean keeps(Situation situation) {
        return Tracing.ASKED.keeps(Objects.requireNonNull(situation.device()), situation.session(), NOW);
    }

    private static SessionRecord record(Situation situation) {
        return Objects.requireNonNull(situation.session()).record();
    }

    private static SessionCommit untraced(SessionCommit c) {
        return new SessionCommit(c.device(), c.isNewDevice(), c.before(), c.jobs(), c.next(), c.profile(), c.now(),
                List.of());
    }
}
