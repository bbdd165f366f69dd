package dev.grove.server;

import dev.grove.server.config.Config.Keeping;
import dev.grove.server.config.Config;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.cassandra.CassandraAddress;
import dev.grove.server.store.cassandra.CassandraStore;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.server.store.page.PageRecords;
import dev.grove.server.store.postgres.Database;
import dev.grove.server.store.postgres.PostgresStore;
import dev.grove.server.store.sqlite.SqliteStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Opens the store that the configuration names. */
final class Stores {

    /** How late a sweep of a cluster looks at what has expired: longer than a request takes and clocks differ. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private Stores() {}

    /**
     * @throws ConfigRefused if its address cannot be understood
     * @throws Store.Failure if it cannot be opened
     */
    static Store open(Config config, DataFolder folder, Clock clock) {
        Config.Chosen chosen = config.store();
        Keeping keeping = config.keeping();
        return switch (chosen.kind()) {
            case MEMORY -> new MemoryStore();
            case SQLITE -> SqliteStore.open(folder.store(), clock);
            case POSTGRES -> PostgresStore.open(database(chosen), clock);
            case CASSANDRA -> CassandraStore.open(cluster(chosen),
                    new CassandraStore.World(clock, retention(keeping), SETTLING, new SecureRandom()));
        };
    }

    private static PageRecords.Retention retention(Keeping keeping) {
        return new PageRecords.Retention(keeping.traces(), keeping.sessions(), keeping.jobs(), keeping.alerts(),
                Housekeeping.TICKETS_KEPT, keeping.wakes());
    }

    private static CassandraAddress cluster(Config.Chosen chosen) {
        String user = chosen.login().userName();
        try {
            return CassandraAddress.of(chosen.address(),
                    user.isEmpty() ? null : new CassandraAddress.Login(user, chosen.login().password()));
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused("option store: " + e.getMessage());
        }
    }

    private static Database database(Config.Chosen chosen) {
        try {
            return Database.of(chosen.address(), chosen.login().userName(), chosen.login().password())
                    .with(chosen.connections(), chosen.timeout());
        } catch (IllegalArgumentException e) {
            throw new ConfigRefused("option store: " + e.getMessage());
        }
    }
}
