package dev.grove.server.doorbell.kannel;

import dev.grove.wire.Bytes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Kannel of Debian's package, in processes of its own: bearerbox, smsbox, wapbox, and fakesmsc, which shows the text
 * messages that come. Where it is not installed the tests are skipped and say so; with
 * {@code GROVE_TEST_KANNEL=required} they fail.
 */
public final class Kannel implements AutoCloseable {

    private static final Pattern MESSAGE = Pattern.compile("Got message [0-9]+: <\\S+ (\\S+) udh (\\S+) data (\\S*)>");

    /** A text message as fakesmsc shows it. */
    public record Shown(String to, Bytes userData) {}

    private final Path folder;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
    private final List<Integer> ports;
    /** A loopback address of its own: its ports for WAP are fixed. */
    private final String address;

    private Kannel(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
        ThreadLocalRandom luck = ThreadLocalRandom.current();
        address = "127." + luck.nextInt(10, 250) + "." + luck.nextInt(250) + ".1";
    }

    /** Starts all of it. */
    public static Kannel start(Path folder) throws IOException, InterruptedException {
        Optional<Path> fakesmsc = program("fakesmsc");
        if (fakesmsc.isEmpty() || Stream.of("bearerbox", "smsbox", "wapbox").anyMatch(it -> program(it).isEmpty())) {
            String trouble = "no Kannel: Debian's packages kannel and kannel-extras are not installed";
            if ("required".equals(System.getenv("GROVE_TEST_KANNEL"))) {
                throw new IllegalStateException(trouble);
            }
            Assumptions.abort(trouble);
        }
        Kannel kannel = new Kannel(folder, freePorts(6));
        try {
            kannel.run();
            return kannel;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            kannel.close();
            throw failed;
        }
    }

    private void run() throws IOException, InterruptedException {
        Path file = folder.resolve("kannel.conf");
        Files.writeString(file, configuration());
        start("bearerbox", file.toString());
        waitFor(ports.get(1));
        waitFor(ports.get(3));
        Process messages = start("fakesmsc", "-H", "127.0.0.1", "-r", Integer.toString(ports.get(3)), "-i", "0.1", "-m",
                "1", "100 200 text hello");
        Thread.ofVirtual().start(() -> read(messages));
        start("smsbox", file.toString());
        start("wapbox", file.toString());
        waitFor(ports.get(4));
        waitFor(ports.get(5));
    }

    /** Where it takes text messages. */
    public URI sendsms() {
        return URI.create("http://127.0.0.1:" + ports.get(4) + "/cgi-bin/sendsms");
    }

    /** Where it takes pushes. */
    public URI wappush() {
        return URI.create("http://127.0.0.1:" + ports.get(5) + "/wappush");
    }

    /** An address of the network in which it sends pushes by UDP. */
    public String neighbour() {
        return address.substring(0, address.length() - 1) + "2";
    }

    /** The next text message. */
    public Shown next() throws InterruptedException {
        Shown next = shown.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("fakesmsc shows no message");
        }
        return next;
    }

    private String configuration() {
        return """
                group = core
                admin-port = %d
                admin-password = admin
                smsbox-port = %d
                wapbox-port = %d
                box-allow-ip = "127.0.0.1"
                wdp-interface-name = "%s"

                group = smsc
                smsc = fake
                smsc-id = fake
                host = 127.0.0.1
                port = %d
                connect-allow-ip = 127.0.0.1

                group = smsbox
                bearerbox-host = 127.0.0.1
                sendsms-port = %d

                group = sendsms-user
                username = grove
                password = secret
                max-messages = 10

                group = sms-service
                keyword = default
                text = "No service"

                group = wapbox
                bearerbox-host = 127.0.0.1

                group = ppg
                ppg-url = /wappush
                ppg-port = %d
                concurrent-pushes = 100
                users = 10

                group = wap-push-user
                wap-push-user = grove
                ppg-username = grove
                ppg-password = secret
                allow-ip = "127.0.0.1"
                """.formatted(ports.get(0), ports.get(1), ports.get(2), address, ports.get(3), ports.get(4),
                ports.get(5));
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(name).orElseThrow().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        if (!name.equals("fakesmsc")) {
            builder.redirectOutput(folder.resolve(name + ".log").toFile());
        }
        Process process = builder.start();
        processes.push(process);
        return process;
    }

    private void read(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line; (line = lines.readLine()) != null;) {
                Matcher message = MESSAGE.matcher(line);
                if (message.find()) {
                    shown.add(new Shown(message.group(1), decoded(message.group(2)).plus(decoded(message.group(3)))));
                }
            }
        } catch (IOException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Bytes decoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '%') {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.write(letter == '+' ? ' ' : letter);
            }
        }
        return Bytes.wrap(out.toByteArray());
    }

    private void waitFor(int port) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < end;) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Process newest = processes.getFirst();
                if (newest.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException("a part of Kannel ended with " + newest.exitValue(), notYet);
                }
            }
        }
        throw new IOException("nobody listens on " + port);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/lib/kannel/test")
                .map(place -> Path.of(place, name)).filter(Files::isExecutable).findFirst();
    }

    @Override
    public void close() {
        while (!processes.isEmpty()) {
            Process process = processes.pop();
            process.destroy();
            if (process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join().isAlive()) {
                process.destroyForcibly().onExit().join();
            }
        }
    }
}
