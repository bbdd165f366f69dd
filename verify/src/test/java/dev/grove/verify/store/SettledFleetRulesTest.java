package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the fleet with some of its records in the tables, and some over them. */
class SettledFleetRulesTest extends FleetRules {

    @TempDir
    Path folder;

    @Override
    Store open() {
        return SettledStore.after(2, SqliteStore.open(folder.resolve("grove.db"), Clock.systemUTC()));
    }
}
