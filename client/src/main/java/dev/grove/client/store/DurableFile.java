package dev.grove.client.store;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Files that are old or new after a crash, never in between. */
public final class DurableFile {

    private DurableFile() {}

    /**
     * Gives {@code file} the content, under the same permissions as before if it was there: written beside it, forced
     * to
     * the disk, then renamed.
     *
     * @param draft a name in the same folder that nobody else uses
     */
    public static void write(Path file, Path draft, Bytes content) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.toArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            keepPermissions(file, draft);
            channel.force(true);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        Path folder = file.getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    private static void keepPermissions(Path file, Path draft) throws IOException {
        PosixFileAttributeView before = Files.getFileAttributeView(file, PosixFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS);
        if (before != null) {
            try {
                Files.setPosixFilePermissions(draft, before.readAttributes().permissions());
            } catch (NoSuchFileException isNew) {
                // a new file has the permissions that the system gives to new files
            }
        }
    }

    /**
     * Makes the names in a folder durable. Not every system can do that; there, a name is as durable as the system
     * makes
     * it.
     */
    public static void forceFolder(Path folder) throws IOException {
        if (knowsOwners(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Whether the file system has POSIX permissions. */
    static boolean knowsOwners(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix");
    }
}
