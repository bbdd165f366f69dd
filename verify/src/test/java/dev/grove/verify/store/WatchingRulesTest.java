package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@link WatchingRules} on the stores of one process. */
class WatchingRulesTest {

    @Nested
    class InMemory extends WatchingRules {

        @Override
        Store open() {
            return new MemoryStore();
        }
    }

    @Nested
    class Embedded extends WatchingRules {

        @TempDir
        Path folder;

        @Override
        Store open() {
            return SqliteStore.open(folder.resolve("grove.db"), Clock.systemUTC());
        }
    }
}
