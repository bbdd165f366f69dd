package dev.grove.client.store;

/** The port behind which a device's state is kept. Used by one thread at a time. */
public interface DeviceStore extends AutoCloseable {

    /** The state of the last commit. */
    DeviceState state();

    /**
     * Makes {@code next} the state. On return it is durable; if it fails, the state is the old one or the new one,
     * whole.
     *
     * @throws StorageException if the disk fails
     */
    void commit(DeviceState next) throws StorageException;

    @Override
    void close() throws StorageException;
}
