package dev.grove.engine;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a stored form in bytes, such as the state of a session. Nodes of two minor versions may take turns in
 * one session: what the later one adds stands at the end, may be absent, and is passed over by the one before. Whatever
 * else changes gets another version.
 */
public final class StateBytes {

    private StateBytes() {}

    /** Writes the parts of a stored state: numbers in seven-bit groups, texts and bytes after their length. */
    public static final class Writer {

        private byte[] buffer;
        private int length;

        public Writer(int capacity) {
            buffer = new byte[capacity];
        }

        public void octet(int value) {
            reserve(1);
            buffer[length++] = (byte) value;
        }

        public void flag(boolean value) {
            octet(value ? 1 : 0);
        }

        /** Small numbers are short; negative ones take ten bytes. */
        public void number(long value) {
            reserve(10);
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                buffer[length++] = (byte) ((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            buffer[length++] = (byte) rest;
        }

        public void text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            reserve(utf8.length);
            System.arraycopy(utf8, 0, buffer, length, utf8.length);
            length += utf8.length;
        }

        /** Written by name: a stored state outlives changes of the enumeration. */
        public void constant(Enum<?> constant) {
            text(constant.name());
        }

        public void bytes(Bytes bytes) {
            number(bytes.length());
            reserve(bytes.length());
            bytes.copyTo(buffer, length);
            length += bytes.length();
        }

        /** A flag, then the value if there is one. */
        public <T> void optional(@Nullable T value, BiConsumer<Writer, T> write) {
            flag(value != null);
            if (value != null) {
                write.accept(this, value);
            }
        }

        /** The number of elements, then each. */
        public <T> void list(List<T> values, BiConsumer<Writer, T> write) {
            number(values.size());
            for (T value : values) {
                write.accept(this, value);
            }
        }

        public Bytes toBytes() {
            return Bytes.wrap(buffer, 0, length);
        }

        private void reserve(int more) {
            if (buffer.length - length < more) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
            }
        }
    }

    /** Reads what {@link Writer} wrote; no length is believed that goes past the end. */
    public static final class Reader {

        private final Bytes stored;
        private int at;

        public Reader(Bytes stored) {
            this.stored = stored;
        }

        /** Reads one part. */
        public interface Part<T> {
            T read(Reader in) throws Malformed;
        }

        /** Whether anything is left. */
        public boolean hasMore() {
            return at < stored.length();
        }

        public int octet() throws Malformed {
            if (at >= stored.length()) {
                throw malformed("ends too early");
            }
            return stored.at(at++) & 0xFF;
        }

        public boolean flag() throws Malformed {
            int value = octet();
            if (value > 1) {
                throw malformed("a flag is 0 or 1");
            }
            return value == 1;
        }

        public long number() throws Malformed {
            long value = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                int group = octet();
                value |= (long) (group & 0x7F) << shift;
                if ((group & 0x80) == 0) {
                    return value;
                }
            }
            throw malformed("a number has ten groups at most");
        }

        /** A number that fits in an int and is not negative. */
        public int count() throws Malformed {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw malformed("a number is out of range");
            }
            return (int) value;
        }

        /** One of the constants of an enumeration, by its name. */
        public <E extends Enum<E>> E constant(E[] all) throws Malformed {
            String name = text();
            for (E constant : all) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw malformed("an unknown constant");
        }

        public String text() throws Malformed {
            return bytes().utf8();
        }

        public Bytes bytes() throws Malformed {
            int length = count();
            if (length > stored.length() - at) {
                throw malformed("a length goes past the end");
            }
            at += length;
            return stored.slice(at - length, at);
        }

        public <T> @Nullable T optional(Part<T> part) throws Malformed {
            return flag() ? part.read(this) : null;
        }

        public <T> List<T> list(Part<T> part) throws Malformed {
            int size = count();
            if (size > stored.length() - at) {
                throw malformed("more elements than bytes");
            }
            List<T> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(part.read(this));
            }
            return values;
        }

        public Malformed malformed(String rule) {
            return new Malformed(at, "stored form", rule);
        }
    }
}
