package dev.grove.verify.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code grove serve} in a process of its own, which can be killed. */
final class GroveProcess implements AutoCloseable {

    private final Process process;
    private final String dm;
    private final String api;
    private final String token;

    private GroveProcess(Process process, String dm, String api, String token) {
        this.process = process;
        this.dm = dm;
        this.api = api;
        this.token = token;
    }

    /** Starts a server over a data folder; it answers when this returns. */
    static GroveProcess start(Path data, String... options) throws IOException {
        Process process = new ProcessBuilder(command(data, options)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String dm = after(out.readLine(), "dm listening on ");
        String api = after(out.readLine(), "api listening on ");
        Path token = data.resolve("admin-token");
        return new GroveProcess(process, dm, api, Files.exists(token) ? Files.readString(token).strip() : "");
    }

    /** What the process says that is to serve a data folder and cannot; behind it, its exit status. */
    static String refusal(Path data, List<String> before, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(data, options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String all = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            return all + "exit status " + process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path data, String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.grove.tools.Grove", "serve", "--data", data.toString()));
        command.addAll(List.of(options));
        if (!command.contains("--log-level")) {
            command.addAll(List.of("--log-level", "warn"));
        }
        return command;
    }

    private static String after(@Nullable String line, String start) {
        if (line == null || !line.startsWith(start)) {
            throw new AssertionError("expected a line that begins with '" + start + "', found " + line);
        }
        return line.substring(start.length());
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    String dm() {
        return dm;
    }

    String api() {
        return api;
    }

    String token() {
        return token;
    }

    long pid() {
        return process.pid();
    }

    /** Bytes of its heap that are in use after a collection, which is asked for. */
    double liveHeapBytes(HttpClient http) throws IOException, InterruptedException {
        Process collection = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()), "GC.run").redirectErrorStream(true).start();
        String said = new String(collection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (collection.waitFor() != 0) {
            throw new AssertionError("jcmd: " + said);
        }
        return figure(http, "jvm_memory_used_bytes\\{area=\"heap\"[^}]*\\}");
    }

    /** The sum of a metric's values. */
    double figure(HttpClient http, String name) throws IOException, InterruptedException {
        Matcher values = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE)
                .matcher(get(http, "/metrics").body());
        double sum = 0;
        while (values.find()) {
            sum += Double.parseDouble(values.group(1));
        }
        return sum;
    }

    /** What the administration listener says to anybody. */
    HttpResponse<String> get(HttpClient http, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(api + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Ends it as a power failure would: {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it as a person would; returns the exit status. */
    int stop() throws InterruptedException {
        askToStop();
        return awaitEnd();
    }

    /** Asks it to end, by SIGTERM. */
    void askToStop() {
        process.destroy();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until it has ended; returns the exit status. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
