package dev.grove.client.store;

/** Keeps the state as long as the process lives: for tests and simulated devices. */
public final class MemoryStore implements DeviceStore {

    private volatile DeviceState state;

    public MemoryStore(DeviceState initial) {
        this.state = initial;
    }

    @Override
    public DeviceState state() {
        return state;
    }

    @Override
    public void commit(DeviceState next) {
        state = next;
    }

    @Override
    public void close() {}
}
