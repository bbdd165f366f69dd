package dev.grove.server.store.form;

import dev.grove.wire.Bytes;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in the making, for one thread: without the locks and the last copy of the platform's own. */
final class Growing extends OutputStream {

    private byte[] bytes;
    private int length;

    Growing(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    @Override
    public void write(int octet) {
        room(1);
        bytes[length++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }

    /** What was written; nothing more may be. */
    Bytes taken() {
        return Bytes.wrap(bytes, 0, length);
    }
}
