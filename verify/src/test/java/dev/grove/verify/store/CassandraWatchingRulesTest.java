package dev.grove.verify.store;

import dev.grove.server.fleet.Store;

class CassandraWatchingRulesTest extends WatchingRules {

    @Override
    Store open() {
        return CassandraFixture.empty();
    }
}
