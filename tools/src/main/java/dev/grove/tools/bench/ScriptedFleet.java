package dev.grove.tools.bench;

import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.bench.Load.Round;
import dev.grove.tools.simulate.Latencies;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Devices that have a job each, and one session by a script in which they do it: one after the other is used up. */
final class ScriptedFleet {

    // Devices that are made known for each second of a run; if they are used up, the run ends early.
    private static final int DEVICES_A_SECOND = 4000;

    private final ServerProcess server;
    private final List<Template> messages;
    private final int answerBytes;
    private final long firstAnswerNanos;
    private final AtomicInteger next = new AtomicInteger(1);
    private int known = 1;

    private ScriptedFleet(ServerProcess server, List<Template> messages, Connection first) {
        this.server = server;
        this.messages = messages;
        this.answerBytes = first.answeredBytes() / messages.size();
        this.firstAnswerNanos = first.firstAnswerNanos();
    }

    /** One session by hand: it shows that the script fits, and what the server asks by which numbers. */
    static ScriptedFleet tried(ServerProcess server, Script script) throws IOException {
        try (Connection connection = new Connection(server.sessions())) {
            List<Template> messages = script.tried(connection);
            if (server.done(0, 1) != 1) {
                throw new IOException("the first session did not do its job");
            }
            return new ScriptedFleet(server, messages, connection);
        } catch (Malformed e) {
            throw new IOException("the server's answer is malformed: " + e.getMessage(), e);
        }
    }

    /** How many messages a session has. */
    int messages() {
        return messages.size();
    }

    /** The mean length of the server's answers in a session. */
    int answerBytes() {
        return answerBytes;
    }

    /** When the first answer had come, as {@link System#nanoTime} tells it. */
    long firstAnswerNanos() {
        return firstAnswerNanos;
    }

    /** Makes as many devices known as can be used up in a time; answers how many those are. */
    int grow(Duration time) throws IOException {
        int more = (int) (time.toMillis() * DEVICES_A_SECOND / 1000);
        server.fleet(known, known + more);
        known += more;
        return more;
    }

    /** Sessions for a time. */
    Measured run(Load load, Duration time) throws IOException, InterruptedException {
        return load.run(server.sessions(), time, () -> sessions(known));
    }

    /** The same messages to whoever gives a constant answer. */
    Measured runConstant(Load load, Duration time) throws IOException, InterruptedException {
        return load.run(server.constant(), time, this::constant);
    }

    /** @throws IOException if not every device that had a session has done its job */
    void check() throws IOException {
        int used = Math.min(next.get(), known);
        long done = server.done(1, used);
        if (done < used - 1) {
            throw new IOException("of " + (used - 1) + " sessions, only " + done + " did their job");
        }
    }

    private Round sessions(int end) {
        List<Template> own = own();
        return (connection, latencies) -> {
            int device = next.getAndIncrement();
            if (device >= end) {
                return false;
            }
            for (Template message : own) {
                message.putId(device);
                exchange(connection, message, latencies);
            }
            return true;
        };
    }

    private Round constant() {
        List<Template> own = own();
        return (connection, latencies) -> {
            for (Template message : own) {
                exchange(connection, message, latencies);
            }
            return true;
        };
    }

    /** Copies that one thread may change. */
    private List<Template> own() {
        return messages.stream().map(Template::copy).toList();
    }

    private static void exchange(Connection connection, Template message, Latencies latencies) throws IOException {
        long sent = System.nanoTime();
        connection.exchange(message);
        latencies.add(System.nanoTime() - sent);
    }
}
