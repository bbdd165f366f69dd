package dev.grove.verify.store;

import static dev.grove.verify.store.Samples.NOW;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.io.TempDir;

/** The contract with every write in the tables before the next. */
class SettledStoreContractTest extends StoreContract {

    @TempDir
    Path folder;

    @Override
    Store open() {
        return SettledStore.after(1, SqliteStore.open(folder.resolve("grove.db"), Clock.fixed(NOW, ZoneOffset.UTC)));
    }
}
