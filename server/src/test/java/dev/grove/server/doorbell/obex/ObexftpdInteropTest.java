package dev.grove.server.doorbell.obex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Flow;
import dev.grove.server.doorbell.Rings;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's obexftpd, which stands on openobex, takes package 0 and keeps it as a file. Its port is fixed, and only root
 * may listen there; where it cannot run the test is skipped and says so, with {@code GROVE_TEST_OBEX=required} it
 * fails.
 */
@Timeout(60)
class ObexftpdInteropTest {

    private static final Path PROGRAM = Path.of("/usr/bin/obexftpd");
    private static final int PORT = 650;
    /** It gives this name to what has none. */
    private static final String TAKEN = "OBEX_PUT_Unknown_object";

    @Test
    void takes_package_0_in_one_packet_and_in_several(@TempDir Path folder) throws Exception {
        Process peer = start(folder);
        try (ObexDoorbell bell = new ObexDoorbell(new ObexSettings(PORT, new Flow(1, 0, Duration.ofSeconds(10))))) {
            assertThat(bell.ring(Rings.to("127.0.0.1"))).isEqualTo(new Result.Delivered());
            assertThat(kept(folder, peer)).isEqualTo(Rings.TRIGGER);
        } finally {
            end(peer);
        }
        Files.delete(folder.resolve(TAKEN));
        Process next = start(folder);
        try (ObexDoorbell bell = new ObexDoorbell(new ObexSettings(PORT, new Flow(1, 0, Duration.ofSeconds(10))))) {
            // It takes packets of 1,024 octets at most; of several it makes no file, whoever sends them.
            Bytes notification = Rings.TRIGGER.plus(Bytes.wrap(new byte[3000]));
            assertThat(bell.ring(Rings.to("127.0.0.1", notification))).isEqualTo(new Result.Delivered());
        } finally {
            end(next);
        }
    }

    /** It writes the file a moment after it has said that it has it. */
    private static Bytes kept(Path folder, Process peer) throws IOException, InterruptedException {
        Path file = folder.resolve(TAKEN);
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); System.nanoTime() < end
                && !peer.waitFor(20, TimeUnit.MILLISECONDS);) {
            if (Files.exists(file) && Files.size(file) > 0) {
                break;
            }
        }
        return Files.exists(file) ? Bytes.wrap(Files.readAllBytes(file)) : Bytes.EMPTY;
    }

    private static Process start(Path folder) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            skip("Debian's package obexftp is not installed");
        }
        if (isOpen()) {
            skip("somebody listens on port " + PORT);
        }
        Process process = new ProcessBuilder(PROGRAM.toString(), "-c", folder.toString(), "-n", Integer.toString(PORT))
                .directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("obexftpd.log").toFile()).start();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10); System.nanoTime() < end;) {
            if (process.waitFor(300, TimeUnit.MILLISECONDS)) {
                skip("obexftpd cannot listen on port " + PORT + ": only root may");
            }
            if (listens()) {
                return process;
            }
        }
        end(process);
        throw new IOException("obexftpd does not listen");
    }

    /** It takes one connection in its life: so nobody may try. */
    private static boolean listens() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/tcp6")).stream()
                .anyMatch(line -> line.matches(".*:028A [0:]+ 0A .*"))
                || Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                        .anyMatch(line -> line.matches(".*:028A [0:]+ 0A .*"));
    }

    private static boolean isOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static void skip(String trouble) {
        if ("required".equals(System.getenv("GROVE_TEST_OBEX"))) {
            throw new IllegalStateException(trouble);
        }
        Assumptions.abort(trouble);
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
