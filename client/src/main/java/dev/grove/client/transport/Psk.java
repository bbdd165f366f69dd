package dev.grove.client.transport;

import dev.grove.auth.PreSharedKey;
import dev.grove.tls.PskContext;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** A device that proves itself, and knows its server, by a key that both share ([DM 2.0 §9.2.2], [RFC 4279]). */
public final class Psk {

    private Psk() {}

    /** For {@link HttpOptions#withTls}: TLS 1.2 with this key, and nothing else. */
    public static SSLContext context(PreSharedKey key) {
        return context(key, false);
    }

    /** The same, for a server that can do no better than TLS 1.0 or 1.1. */
    public static SSLContext legacyContext(PreSharedKey key) {
        return context(key, true);
    }

    private static SSLContext context(PreSharedKey key, boolean isOldToo) {
        return PskContext.of(Bytes.utf8(key.identity()).toArray(), key.key().toArray(), isOldToo);
    }

    /**
     * Reads a key from a file: hexadecimal digits or base64.
     *
     * @throws IOException if the file cannot be read or holds no key; the message names the file and never the key
     */
    public static PreSharedKey read(String identity, Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + ": there is no such file", missing);
        }
        Bytes key;
        try {
            key = PreSharedKey.readKey(text);
        } catch (IllegalArgumentException neither) {
            throw new IOException(file + " holds neither hexadecimal digits nor base64");
        }
        try {
            return new PreSharedKey(identity, key);
        } catch (IllegalArgumentException outOfBounds) {
            throw new IOException(file + ": " + outOfBounds.getMessage(), outOfBounds);
        }
    }
}
