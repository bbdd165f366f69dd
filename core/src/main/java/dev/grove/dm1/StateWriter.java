package dev.grove.dm1;

import dev.grove.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a stored state: numbers in seven-bit groups, texts and bytes with their length before them. */
final class StateWriter {

    private byte[] buffer;
    private int length;

    StateWriter(int capacity) {
        buffer = new byte[capacity];
    }

    void octet(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    void flag(boolean value) {
        octet(value ? 1 : 0);
    }

    /** Small numbers are short; negative ones take ten bytes. */
    void number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
    }

    /** Written by name: a stored state outlives changes of the enumeration. */
    void constant(Enum<?> constant) {
        text(constant.name());
    }

    void bytes(Bytes bytes) {
        number(bytes.length());
        reserve(bytes.length());
        bytes.copyTo(buffer, length);
        length += bytes.length();
    }

    /** A flag, then the value if there is one. */
    <T> void optional(@Nullable T value, BiConsumer<StateWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
    }

    /** The number of elements, then each. */
    <T> void list(List<T> values, BiConsumer<StateWriter, T> write) {
        number(values.size());
        for (T value : values) {
            write.accept(this, value);
        }
    }

    Bytes toBytes() {
        return Bytes.wrap(buffer, 0, length);
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
