package dev.grove.server.store.form;

import dev.grove.tree.Format;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The small change of the binary forms in the store: texts, values, and whole forms with a version byte in front. */
public final class Stored {

    private static final long NO_TIME = Long.MIN_VALUE;

    private Stored() {}

    /** Writes a form. */
    @FunctionalInterface
    public interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Reads a form. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    public static Bytes encode(int version, Writing form) {
        return encode(version, 256, form);
    }

    /** @param expectedBytes about how long it becomes */
    public static Bytes encode(int version, int expectedBytes, Writing form) {
        Growing bytes = new Growing(expectedBytes);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(version);
            form.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.taken();
    }

    /** @throws IllegalStateException if the bytes are not what this program, or an earlier one, has written */
    public static <T> T decode(int version, Bytes bytes, Reading<T> form) {
        try (DataInputStream in = new DataInputStream(bytes.stream())) {
            int found = in.readByte();
            if (found != version) {
                throw new IllegalStateException("a stored form has version " + found + ", not " + version);
            }
            return form.from(in);
        } catch (IOException truncated) {
            throw new IllegalStateException("a stored form ends too early", truncated);
        }
    }

    public static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            bytes(out, Bytes.utf8(text));
        }
    }

    public static @Nullable String textOrNull(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    public static String text(DataInputStream in) throws IOException {
        String text = textOrNull(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    /** A time, to the millisecond. */
    public static void time(DataOutputStream out, @Nullable Instant time) throws IOException {
        out.writeLong(time == null ? NO_TIME : time.toEpochMilli());
    }

    public static @Nullable Instant timeOrNull(DataInputStream in) throws IOException {
        long millis = in.readLong();
        return millis == NO_TIME ? null : Instant.ofEpochMilli(millis);
    }

    public static Instant time(DataInputStream in) throws IOException {
        Instant time = timeOrNull(in);
        if (time == null) {
            throw new IOException("a time is missing");
        }
        return time;
    }

    public static void value(DataOutputStream out, Value value) throws IOException {
        text(out, value.format().wireName());
        text(out, value.type());
        bytes(out, value.data());
    }

    public static Value value(DataInputStream in) throws IOException {
        String format = text(in);
        String type = text(in);
        return new Value(Format.of(format).orElseThrow(() -> new IOException("unknown format " + format)), type,
                bytes(in));
    }

    public static Bytes bytes(DataInputStream in) throws IOException {
        return Bytes.wrap(in.readNBytes(in.readInt()));
    }

    public static void bytes(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.length());
        bytes.stream().transferTo(out);
    }
}
