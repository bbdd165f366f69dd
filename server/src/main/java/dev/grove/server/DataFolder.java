package dev.grove.server;

import dev.grove.server.config.ConfigRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The folder of everything the server keeps. Its owner only may look into it; one server at a time uses it. */
final class DataFolder implements AutoCloseable {

    private static final String TOKEN = "admin-token";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws ConfigRefused if it cannot be made, or another server uses it */
    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder, onlyOwner("rwx------"));
            FileChannel channel = FileChannel.open(folder.resolve("lock"), Set.of(StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE), onlyOwner("rw-------"));
            if (isTaken(channel)) {
                channel.close();
                throw new ConfigRefused("the data folder " + folder + " is used by another server");
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new ConfigRefused("the data folder " + folder + " cannot be used: " + e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    /** The file of the store, readable by its owner only; SQLite gives the files beside it the same rights. */
    Path store() {
        Path file = folder.resolve("grove.db");
        try {
            if (Files.notExists(file)) {
                Files.createFile(file, onlyOwner("rw-------"));
            }
            return file;
        } catch (IOException e) {
            throw new ConfigRefused("the store " + file + " cannot be made: " + e);
        }
    }

    /** The token of the HTTP API; made at the first start. */
    String token(SecureRandom luck) {
        Path file = folder.resolve(TOKEN);
        try {
            if (Files.notExists(file)) {
                byte[] bytes = new byte[32];
                luck.nextBytes(bytes);
                Path half = folder.resolve(TOKEN + ".new");
                Files.deleteIfExists(half);
                Files.createFile(half, onlyOwner("rw-------"));
                Files.writeString(half, HexFormat.of().formatHex(bytes) + "\n");
                Files.move(half, file);
            }
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (token.length() < 16) {
                throw new ConfigRefused("the token in " + file + " is shorter than 16 characters; remove the file to"
                        + " have a new one made");
            }
            return token;
        } catch (IOException e) {
            throw new ConfigRefused("the token file " + file + " cannot be used: " + e);
        }
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("a lock file can be closed", e);
        }
    }
}
