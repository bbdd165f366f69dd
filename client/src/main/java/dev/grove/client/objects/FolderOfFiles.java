package dev.grove.client.objects;

import dev.grove.client.store.DurableFile;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of the machine as a sub-tree: folders are interior nodes, files are leaves. Servers may read, add, replace,
 * rename and delete, as their ACL allows.
 *
 * <p>Nothing outside of the folder can be reached: names are spelled in one way only, symbolic links and special files
 * are not there as far as a server can see, and every folder on the way to a file is checked to be a real one. A file
 * is
 * replaced as a whole or not at all.
 *
 * <p>A file that reads as text is {@code chr}, and {@code xml} if it is named so; any other is {@code bin}. One that is
 * larger than the quota allows can be seen and replaced, not read.
 */
public final class FolderOfFiles implements ManagementObject {

    private static final Logger LOG = LoggerFactory.getLogger(FolderOfFiles.class);

    /**
     * How much a server may put into the folder.
     *
     * @param maxFileBytes the largest file that is read or written
     * @param maxTotalBytes all files together
     * @param maxFiles files and folders together
     */
    public record Quota(long maxFileBytes, long maxTotalBytes, int maxFiles) {

        /** 4 MiB a file, 256 MiB in all, 10,000 files. */
        public static final Quota DEFAULT = new Quota(4 << 20, 256 << 20, 10_000);
    }

    private final Path folder;
    private final Quota quota;
    private final String moid;
    private final AtomicLong drafts = new AtomicLong();

    private record Usage(long bytes, int files) {}

    /** @throws IOException if {@code folder} is not there and cannot be made, or is no folder */
    public FolderOfFiles(Path folder, Quota quota) throws IOException {
        this(folder, quota, "");
    }

    /**
     * @param moid the identifier that the folder has as a management object, by which DM 2.0 finds it; empty for none
     * @throws IOException if {@code folder} is not there and cannot be made, or is no folder
     */
    public FolderOfFiles(Path folder, Quota quota, String moid) throws IOException {
        this.moid = moid;
        this.folder = Files.createDirectories(folder).toRealPath();
        this.quota = quota;
        try (Stream<Path> files = Files.walk(this.folder)) {
            // what a crash left behind
            for (Path draft : files.filter(FolderOfFiles::isDraft).toList()) {
                deleteAll(draft);
            }
        }
    }

    /** Free below, as far as the description goes: what may be there is decided change by change. */
    @Override
    public DescriptionNode describe() {
        DescriptionNode described = DescriptionNode.interior("", Access.GET, Access.ADD).withScope(Scope.PERMANENT);
        return moid.isEmpty() ? described : described.withTypes(List.of(moid));
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        Optional<Path> file = existing(path);
        try {
            Optional<Live> live = file.isEmpty() ? Optional.empty() : read(file.get());
            return path.isRoot() && live.isPresent() && live.get() instanceof Live.Interior(String _, var names)
                    ? Optional.of(new Live.Interior(moid, names)) : live;
        } catch (IOException gone) {
            LOG.info("{} could not be read and is not shown: {}", file.get(), gone.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Live> read(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isDirectory()) {
            return Optional.of(new Live.Interior("", names(file)));
        }
        if (!attributes.isRegularFile()) {
            return Optional.empty();
        }
        Bytes content = content(file);
        return Optional.of(content.length() > quota.maxFileBytes()
                ? new Live.WriteOnly(Format.BIN, "application/octet-stream")
                : new Live.Leaf(FileValues.of(file, content)));
    }

    private Bytes content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Bytes.wrap(in.readNBytes((int) Math.min(quota.maxFileBytes() + 1, Integer.MAX_VALUE - 8)));
        }
    }

