package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code grove device --listen}, in this process, until it is closed; what it says can be waited for. */
final class ListeningDevice implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread thread;

    ListeningDevice(String... arguments) {
        PrintWriter out = new PrintWriter(new Lines(), true);
        thread = Thread.ofPlatform().name("listening device").start(
                () -> status.complete(Grove.commandLine().setOut(out).setErr(out).execute(arguments)));
    }

    /** Cuts what is written into lines. */
    private final class Lines extends Writer {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (chars[i] == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append(chars[i]);
                }
            }
        }

        @Override
        public void flush() {
            // lines are handed on when they end
        }

        @Override
        public void close() {
            // likewise
        }
    }

    /** Waits for a line in which the pattern is found, and answers its first group. */
    String await(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("waiting for " + pattern + " after " + seen).isNotNull();
            seen.add(line);
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return matcher.groupCount() == 0 ? line : matcher.group(1);
            }
        }
    }

    /** The port at which it listens for a bearer. */
    int port(String bearer) throws InterruptedException {
        return Integer.parseInt(await("listens on " + bearer + ":127\\.0\\.0\\.1:([0-9]+)"));
    }

    /** Everything that it has said so far and that was waited for. */
    List<String> seen() {
        return seen;
    }

    /** Tells it to end; answers its exit status. */
    int end() throws Exception {
        thread.interrupt();
        return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
        status.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
