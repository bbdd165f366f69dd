package dev.grove.dm1;

import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote; no length is believed that goes past the end. */
final class StateReader {

    private final Bytes stored;
    private int at;

    StateReader(Bytes stored) {
        this.stored = stored;
    }

    /** Reads one part. */
    interface Part<T> {
        T read(StateReader in) throws Malformed;
    }

    int octet() throws Malformed {
        if (at >= stored.length()) {
            throw malformed("ends too early");
        }
        return stored.at(at++) & 0xFF;
    }

    boolean flag() throws Malformed {
        int value = octet();
        if (value > 1) {
            throw malformed("a flag is 0 or 1");
        }
        return value == 1;
    }

    long number() throws Malformed {
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
    int count() throws Malformed {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw malformed("a number is out of range");
        }
        return (int) value;
    }

    /** One of the constants of an enumeration, by its name. */
    <E extends Enum<E>> E constant(E[] all) throws Malformed {
        String name = text();
        for (E constant : all) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw malformed("an unknown constant");
    }

    String text() throws Malformed {
        return bytes().utf8();
    }

    Bytes bytes() throws Malformed {
        int length = count();
        if (length > stored.length() - at) {
            throw malformed("a length goes past the end");
        }
        at += length;
        return stored.slice(at - length, at);
    }

    <T> @Nullable T optional(Part<T> part) throws Malformed {
        return flag() ? part.read(this) : null;
    }

    <T> List<T> list(Part<T> part) throws Malformed {
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

    void end() throws Malformed {
        if (at != stored.length()) {
            throw malformed("something is left over");
        }
    }

    Malformed malformed(String rule) {
        return new Malformed(at, "session state", rule);
    }
}
