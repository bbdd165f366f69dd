package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.postgres.Database;
import dev.grove.server.store.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes, comes back, stands still, or takes no writes: told quickly, and forgotten when it is over. */
class DatabaseTroubleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void keeps_all_it_acknowledged_when_the_database_is_restarted_under_load()
            throws IOException, InterruptedException {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean isOver = new AtomicBoolean();
        EmbeddedPostgres first = PostgresServer.own(folder.resolve("data"), 0);
        int port = first.getPort();
        String url = first.getJdbcUrl("postgres", "postgres");
        try (Store store = PostgresStore.open(Database.of(url, "", "").with(4, PATIENCE), Clock.systemUTC())) {
            CountDownLatch some = new CountDownLatch(60);
            List<Thread> load = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = "device " + i + ".";
                load.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; !isOver.get(); n++) {
                        add(store, name + n, acknowledged);
                        some.countDown();
                    }
                }));
            }
            some.await();
            first.close();
            int before = acknowledged.size();
            try (EmbeddedPostgres again = PostgresServer.own(folder.resolve("data"), port)) {
                assertThat(again.getPort()).isEqualTo(port);
                while (acknowledged.size() < before + 60) {
                    Thread.onSpinWait();
                }
                isOver.set(true);
                for (Thread each : load) {
                    each.join();
                }
                Set<String> found = Set.copyOf(store.<List<String>>read(
                        r -> r.devices().list("", 1_000_000, "").stream().map(d -> d.id()).toList()));
                assertThat(found).containsAll(acknowledged);
            }
        }
    }

    @Test
    @Timeout(60)
    void says_no_quickly_while_the_database_takes_no_writes_and_goes_on_afterwards() throws SQLException {
        Database database = PostgresServer.newDatabase().with(2, PATIENCE);
        try (Store store = PostgresStore.open(database, Clock.systemUTC());
                Connection admin = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = admin.createStatement()) {
            String name = database.url().replaceFirst(".*/([^?/]+).*", "$1");
            statement.execute("alter database " + name + " set default_transaction_read_only = on");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> store.write(r -> r.devices().add(device("a"))))
                        .isInstanceOf(Store.Failure.class);
            }
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter database " + name + " set default_transaction_read_only = off");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
            while (!add(store, "a", ConcurrentHashMap.newKeySet())) {
                Thread.onSpinWait();
            }
            assertThat(store.<Boolean>read(r -> r.devices().find("a").isPresent())).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void waits_for_a_slow_database_no_longer_than_it_was_told() throws SQLException {
        Database database = PostgresServer.newDatabase().with(2, PATIENCE);
        try (Store store = PostgresStore.open(database, Clock.systemUTC());
                Connection admin = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = admin.createStatement()) {
            admin.setAutoCommit(false);
            statement.execute("lock table device in access exclusive mode");
            long begun = System.nanoTime();
            assertThatThrownBy(() -> store.write(r -> r.devices().add(device("a")))).isInstanceOf(Store.Failure.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.multipliedBy(4));
            admin.rollback();
            assertThat(store.<Boolean>write(r -> r.devices().add(device("a")))).isTrue();
        }
    }

    /** Whether it was acknowledged; one that is there already had been written, and its answer was lost. */
    private static boolean add(Store store, String id, Set<String> acknowledged) {
        try {
            store.write(r -> r.devices().add(device(id)));
            acknowledged.add(id);
            return true;
        } catch (Store.Failure down) {
            return false;
        }
    }
}
