package dev.grove.server.store.cassandra;

import dev.grove.wire.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What changes with every write to a page: the marks of the last writes, the newest first. A write is made only while
 * the stamp is as it was read; and a writer who never heard what became of its write finds its mark here, or not.
 *
 * @param bytes 8 for each mark; empty if nothing was ever written
 */
record Stamp(Bytes bytes) {

    static final Stamp NONE = new Stamp(Bytes.EMPTY);
    private static final int MAX_MARKS = 8;

    static Stamp of(@Nullable ByteBuffer stored) {
        if (stored == null) {
            return NONE;
        }
        byte[] copy = new byte[stored.remaining()];
        stored.duplicate().get(copy);
        return new Stamp(Bytes.wrap(copy));
    }

    /** As it is stored; null if nothing was ever written. */
    @Nullable
    ByteBuffer stored() {
        return bytes.isEmpty() ? null : ByteBuffer.wrap(bytes.toArray());
    }

    Stamp then(long mark) {
        Bytes first = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(mark).array());
        return new Stamp(first.plus(bytes.slice(0, Math.min(bytes.length(), (MAX_MARKS - 1) * Long.BYTES))));
    }

    boolean holds(long mark) {
        ByteBuffer marks = ByteBuffer.wrap(bytes.toArray());
        while (marks.remaining() >= Long.BYTES) {
            if (marks.getLong() == mark) {
                return true;
            }
        }
        return false;
    }
}
