package dev.grove.client.store;

import dev.grove.client.store.Journal.Opened;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device's state in a folder, safe against a crash at any moment.
 *
 * <p>The folder holds one journal, {@code tree-000001.grove}: the whole state, then what changed, commit by commit.
 * When
 * the changes have grown large, a new journal {@code tree-000002.grove} is written beside it under another name, forced
 * to the disk and renamed, and the old one goes. At every moment the journal with the highest number is whole but for a
 * torn last record, which was never reported as committed. The file {@code lock} keeps a second process away.
 *
 * <p>The tree holds secrets: folder and files are for their owner only, where the file system knows owners.
 */
public final class PersistentTree implements DeviceStore {

    private static final Logger LOG = LoggerFactory.getLogger(PersistentTree.class);
    private static final String PREFIX = "tree-";
    private static final String SUFFIX = ".grove";
    private static final long LEAST_GARBAGE_BYTES = 1 << 20;

    private final Path folder;
    private final FileChannel lockChannel;
    private long number;
    private Journal journal;
    private long compactAboveBytes;
    private DeviceState state;
    private boolean isBroken;

    private PersistentTree(Path folder, FileChannel lockChannel, Supplier<DeviceState> initial)
            throws IOException, StorageException {
        this.folder = folder;
        this.lockChannel = lockChannel;
        List<Path> journals = journals(folder);
        if (journals.isEmpty()) {
            number = 1;
            state = initial.get();
            journal = writeWhole(number);
        } else {
            Path newest = journals.getLast();
            number = numberOf(newest);
            Opened opened = Journal.open(newest);
            journal = opened.journal();
            state = replay(newest, opened);
        }
        compactAboveBytes = limit();
        removeOthers();
    }

    /**
     * Opens the folder, or makes it.
     *
     * @param initial the state of a device that has none yet
     * @throws StorageException if the folder is in use by another process, cannot be read or is damaged
     */
    public static PersistentTree open(Path folder, Supplier<DeviceState> initial) throws StorageException {
        FileChannel lock = null;
        try {
            createPrivateFolder(folder);
            lock = lock(folder);
            return new PersistentTree(folder, lock, initial);
        } catch (IOException failed) {
            throw closing(lock, failure(folder, failed));
        } catch (StorageException failed) {
            throw closing(lock, failed);
        }
    }

    private static DeviceState replay(Path file, Opened opened) throws IOException, StorageException {
        if (opened.records().isEmpty()) {
            opened.journal().close();
            throw new StorageException(file + " is damaged: its first record is not whole");
        }
        try {
            DeviceState state = StateCodec.readWhole(opened.records().getFirst());
            for (Bytes change : opened.records().subList(1, opened.records().size())) {
                state = StateCodec.readChange(state, change);
            }
            return state;
        } catch (IOException unreadable) {
            opened.journal().close();
            throw new StorageException(file + " cannot be understood: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public DeviceState state() {
        return state;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a tree that is merely equal is cheap to commit, and to compare is not
    public void commit(DeviceState next) throws StorageException {
        if (next.tree() == state.tree() && next.hasMemosOf(state)) {
            return;
        }
        checkUsable();
        try {
            journal.append(StateCodec.change(state, next));
            state = next;
        } catch (IOException failed) {
            throw failure(folder, failed);
        }
        if (journal.lengthBytes() > compactAboveBytes) {
            compactOrGoOn();
        }
    }

    /** The commit is safe already: a full disk only puts the tidying off. */
    private void compactOrGoOn() throws StorageException {
        try {
            compact();
        } catch (StorageException failed) {
            if (isBroken) {
                throw failed;
            }
            LOG.warn("The device's tree could not be written anew, and is kept as it is: {}", failed.getMessage());
            compactAboveBytes += journal.lengthBytes();
        }
    }

    /** Writes the state anew, without its history. */
    public void compact() throws StorageException {
        checkUsable();
        try {
            Journal old = journal;
            journal = writeWhole(number + 1);
            number++;
            old.close();
            compactAboveBytes = limit();
            removeOthers();
        } catch (IOException failed) {
            throw failure(folder, failed);
        }
    }

    private void checkUsable() throws StorageException {
        if (isBroken) {
            throw new StorageException(folder + " must be opened anew: the disk failed in the middle of a change");
        }
    }

    @Override
    public void close() throws StorageException {
        try {
            journal.close();
            lockChannel.close();
        } catch (IOException failed) {
            throw failure(folder, failed);
        }
    }

    /** The journal is complete and durable before it has a name that {@link #open} looks for. */
    private Journal writeWhole(long newNumber) throws IOException {
        Path target = folder.resolve("%s%06d%s".formatted(PREFIX, newNumber, SUFFIX));
        Path draft = folder.resolve(target.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        createPrivateFile(draft);
        Journal written = Journal.create(draft, StateCodec.whole(state));
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            written.close();
            throw failed;
        }
        // From here on the new journal is the one that would be opened: there is no way back to the old one.
        isBroken = true;
        DurableFile.forceFolder(folder);
        isBroken = false;
        return written;
    }

    private long limit() {
        return journal.lengthBytes() + Math.max(LEAST_GARBAGE_BYTES, journal.lengthBytes());
    }

    private void removeOthers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean isOld = isJournal(file) && numberOf(file) != number;
                boolean isDraft = name.startsWith(PREFIX) && name.endsWith(SUFFIX + ".tmp");
                if (isOld || isDraft) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Path> journals(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PersistentTree::isJournal)
                    .sorted(Comparator.comparingLong(PersistentTree::numberOf)).toList();
        }
    }

    private static boolean isJournal(Path file) {
        return file.getFileName().toString().matches(PREFIX + "[0-9]{6,18}" + SUFFIX);
    }

    private static long numberOf(Path journal) {
        String name = journal.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    private static void createPrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (DurableFile.knowsOwners(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void createPrivateFile(Path file) throws IOException {
        Files.createFile(file);
        if (DurableFile.knowsOwners(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static FileChannel lock(Path folder) throws IOException, StorageException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException inThisProcess) {
            throw closing(channel, new StorageException(folder + " is in use by this very process", inThisProcess));
        } catch (IOException failed) {
            throw closing(channel, failure(folder, failed));
        }
        throw closing(channel, new StorageException(folder + " is in use by another process"));
    }

    private static StorageException closing(@Nullable FileChannel channel,
            StorageException failed) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
        return failed;
    }

    private static StorageException failure(Path folder, IOException cause) {
        return new StorageException(folder + ": " + cause.getMessage(), cause);
    }
}
