package dev.grove.dm1;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * One management session as the server remembers it between two messages: a value that any node may take up. A session
 * is known by the device and the id together; the id alone never keys it.
 *
 * @param deviceId {@code Source/LocURI} of the device's messages
 * @param sessionId as the device wrote it
 * @param isEnded whether nothing more is to be said; repeated messages still get their reply
 * @param expiresAt when the session counts as dead if nothing more is heard
 */
public record SessionState(String deviceId, String sessionId, boolean isEnded, Instant expiresAt) {

    private static final int ENCODING_VERSION = 1;

    /** The stored form: a version byte first, so that a later Grove can read what an earlier one wrote. */
    public Bytes encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(ENCODING_VERSION);
            out.writeUTF(deviceId);
            out.writeUTF(sessionId);
            out.writeBoolean(isEnded);
            out.writeLong(expiresAt.toEpochMilli());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** Reads what {@link #encode} wrote. */
    public static SessionState decode(Bytes stored) throws Malformed {
        try (DataInputStream in = new DataInputStream(stored.stream())) {
            int version = in.readByte();
            if (version != ENCODING_VERSION) {
                throw new Malformed(0, "",
                        "session state of encoding version " + version + ", not " + ENCODING_VERSION);
            }
            return new SessionState(in.readUTF(), in.readUTF(), in.readBoolean(), Instant.ofEpochMilli(in.readLong()));
        } catch (IOException truncated) {
            throw new Malformed(stored.length(), "", "session state ends too early");
        }
    }
}
