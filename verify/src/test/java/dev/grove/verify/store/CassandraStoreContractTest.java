package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import java.util.Optional;

/** What is over fades by itself here, and names are not searched: {@link CassandraStoreTest} shows both. */
class CassandraStoreContractTest extends StoreContract {

    @Override
    Store open() {
        return CassandraFixture.empty();
    }

    @Override
    Optional<Store> another() {
        return Optional.of(CassandraFixture.another());
    }

    @Override
    boolean findsTheLongestDue() {
        return false;
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
