package dev.grove.tools.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@link BenchServer} in a virtual machine of its own. */
final class ServerProcess implements AutoCloseable {

    /** What {@code grove} gives to {@code serve} and to the benchmark alike, where the machine has it. */
    private static final Set<String> LIKE_SERVE = Set.of("-XX:+UseCompactObjectHeaders",
            "-XX:+UseTransparentHugePages");

    private final Process process;
    private final BufferedReader in;
    private final PrintStream out;
    private final URI sessions;
    private final URI constant;
    private final String api;
    private final String token;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String[] ready = line().split(" ", -1);
        if (ready.length != 5 || !ready[0].equals("ready")) {
            throw new IOException("the server of the benchmark did not start: " + ready[0]);
        }
        sessions = URI.create(ready[1]);
        constant = URI.create(ready[2]);
        api = ready[3];
        token = ready[4];
    }

    /**
     * Which server is to be started.
     *
     * @param data its folder
     * @param protocol what its devices speak
     * @param settings options of the server beside those that are the benchmark's
     * @param javaOptions for its virtual machine
     */
    record Start(Path data, Protocol protocol, Map<String, String> settings, List<String> javaOptions) {

        Start {
            settings = Map.copyOf(settings);
            javaOptions = List.copyOf(javaOptions);
        }

        /** The same in another folder. */
        Start in(Path folder) {
            return new Start(folder, protocol, settings, javaOptions);
        }

        Start with(List<String> options) {
            return new Start(data, protocol, settings, options);
        }

        Start with(Map<String, String> options) {
            return new Start(data, protocol, options, javaOptions);
        }
    }

    static ServerProcess start(Start start) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(LIKE_SERVE::contains)
                .toList());
        command.addAll(start.javaOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchServer.class.getName(),
                start.data().toString(), start.protocol().name()));
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        // Passwords are no arguments: others could see them.
        String settings = start.settings().entrySet().stream().map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("\t"));
        process.getOutputStream().write((settings + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        try {
            return new ServerProcess(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where devices call. */
    URI sessions() {
        return sessions;
    }

    /** Where the constant answer is. */
    URI constant() {
        return constant;
    }

    /** Scheme, host and port of where devices call. */
    String root() {
        return sessions.getScheme() + "://" + sessions.getRawAuthority();
    }

    /** Where people and programs administer, and their token. */
    String api() {
        return api;
    }

    String token() {
        return token;
    }

    /** Makes devices known, each with a job. */
    void fleet(int from, int to) throws IOException {
        ask("fleet " + from + " " + to);
    }

    /** How many of the devices have done their job. */
    long done(int from, int to) throws IOException {
        return ask("done " + from + " " + to);
    }

    void answerConstantly(int bytes) throws IOException {
        ask("constant " + bytes);
    }

    /** The bytes that all threads of the server have allocated since it started. */
    long allocatedBytes() throws IOException {
        return ask("allocated");
    }

    /** The nanoseconds of processor time that the server has taken since it started. */
    long cpuNanos() throws IOException {
        return ask("cpu");
    }

    /** The bytes of the server's heap that are in use after garbage was collected. */
    long heapBytes() throws IOException {
        return ask("heap");
    }

    private long ask(String command) throws IOException {
        out.println(command);
        String answer = line();
        try {
            return Long.parseLong(answer);
        } catch (NumberFormatException e) {
            throw new IOException("the server of the benchmark said: " + answer, e);
        }
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server of the benchmark has ended");
        }
        return line;
    }

    @Override
    public void close() {
        out.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
