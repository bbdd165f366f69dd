package dev.grove.server.store.journal;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The journal on the disk: two files that take turns, a segment each. An entry is a head (mark, length, check sum,
 * segment) and its bytes. A file is written over when its turn comes again, since that costs the disk less than
 * growing; an entry of another segment, or one whose check sum is wrong, is the end of what counts.
 */
final class Journal implements AutoCloseable {

    private static final int MARK = 0x47524F56;
    private static final int HEAD_BYTES = 20;
    private static final int GROWTH_BYTES = 4 << 20;
    private static final long KEPT_BYTES = 64L << 20;
    private static final int MAX_BUFFER_BYTES = 1 << 20;

    private final List<FileChannel> files = new ArrayList<>();
    private final ByteBuffer growth = ByteBuffer.allocateDirect(GROWTH_BYTES);
    private ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private long segment;
    private long position;

    /** What a file holds. */
    record Segment(long number, List<Bytes> entries) {}

    /** @param table the file that it stands beside, and whose rights its own files get */
    static Journal open(Path table) throws IOException {
        Journal journal = new Journal();
        for (int i = 0; i < 2; i++) {
            Path file = table.resolveSibling(table.getFileName() + "-redo" + i);
            if (Files.notExists(file)) {
                Files.createFile(file);
                boolean hasRights = Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class);
                if (hasRights) {
                    Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(table));
                }
            }
            journal.files.add(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
        return journal;
    }

    /** What the files hold, the older segment first. */
    List<Segment> segments() throws IOException {
        List<Segment> found = new ArrayList<>();
        for (FileChannel file : files) {
            Segment held = read(file);
            if (!held.entries().isEmpty()) {
                found.add(held);
            }
        }
        found.sort((a, b) -> Long.compare(a.number(), b.number()));
        return found;
    }

    private static Segment read(FileChannel file) throws IOException {
        List<Bytes> entries = new ArrayList<>();
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        long at = 0;
        long number = 0;
        while (fill(file, head.clear(), at)) {
            int mark = head.getInt();
            int length = head.getInt();
            int sum = head.getInt();
            long of = head.getLong();
            boolean isOne = mark == MARK && length >= 0 && length <= file.size() - at - HEAD_BYTES
                    && (entries.isEmpty() || of == number);
            ByteBuffer body = ByteBuffer.allocate(isOne ? length : 0);
            if (!isOne || !fill(file, body, at + HEAD_BYTES) || sum != sum(of, body)) {
                break;
            }
            number = of;
            entries.add(Bytes.wrap(body.array()));
            at += HEAD_BYTES + length;
        }
        return new Segment(number, entries);
    }

    private static boolean fill(FileChannel file, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        buffer.flip();
        return true;
    }

    /** Begins a segment; what its file held before is over. */
    void begin(long number) throws IOException {
        FileChannel next = file(number);
        if (next.size() > KEPT_BYTES) {
            next.truncate(KEPT_BYTES);
        }
        segment = number;
        position = 0;
    }

    long segment() {
        return segment;
    }

    /** How many bytes the segment has so far. */
    long length() {
        return position;
    }

    /** Appends an entry; it is on the disk when this returns. After a failure nothing of it counts. */
    void append(Bytes entry) throws IOException {
        ByteBuffer whole = buffer(HEAD_BYTES + entry.length());
        whole.position(HEAD_BYTES).put(entry.buffer()).flip();
        int sum = sum(segment, whole.slice(HEAD_BYTES, entry.length()));
        whole.putInt(MARK).putInt(entry.length()).putInt(sum).putLong(segment).rewind();
        int length = whole.remaining();
        grow(position + length);
        write(whole, position);
        file().force(false);
        position += length;
    }

    /** Writes where the next entry will stand, nothing that counts: the disk takes it, or the next entry would fail. */
    void probe() throws IOException {
        grow(position + HEAD_BYTES);
        write(ByteBuffer.allocate(HEAD_BYTES), position);
        file().force(false);
    }

    /** Outside of the heap, so that what is written need not be copied there each time. */
    private ByteBuffer buffer(int bytes) {
        if (bytes > MAX_BUFFER_BYTES) {
            return ByteBuffer.allocate(bytes);
        }
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(Math.max(bytes, 2 * buffer.capacity()));
        }
        return buffer.clear();
    }

    /** Grows ahead of need: as long as a file only changes, forcing it does not touch the folder. */
    private void grow(long needed) throws IOException {
        for (long size = file().size(); size < needed; size = file().size()) {
            write(growth.clear(), size);
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += file().write(bytes, at);
        }
    }

    private static int sum(long segment, ByteBuffer body) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(segment).flip());
        sum.update(body);
        return (int) sum.getValue();
    }

    private FileChannel file() {
        return file(segment);
    }

    private FileChannel file(long number) {
        return files.get((int) (number & 1));
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
