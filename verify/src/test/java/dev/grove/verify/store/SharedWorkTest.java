package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.fleet.EventLog;
import dev.grove.server.fleet.EventLog.Batch;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.postgres.Database;
import dev.grove.server.store.postgres.PostgresStore;
import dev.grove.wire.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes over one store share besides the records. */
class SharedWorkTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Database database = PostgresServer.newDatabase();
    private final Store one = PostgresStore.open(database, Clock.systemUTC());
    private final Store other = PostgresStore.open(database, Clock.systemUTC());

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void one_node_holds_a_lease_until_it_gives_it_back() {
        assertThat(one.leases().hold("w", LONG)).isTrue();
        assertThat(one.leases().hold("w", LONG)).as("prolonged").isTrue();
        assertThat(other.leases().hold("w", LONG)).isFalse();
        assertThat(other.leases().hold("another", LONG)).isTrue();
        other.leases().release("w");
        assertThat(other.leases().hold("w", LONG)).as("nobody gives back what is another's").isFalse();
        one.leases().release("w");
        assertThat(other.leases().hold("w", LONG)).isTrue();
    }

    @Test
    @Timeout(20)
    void a_lease_of_a_node_that_is_gone_is_free_when_its_term_is_over() {
        assertThat(one.leases().hold("w", Duration.ofMillis(300))).isTrue();
        boolean wasRefused = false;
        while (!other.leases().hold("w", LONG)) {
            wasRefused = true;
        }
        assertThat(wasRefused).isTrue();
        assertThat(one.leases().hold("w", LONG)).isFalse();
    }

    @Test
    void events_reach_another_node_once_and_in_order() {
        EventLog told = one.eventLog().orElseThrow();
        EventLog heard = other.eventLog().orElseThrow();
        told.append(new Batch("n", 1, NOW, List.of(new Event.DeviceAdded("a"), new Event.AbortAsked("a", 7))));
        told.append(new Batch("n", 2, NOW, List.of(new Event.DeviceRemoved("a"))));
        assertThat(heard.latest(Map.of(), LONG, 10)).extracting(Batch::number).containsExactly(1L, 2L);
        assertThat(heard.latest(Map.of("n", 1L, "m", 9L), LONG, 10)).containsExactly(
                new Batch("n", 2, NOW, List.of(new Event.DeviceRemoved("a"))));
        assertThat(heard.prune(LONG, 10)).isZero();
        assertThat(heard.prune(Duration.ZERO, 1)).isOne();
        assertThat(heard.latest(Map.of(), LONG, 10)).extracting(Batch::number).containsExactly(2L);
    }

    @Test
    void all_nodes_know_the_secret_that_was_given_first() {
        assertThat(one.secret("s", Bytes.hex("01"))).isEqualTo(Bytes.hex("01"));
        assertThat(other.secret("s", Bytes.hex("02"))).isEqualTo(Bytes.hex("01"));
        assertThat(other.secret("t", Bytes.hex("02"))).isEqualTo(Bytes.hex("02"));
    }
}