    private List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(FolderOfFiles::isPlain).map(Path::getFileName)
                    .flatMap(name -> FileNames.nodeName(name.toString()).stream()).sorted().limit(quota.maxFiles())
                    .toList();
        } catch (UncheckedIOException interrupted) {
            throw interrupted.getCause();
        }
    }

    @Override
    public StatusCode check(Change change) {
        try {
            return switch (change) {
                case Change.Add(NodeUri path, Value value) -> checkAdd(path, value);
                case Change.Replace(NodeUri path, Value value) -> checkReplace(path, value);
                case Change.Delete(NodeUri path) -> path.isRoot() ? StatusCode.COMMAND_NOT_ALLOWED : StatusCode.OK;
                case Change.Rename(NodeUri path, String name) -> checkRename(path, name);
            };
        } catch (IOException failed) {
            return failure(change, failed);
        }
    }

    private StatusCode checkAdd(NodeUri path, Value value) throws IOException {
        Optional<Path> file = located(path);
        if (file.isEmpty()) {
            return StatusCode.BAD_REQUEST;
        }
        if (Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            return existing(path).isPresent() ? StatusCode.ALREADY_EXISTS : StatusCode.FORBIDDEN;
        }
        return checkContent(value, 0, 1);
    }

    private StatusCode checkReplace(NodeUri path, Value value) throws IOException {
        Optional<Path> file = existing(path);
        if (file.isEmpty()) {
            return StatusCode.OK; // an earlier change of the same Atomic will have made it; apply looks again
        }
        return checkContent(value, attributes(file.get()).size(), 0);
    }

    private StatusCode checkContent(Value value, long bytesBefore, int moreFiles) throws IOException {
        if (value.format() != Format.NODE && !FileValues.isStorable(value.format())) {
            return StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT;
        }
        if (value.data().length() > quota.maxFileBytes()) {
            return StatusCode.REQUEST_ENTITY_TOO_LARGE;
        }
        Usage usage = usage();
        boolean fits = usage.bytes() - bytesBefore + value.data().length() <= quota.maxTotalBytes()
                && usage.files() + moreFiles <= quota.maxFiles();
        return fits ? StatusCode.OK : StatusCode.DEVICE_FULL;
    }

    private StatusCode checkRename(NodeUri path, String name) {
        Optional<Path> target = path.isRoot() ? Optional.empty() : located(path.parent().child(name));
        if (target.isEmpty()) {
            return path.isRoot() ? StatusCode.COMMAND_NOT_ALLOWED : StatusCode.BAD_REQUEST;
        }
        return Files.exists(target.get(), LinkOption.NOFOLLOW_LINKS) ? StatusCode.ALREADY_EXISTS : StatusCode.OK;
    }

    @Override
    public StatusCode apply(Change change) {
        StatusCode possible = check(change);
        if (!possible.isSuccess()) {
            return possible;
        }
        try {
            return switch (change) {
                case Change.Add(NodeUri path, Value value) -> add(path, value);
                case Change.Replace(NodeUri path, Value value) -> replace(path, value);
                case Change.Delete(NodeUri path) -> delete(path);
                case Change.Rename(NodeUri path, String name) -> rename(path, name);
            };
        } catch (IOException failed) {
            return failure(change, failed);
        }
    }

    private StatusCode add(NodeUri path, Value value) throws IOException {
        Path parent = existing(path.parent()).orElse(null);
        if (parent == null || !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            return StatusCode.NOT_FOUND;
        }
        Path file = located(path).orElseThrow();
        if (value.format() == Format.NODE) {
            Files.createDirectory(file);
            DurableFile.forceFolder(parent);
        } else {
            DurableFile.write(file, draft(parent), value.data());
        }
        return StatusCode.OK;
    }

    private StatusCode replace(NodeUri path, Value value) throws IOException {
        Optional<Path> file = existing(path);
        if (file.isEmpty() || !attributes(file.get()).isRegularFile()) {
            return file.isEmpty() ? StatusCode.NOT_FOUND : StatusCode.COMMAND_NOT_ALLOWED;
        }
        DurableFile.write(file.get(), draft(existing(path.parent()).orElseThrow()), value.data());
        return StatusCode.OK;
    }

    /** A folder vanishes in one step, and is emptied out of sight. */
    private StatusCode delete(NodeUri path) throws IOException {
        Optional<Path> file = existing(path);
        if (file.isEmpty()) {
            return StatusCode.NOT_FOUND;
        }
        Path parent = existing(path.parent()).orElseThrow();
        Path doomed = draft(parent);
        Files.move(file.get(), doomed, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.forceFolder(parent);
        deleteAll(doomed);
        return StatusCode.OK;
    }

    private StatusCode rename(NodeUri path, String name) throws IOException {
        Optional<Path> file = existing(path);
        if (file.isEmpty()) {
            return StatusCode.NOT_FOUND;
        }
        Files.move(file.get(), located(path.parent().child(name)).orElseThrow());
        DurableFile.forceFolder(existing(path.parent()).orElseThrow());
        return StatusCode.OK;
    }

    private Path draft(Path parent) {
        return parent.resolve(FileNames.HIDDEN + ProcessHandle.current().pid() + "-" + drafts.incrementAndGet());
    }

    private static boolean isDraft(Path file) {
        return file.getFileName().toString().startsWith(FileNames.HIDDEN);
    }

    /** Where the file of a node is or would be; empty if the path is not made of proper names. */
    private Optional<Path> located(NodeUri path) {
        Path file = folder;
        for (String segment : path.segments()) {
            Optional<String> name = FileNames.fileName(segment);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            try {
                file = file.resolve(name.get());
            } catch (InvalidPathException notHere) {
                return Optional.empty();
            }
        }
        return Optional.of(file);
    }

    /** The file or folder of a node if it is there, in this very spelling, with nothing but real folders above it. */
    private Optional<Path> existing(NodeUri path) {
        return located(path).filter(file -> isPlain(file) && isReached(file));
    }

    /** The real path has no links in it and tells the real spelling on systems that ignore case. */
    private static boolean isReached(Path file) {
        try {
            return file.toRealPath().toString().equals(file.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isPlain(Path file) {
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Usage usage() throws IOException {
        long[] bytes = {0};
        int[] files = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                files[0]++;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                files[0]++;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return new Usage(bytes[0], files[0] - 1);
    }

    private static void deleteAll(Path start) throws IOException {
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory,
                    @Nullable IOException failed)
                    throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private StatusCode failure(Change change, IOException failed) {
        LOG.warn("{} of {} failed: {}", change.getClass().getSimpleName(), change.path(), failed.toString());
        String message = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space") || message.contains("quota") ? StatusCode.DEVICE_FULL
                : StatusCode.COMMAND_FAILED;
    }
}
