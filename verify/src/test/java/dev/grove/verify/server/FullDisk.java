package dev.grove.verify.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A disk for the data folder of a server, which can be made to take nothing more, and to take everything again. */
interface FullDisk extends AutoCloseable {

    /** Where the data folder may stand. */
    Path folder();

    /** From now on there is no room. */
    void fill(GroveProcess server) throws IOException, InterruptedException;

    /** There is room again. */
    void free(GroveProcess server) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * A file system of 96 MiB in memory, for those who may mount one: root, with the right to administer. For others,
     * and with {@code -Dgrove.disk=limit}, the stand-in.
     */
    static FullDisk best(Path folder) throws InterruptedException {
        Optional<Mounted> mounted = mounted(folder);
        return mounted.isPresent() ? mounted.get() : byLimit(folder);
    }

    /** The file system in memory; absent for those who may mount none. */
    static Optional<Mounted> mounted(Path folder) throws InterruptedException {
        boolean isMounted = !System.getProperty("grove.disk", "").equals("limit")
                && ends("mount", "-t", "tmpfs", "-o", "size=96m,mode=0700", "tmpfs", folder.toString());
        return isMounted ? Optional.of(new Mounted(folder)) : Optional.empty();
    }

    /**
     * A stand-in that needs no rights: the process may write to no file any more, as on a disk that is full or that the
     * system has made read-only after an error. Skipped where there is no {@code prlimit} (util-linux).
     */
    static FullDisk byLimit(Path folder) throws InterruptedException {
        assumeTrue(ends("prlimit", "--version"), "a full disk needs prlimit (util-linux), which is not here");
        return new Limit(folder);
    }

    /** Whether a program ends well. */
    static boolean ends(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    record Limit(Path folder) implements FullDisk {

        @Override
        public void fill(GroveProcess server) throws InterruptedException {
            limit(server, "0:");
        }

        @Override
        public void free(GroveProcess server) throws InterruptedException {
            limit(server, "unlimited:");
        }

        private static void limit(GroveProcess server, String bytes) throws InterruptedException {
            if (server.isRunning() && !ends("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes)) {
                throw new AssertionError("prlimit --fsize=" + bytes + " failed");
            }
        }

        @Override
        public void close() {}
    }

    record Mounted(Path folder) implements FullDisk {

        private static final int BLOCK_BYTES = 4096;

        private Path ballast() {
            return folder.resolve("ballast");
        }

        @Override
        public void fill(GroveProcess server) throws IOException {
            fill();
        }

        @Override
        public void free(GroveProcess server) throws IOException {
            free();
        }

        void free() throws IOException {
            Files.deleteIfExists(ballast());
        }

        /** Whoever fills it. */
        void fill() throws IOException {
            try (OutputStream out = Files.newOutputStream(ballast())) {
                byte[] block = new byte[BLOCK_BYTES];
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                if (Files.getFileStore(folder).getUsableSpace() >= BLOCK_BYTES) {
                    throw full;
                }
            }
        }

        @Override
        public void close() {
            try {
                if (!ends("umount", "--lazy", folder.toString())) {
                    throw new AssertionError("umount " + folder + " failed");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
