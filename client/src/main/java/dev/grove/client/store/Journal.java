package dev.grove.client.store;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of records, each with its length and a checksum, to which records are added one at a time. A record that a
 * crash cut short is at the very end and was never reported as written: it is dropped.
 *
 * <p>Layout: the twelve bytes {@code GROVE-TREE} and a version of two bytes; then for each record its length (4 bytes,
 * big-endian), the CRC-32C of length and content (4 bytes), and the content.
 */
final class Journal implements AutoCloseable {

    static final int VERSION = 1;

    private static final Bytes MAGIC = Bytes.utf8("GROVE-TREE");
    private static final int HEADER_BYTES = 12;
    private static final int FRAME_BYTES = 8;

    private final Path file;
    private final FileChannel channel;
    private long length;
    private boolean broken;

    private Journal(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /** A journal and the records that were found in it. */
    record Opened(Journal journal, List<Bytes> records) {}

    /** Makes a new file that holds one record, and sees to it that it is on the disk. */
    static Journal create(Path file, Bytes first) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        try {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            header.put(MAGIC.toArray()).putShort((short) VERSION).flip();
            writeAll(channel, header, 0);
            Journal journal = new Journal(file, channel, HEADER_BYTES);
            journal.append(first);
            return journal;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Opens a file, reads all its records, and cuts a torn tail off.
     *
     * @throws StorageException if the file is none of ours, or is damaged before its tail
     */
    static Opened open(Path file) throws IOException, StorageException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // one read may bring less than is there
            }
            content.flip();
            checkHeader(file, content);
            List<Bytes> records = new ArrayList<>();
            while (isWhole(content)) {
                records.add(take(content));
            }
            long end = content.position();
            if (content.hasRemaining()) {
                checkTorn(file, content);
                channel.truncate(end);
                channel.force(true);
            }
            return new Opened(new Journal(file, channel, end), records);
        } catch (IOException | StorageException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void checkHeader(Path file, ByteBuffer content) throws StorageException {
        if (content.remaining() < HEADER_BYTES || !MAGIC.equals(bytes(content, MAGIC.length()))) {
            throw new StorageException(file + " is not the tree of a Grove device");
        }
        int version = content.getShort();
        if (version != VERSION) {
            throw new StorageException(file + " has format " + version + "; this program reads format " + VERSION);
        }
    }

    private static boolean isWhole(ByteBuffer content) {
        if (content.remaining() < FRAME_BYTES) {
            return false;
        }
        int size = content.getInt(content.position());
        int sum = content.getInt(content.position() + 4);
        if (size < 0 || size > content.remaining() - FRAME_BYTES) {
            return false;
        }
        return sum == checksum(size, content.slice(content.position() + FRAME_BYTES, size));
    }

    private static Bytes take(ByteBuffer content) {
        int size = content.getInt();
        content.getInt();
        return bytes(content, size);
    }

    private static Bytes bytes(ByteBuffer content, int size) {
        byte[] taken = new byte[size];
        content.get(taken);
        return Bytes.wrap(taken);
    }

    /**
     * Only the last record can be torn: if whole records follow a bad one, the disk has lost what was reported safe.
     */
    private static void checkTorn(Path file, ByteBuffer content) throws StorageException {
        int start = content.position();
        if (content.remaining() >= FRAME_BYTES) {
            int size = content.getInt(start);
            if (size >= 0 && size < content.remaining() - FRAME_BYTES
                    && isWhole(content.slice(start + FRAME_BYTES + size, content.remaining() - FRAME_BYTES - size))) {
                throw new StorageException(file + " is damaged at byte " + start
                        + ": a record there is wrong, and sound ones follow it");
            }
        }
    }

    /** Adds a record; on return it is on the disk. After a failure the file is as it was before. */
    void append(Bytes record) throws IOException {
        if (broken) {
            throw new IOException(file + " could not be brought back in order after an earlier failure; open it anew");
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES + record.length());
        byte[] content = record.toArray();
        frame.putInt(content.length).putInt(checksum(content.length, ByteBuffer.wrap(content))).put(content).flip();
        int written = frame.remaining();
        try {
            writeAll(channel, frame, length);
            channel.force(true);
            length += written;
        } catch (IOException failed) {
            undo(failed);
            throw failed;
        }
    }

    private void undo(IOException failed) {
        try {
            channel.truncate(length);
            channel.force(true);
        } catch (IOException stillFailing) {
            broken = true;
            failed.addSuppressed(stillFailing);
        }
    }

    long lengthBytes() {
        return length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static int checksum(int size, ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(4).putInt(size).flip());
        sum.update(content);
        return (int) sum.getValue();
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
