package dev.grove.dm2;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The examples and schemas of DM 2.0, {@code golden/dm2/<section>-<what>}: as they stand, but for words that were split
 * at the end of a printed line.
 */
final class Golden {

    private Golden() {}

    static Bytes bytes(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/dm2/" + name), name)) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A body of several parts, with the line ends that it has on the wire. */
    static Bytes multipart(String name) {
        return Bytes.utf8(bytes(name).utf8().replace("\n", "\r\n"));
    }
}
