package dev.grove.verify.store;

import dev.grove.server.fleet.Store;

class CassandraFleetRulesTest extends FleetRules {

    @Override
    Store open() {
        return CassandraFixture.empty();
    }
}
