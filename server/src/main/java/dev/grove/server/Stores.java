package dev.grove.server;

import dev.grove.server.config.Config;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.fleet.Store;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.server.store.postgres.Database;
import dev.grove.server.store.postgres.PostgresStore;
import dev.grove.server.store.sqlite.SqliteStore;
import java.time.Clock;

/** Opens the store that the configuration names. */
final class Stores {

    private Stores() {}

    /**
     * @throws ConfigRefused if its address cannot be understood
     * @throws Store.Failure if it cannot be opened
     */
    static Store open(Config.Chosen chosen, DataFolder folder, Clock clock) {
        return switch (chosen.kind()) {
            case MEMORY -> new MemoryStore();
            case SQLITE -> SqliteStore.open(folder.store(), clock);
            case POSTGRES -> PostgresStore.open(database(chosen), clock);
        };
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
