package dev.grove.server.fleet;

import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The device descriptions (DDF) that people gave for single devices: whole documents, by name ([TND 1.2 §8.5]). */
public interface Descriptions {

    /**
     * What is known of a document without reading it.
     *
     * @param name under which it was given; one of a device's documents
     * @param man maker whom the document names; may be empty
     * @param mod model that the document names; may be empty
     * @param bytes its length
     * @param sha256 of the document, 64 lower-case hexadecimal digits
     */
    record Head(String name, String man, String mod, int bytes, String sha256, Instant at) {}

    /** Keeps a document in place of an earlier one of the same name. */
    void put(String deviceId, Head head, Bytes document);

    /** The documents of a device by name. */
    List<Head> list(String deviceId);

    Optional<Head> find(String deviceId, String name);

    /** The document itself, as it was given. */
    Optional<Bytes> document(String deviceId, String name);

    /** Forgets a document; false if there is none of that name. */
    boolean remove(String deviceId, String name);
}
