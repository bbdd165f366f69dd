package dev.grove.verify.store;

import dev.grove.server.fleet.Store;

/** What is over fades by itself here, and names are not searched: {@link CassandraStoreTest} shows both. */
class CassandraStoreContractTest extends StoreContract {

    @Override
    Store open() {
        return CassandraFixture.empty();
    }

    @Override
    boolean forgetsWhenTold() {
        return false;
    }

    @Override
    boolean searches() {
        return false;
    }
}
