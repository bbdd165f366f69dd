package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;
import static dev.grove.verify.store.Samples.device;
import static dev.grove.verify.store.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Store;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.store.postgres.Database;
import dev.grove.server.store.postgres.PostgresStore;
import dev.grove.wire.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresStoreContractTest extends StoreContract {

    private final Database database = PostgresServer.newDatabase();

    @Override
    Store open() {
        return PostgresStore.open(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    Optional<Store> another() {
        return Optional.of(open());
    }

    @Test
    void shows_another_node_at_once_what_is_written() {
        try (Store other = open()) {
            write(r -> r.devices().add(device("a")));
            assertThat(other.<Boolean>read(r -> r.devices().find("a").isPresent())).isTrue();
        }
    }

    @Test
    void units_of_two_nodes_on_one_device_follow_one_another() {
        write(r -> r.devices().add(device("counter").withName("0")));
        try (Store other = open()) {
            List<CompletableFuture<?>> all = IntStream.range(0, 60).<CompletableFuture<?>>mapToObj(
                    i -> CompletableFuture.runAsync(() -> (i % 2 == 0 ? store : other).write(r -> {
                        int now = Integer.parseInt(r.devices().find("counter").orElseThrow().name());
                        return r.devices().put(device("counter").withName(Integer.toString(now + 1)));
                    }), command -> Thread.ofVirtual().start(command))).toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        }
        assertThat(read(r -> r.devices().find("counter")).orElseThrow().name()).isEqualTo("60");
    }

    /** The node that began the session goes on from what it knows, and learns at the commit that another was faster. */
    @Test
    void what_a_node_has_kept_of_a_session_wins_nothing_against_another_node() {
        Contact.Call kept = new Contact.Call("a", "7", NOW, 9, true);
        write(r -> r.devices().add(device("a")));
        StoredSession begun = write(r -> {
            r.contact(kept);
            return r.sessions().open(session("a", "7"));
        });
        long version = begun.record().version();
        try (Store other = open()) {
            StoredSession theirs = turned(begun, "beef");
            Job job = other.write(r -> {
                assertThat(r.sessions().replace(theirs, version)).isTrue();
                return r.jobs().add(Job.of("a", List.of(get("./A")), new Job.Terms(0, false, null), NOW));
            });
            assertThat(read(r -> r.contact(kept)).session()).as("what it knows").contains(begun);
            boolean wasWritten = write(r -> {
                r.contact(kept);
                return r.sessions().replace(turned(begun, "dead"), version);
            });
            assertThat(wasWritten).as("the write of who was later").isFalse();
            Contact now = read(r -> r.contact(kept));
            assertThat(now.session()).contains(theirs);
            assertThat(now.jobs()).containsExactly(job);
            assertThat(other.<Contact>read(r -> r.contact(kept))).isEqualTo(now);
        }
    }

    private static StoredSession turned(StoredSession session, String state) {
        return new StoredSession(session.record().turned(NOW, NOW.plusSeconds(600), null, session.record().tally()),
                Bytes.hex(state));
    }

    @Test
    void nodes_that_start_at_once_make_one_schema() {
        Database fresh = PostgresServer.newDatabase();
        List<CompletableFuture<PostgresStore>> starting = IntStream.range(0, 3).mapToObj(
                i -> CompletableFuture.supplyAsync(() -> PostgresStore.open(fresh, Clock.systemUTC()))).toList();
        starting.forEach(one -> {
            try (Store opened = one.join()) {
                assertThat(opened.<Boolean>read(r -> r.devices().find("a").isEmpty())).isTrue();
            }
        });
    }

    @Test
    void fails_quickly_and_in_words_without_a_password_where_there_is_no_database() {
        Database nowhere = Database.of("jdbc:postgresql://127.0.0.1:1/none?user=u&password=geheim", "", "").with(2,
                Duration.ofSeconds(1));
        assertThat(nowhere.toString() + nowhere.url()).doesNotContain("geheim");
        assertThatThrownBy(() -> PostgresStore.open(nowhere, Clock.systemUTC())).isInstanceOf(Store.Failure.class)
                .satisfies(failure -> {
                    for (Throwable t = failure; t != null; t = t.getCause()) {
                        assertThat(String.valueOf(t.getMessage())).doesNotContain("geheim");
                    }
                });
    }
}
