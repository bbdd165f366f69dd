package dev.grove.server.tls;

import dev.grove.wire.Bytes;
import java.util.Optional;

/** Finds pre-shared keys; asked once for each handshake, on any thread, and may wait. */
@FunctionalInterface
public interface PskDirectory {

    /** Knows no keys. */
    PskDirectory EMPTY = identity -> Optional.empty();

    /** A key, and the device that proves itself by it. */
    record Entry(String deviceId, Bytes key) {
        /** Names the device only. */
        @Override
        public String toString() {
            return "Entry[" + deviceId + "]";
        }
    }

    Optional<Entry> find(String identity);
}
