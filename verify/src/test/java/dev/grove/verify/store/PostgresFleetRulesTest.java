package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.postgres.PostgresStore;
import java.time.Clock;

class PostgresFleetRulesTest extends FleetRules {

    @Override
    Store open() {
        return PostgresStore.open(PostgresServer.newDatabase(), Clock.systemUTC());
    }
}
