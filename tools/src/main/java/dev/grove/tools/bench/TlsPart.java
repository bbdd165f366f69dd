package dev.grove.tools.bench;

import dev.grove.client.transport.Tls;
import dev.grove.tools.ProgressLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Handshakes of TLS 1.3 with a key of the curve P-256: by the TLS library alone, both sides in memory on all
 * processors; and by devices that connect for one message each, with a constant answer, to a server on the same
 * processors.
 */
final class TlsPart {

    private static final String PASSWORD_VARIABLE = "GROVE_BENCH_PASSWORD";
    private static final String PASSWORD = "only-for-this-run";
    private static final int ANSWER_BYTES = 300;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Plan plan;
    private final ProgressLine progress;
    private final AtomicInteger peers = new AtomicInteger();

    TlsPart(Plan plan, ProgressLine progress) {
        this.plan = plan;
        this.progress = progress;
    }

    TlsFinding run() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(plan.data().resolve(Part.TLS.toString()));
        Path key = folder.resolve("key.p12");
        makeKey(key);
        SSLContext context = new Tls(key, PASSWORD, key, PASSWORD).context();
        Duration half = plan.duration().dividedBy(2);
        int processors = Runtime.getRuntime().availableProcessors();
        say("handshakes of the library alone");
        rate(processors, plan.warmUp(), () -> new MemoryHandshake(context).run());
        double alone = rate(processors, half, () -> new MemoryHandshake(context).run());
        say("handshakes with the server");
        ServerProcess.Start start = new ServerProcess.Start(folder.resolve("server"), Protocol.WBXML,
                Map.of("dm-key-store", key.toString(), "dm-key-store-password", PASSWORD), plan.javaOptions());
        try (ServerProcess server = ServerProcess.start(start)) {
            server.answerConstantly(ANSWER_BYTES);
            URI url = server.constant();
            // A process of its own, and the other side's way of connecting: both are learned anew.
            rate(plan.connections(), plan.warmUp(), () -> call(url, context, peers.incrementAndGet()));
            double full = rate(plan.connections(), half, () -> call(url, context, peers.incrementAndGet()));
            rate(plan.connections(), half.dividedBy(2), () -> call(url, context, 0));
            double resumed = rate(plan.connections(), half, () -> call(url, context, 0));
            progress.end();
            return new TlsFinding(alone, full, resumed);
        }
    }

    private void say(String step) {
        progress.say(Part.TLS + ": " + step);
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "dm",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass:env",
                PASSWORD_VARIABLE).redirectErrorStream(true);
        keytool.environment().put(PASSWORD_VARIABLE, PASSWORD);
        Process process = keytool.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("no key could be made: " + said.strip());
        }
    }

    /**
     * Connects, sends one message, hears the answer.
     *
     * @param peer by which the library remembers whom it talked to: each time another one, and nothing is resumed
     */
    private static void call(URI url, SSLContext context, int peer) throws IOException {
        Socket plain = new Socket();
        try (plain) {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(url.getHost(), url.getPort()), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(plain, url.getHost(), peer,
                    true); Connection connection = new Connection(url, secured)) {
                secured.setEnabledProtocols(new String[] {"TLSv1.3"});
                connection.exchange(MESSAGE.get());
            }
        }
    }

    private static final ThreadLocal<Template> MESSAGE = ThreadLocal.withInitial(() -> new Template(
            "OMADM-DevID: " + Template.deviceId(1) + "\r\n", new byte[ANSWER_BYTES], false));

    private interface Step {
        void run() throws IOException;
    }

    /** How often a second something can be done by so many at once. */
    private static double rate(int threads, Duration time, Step step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long done = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> repeated(start + time.toNanos(), step)));
            }
            for (Future<Long> one : running) {
                done += one.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a handshake failed: " + failed.getCause(), failed);
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    private static long repeated(long end, Step step) throws IOException {
        long done = 0;
        while (System.nanoTime() - end < 0) {
            step.run();
            done++;
        }
        return done;
    }
}
