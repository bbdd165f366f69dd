package dev.grove.verify.store;

import dev.grove.server.fleet.Store;
import dev.grove.server.store.memory.MemoryStore;

class MemoryFleetRulesTest extends FleetRules {

    @Override
    Store open() {
        return new MemoryStore();
    }
}
