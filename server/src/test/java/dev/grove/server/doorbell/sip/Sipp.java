package dev.grove.server.doorbell.sip;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's sipp, which plays one scenario and says whether all was as it is written there. Where it is not installed,
 * the test is skipped and says so; with {@code GROVE_TEST_SIP=required} it fails.
 */
final class Sipp implements AutoCloseable {

    private final Path folder;
    private final int port;
    private final Process process;

    private Sipp(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** @param transport {@code u1} for UDP, {@code t1} for TCP */
    static Sipp play(String scenario, String transport, Path folder) throws IOException, URISyntaxException {
        Path script = Path
                .of(Objects.requireNonNull(Sipp.class.getResource("/sip/" + scenario + ".xml"), scenario).toURI());
        int port = freePort();
        Process process = new ProcessBuilder(program().toString(), "-sf", script.toString(), "-i", "127.0.0.1", "-p",
                Integer.toString(port), "-t", transport, "-m", "1", "-nostdin", "-timeout", "20s", "-timeout_error",
                "-trace_msg", "-message_file", folder.resolve("messages.log").toString())
                .directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("sipp.log").toFile()).start();
        return new Sipp(folder, port, process);
    }

    int port() {
        return port;
    }

    /** Whether the scenario went as it is written. */
    boolean isContent() throws InterruptedException {
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** What it has sent and received, for people. */
    String messages() throws IOException {
        Path log = folder.resolve("messages.log");
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)
                : "";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Free for both, because a scenario may be played over either. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (BindException taken) {
                Thread.onSpinWait();
            }
        }
    }

    private static Path program() {
        return Stream.of("/usr/bin/sipp", "/usr/local/bin/sipp", "/opt/homebrew/bin/sipp").map(Path::of)
                .filter(Files::isExecutable).findFirst().orElseGet(() -> {
                    String reason = "sipp is not installed (Debian: sip-tester): no SIP peer to send to";
                    if ("required".equals(System.getenv("GROVE_TEST_SIP"))) {
                        fail(reason);
                    }
                    return abort(reason);
                });
    }
}
