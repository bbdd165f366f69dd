package dev.grove.mo;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The documents under {@code golden/}. */
final class Golden {

    private Golden() {}

    /** The document; of one in hexadecimal, the bytes. */
    static Bytes bytes(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
            byte[] content = in.readAllBytes();
            return name.endsWith(".hex")
                    ? Bytes.hex(new String(content, StandardCharsets.US_ASCII).replaceAll("\\s", ""))
                    : Bytes.utf8(new String(content, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
