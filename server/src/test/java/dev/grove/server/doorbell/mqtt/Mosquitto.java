package dev.grove.server.doorbell.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Debian's mosquitto as a process of its own. Where it is not installed, the test is skipped and says so; with
 * {@code GROVE_TEST_MQTT=required} it fails.
 */
final class Mosquitto implements AutoCloseable {

    static final String USER = "grove";
    static final String PASSWORD = "not-to-be-seen";

    private final Path folder;
    private final int port;
    private Process process;

    private Mosquitto(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** A broker that lets the server publish below {@code grove/}, and devices read what is theirs. */
    static Mosquitto start(Path folder) throws IOException, InterruptedException {
        return start(folder, "");
    }

    /** @param more lines of its configuration */
    static Mosquitto start(Path folder, String more) throws IOException, InterruptedException {
        Path program = program("mosquitto");
        Path passwords = folder.resolve("passwords");
        run(program("mosquitto_passwd").toString(), "-b", "-c", passwords.toString(), USER, PASSWORD);
        run(program("mosquitto_passwd").toString(), "-b", passwords.toString(), "device", PASSWORD);
        Files.writeString(folder.resolve("acl"), "user grove\ntopic write grove/#\nuser device\ntopic read grove/#\n");
        int port = freePort();
        Files.writeString(folder.resolve("mosquitto.conf"), String.format(Locale.ROOT, """
                user root
                listener %d 127.0.0.1
                allow_anonymous false
                password_file %s
                acl_file %s
                %s
                """, port, passwords, folder.resolve("acl"), more));
        Mosquitto broker = new Mosquitto(folder, port, launched(program, folder));
        broker.awaitListening();
        return broker;
    }

    int port() {
        return port;
    }

    /** Ends it at once, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    void startAgain() throws IOException {
        process = launched(program("mosquitto"), folder);
        awaitListening();
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("mosquitto.log"));
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitListening() throws IOException {
        for (int i = 0; i < 400; i++) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(25_000_000);
            }
        }
        fail("mosquitto does not listen: " + log());
    }

    private static Process launched(Path program, Path folder) throws IOException {
        return new ProcessBuilder(program.toString(), "-v", "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile())).start();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static Path program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin")
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst()
                .orElseGet(() -> {
                    String reason = name + " is not installed (Debian: mosquitto): no broker to publish to";
                    if ("required".equals(System.getenv("GROVE_TEST_MQTT"))) {
                        fail(reason);
                    }
                    return abort(reason);
                });
    }
}
