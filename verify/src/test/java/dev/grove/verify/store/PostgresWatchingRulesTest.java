package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.postgres.PostgresStore;
import java.time.Clock;

class PostgresWatchingRulesTest extends WatchingRules {

    @Override
    Store open() {
        return PostgresStore.open(PostgresServer.newDatabase(), Clock.systemUTC());
    }
}
