package dev.grove.verify.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.grove.tools.Grove", "serve", "--data", data.toString(), "--log-level", "warn"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String dm = after(out.readLine(), "dm listening on ");
        String api = after(out.readLine(), "api listening on ");
        Path token = data.resolve("admin-token");
        return new GroveProcess(process, dm, api, Files.exists(token) ? Files.readString(token).strip() : "");
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
