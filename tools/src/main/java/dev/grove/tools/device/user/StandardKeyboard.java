package dev.grove.tools.device.user;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keyboard of the process. Reading a line cannot be given up, so a thread of its own reads on, and a line that
 * comes
 * too late is the answer to the next question.
 */
public final class StandardKeyboard implements TerminalUser.Keyboard {

    private final BlockingQueue<Boolean> wanted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final BufferedReader reader;
    private final Optional<Console> console;
    private boolean isWaiting;

    public StandardKeyboard(InputStream in, Charset charset, Optional<Console> console) {
        this.reader = new BufferedReader(new InputStreamReader(in, charset));
        this.console = console.filter(Console::isTerminal);
        Thread.ofPlatform().daemon().name("keyboard").start(this::read);
    }

    @Override
    public Optional<String> line(Duration patience, boolean hidden) throws InterruptedException {
        if (!isWaiting) {
            wanted.add(hidden);
        }
        Optional<String> line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        isWaiting = line == null;
        return line == null ? Optional.empty() : line;
    }

    private void read() {
        try {
            while (true) {
                Optional<String> line = Optional.ofNullable(next(wanted.take()));
                lines.add(line);
                if (line.isEmpty()) {
                    // the end of the input: whoever asks again gets the same answer
                    wanted.clear();
                }
            }
        } catch (InterruptedException | IOException over) {
            lines.add(Optional.empty());
        }
    }

    private @Nullable String next(boolean hidden) throws IOException {
        if (hidden && console.isPresent()) {
            char[] secret = console.get().readPassword();
            return secret == null ? null : new String(secret);
        }
        return reader.readLine();
    }
}
