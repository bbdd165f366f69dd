package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteFleetRulesTest extends FleetRules {

    @TempDir
    Path folder;

    @Override
    Store open() {
        return SqliteStore.open(folder.resolve("grove.db"), Clock.systemUTC());
    }
}
