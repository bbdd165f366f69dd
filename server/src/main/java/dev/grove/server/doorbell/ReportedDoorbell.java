package dev.grove.server.doorbell;

import dev.grove.server.http.HttpHandler;
import java.util.Optional;

/** A bearer that may be told by HTTP what became of notifications. */
public interface ReportedDoorbell extends Doorbell {

    /**
     * Where it is told, on the devices' listener.
     *
     * @param path that nobody guesses: who calls it is believed
     */
    record Door(String path, HttpHandler handler) {
        /** Without the path. */
        @Override
        public String toString() {
            return "Door[]";
        }
    }

    /** Empty if it is told nothing. */
    Optional<Door> door();
}
