package dev.grove.server.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The devices that the server knows, by id. */
public interface Devices {

    Optional<Device> find(String id);

    /** The device whose pre-shared key has this identity. */
    Optional<Device> findByPsk(String identity);

    /** Adds a device; false if its id is taken. */
    boolean add(Device device);

    /** Replaces the device of the same id; false if there is none. */
    boolean put(Device device);

    /** Removes a device with its jobs, sessions, tree and alerts; false if there is none. */
    boolean remove(String id);

    /**
     * Devices of which something should have been heard by now; a device is found so until it is heard of, or noted as
     * silent. It may be a moment behind. A store that does not look for them raises no alarm.
     */
    default List<Device> missed(Instant now, int limit) {
        return List.of();
    }

    /** Devices that are noted as silent, in the order of their ids, behind {@code after}. */
    default List<Device> silent(String after, int limit) {
        return List.of();
    }

    /** How many are noted as silent; it may be a moment behind. */
    default int countSilent() {
        return 0;
    }

    /**
     * Devices in the order of their ids.
     *
     * @param after only ids behind this one; empty for the first page
     * @param query only devices whose id or name holds this text, without regard to the case of ASCII letters; empty
     *     for all
     */
    List<Device> list(String after, int limit, String query);
}
