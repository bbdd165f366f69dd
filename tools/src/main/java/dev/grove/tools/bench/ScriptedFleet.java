package dev.grove.tools.bench;

import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.bench.Load.Round;
import dev.grove.tools.simulate.Latencies;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Devices that have a job each, and one session by a script in which they do it. One after the other is used up; or the
 * same few come again and again, each time with a new job.
 */
final class ScriptedFleet {

    /** How many sessions a second are reckoned with before there were any. */
    private static final double FIRST_RATE = 4000;
    /** So many times the devices that the rate before would have used up; if they are used up, a run ends early. */
    private static final double PLENTY = 1.5;
    private static final Duration SLICE = Duration.ofSeconds(2);

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

    /**
     * Sessions for a time, during which it shows how fast the store is; then as many devices are made known as
     * {@code then} will want at that rate: on a slow store, to make them known takes longer than to use them up.
     */
    void warmUp(Load load, Duration time, Duration then) throws IOException, InterruptedException {
        double rate = FIRST_RATE;
        for (Duration left = time; left.isPositive(); left = left.minus(SLICE)) {
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            makeReady(rate, slice);
            rate = run(load, slice).perSecond() / messages();
        }
        makeReady(rate, then);
    }

    /** Sees to it that there are as many devices that had no session yet as a time will want. */
    private void makeReady(double rate, Duration time) throws IOException {
        int wanted = (int) Math.ceil(PLENTY * rate * time.toMillis() / 1000);
        // Those who found nothing left to do have counted on.
        int end = next.accumulateAndGet(known, Math::min) + wanted;
        if (end > known) {
            server.fleet(known, end);
            known = end;
        }
    }

    /**
     * Sessions of the first so many devices, and no others, again and again until these have taken so long. Before each
     * of them has its next one, all are given a new job; what that takes does not count.
     */
    Measured runAgain(Load load, int devices, Duration time) throws IOException, InterruptedException {
        Measured all = Measured.NOTHING;
        known = 1 + devices;
        while (all.took().compareTo(time) < 0) {
            server.fleet(1, known);
            next.set(1);
            all = all.plus(run(load, Load.ENDLESS));
        }
        return all;
    }

    /** Sessions for a time. */
    Measured run(Load load, Duration time) throws IOException, InterruptedException {
        return load.run(server.sessions(), time, () -> sessions(known));
    }

    /** The same; and what the server does for them behind the answers is done when this returns. */
    Measured runToEnd(Load load, Duration time) throws IOException, InterruptedException {
        Measured measured = run(load, time);
        server.done(0, 1);
        return measured;
    }

    /** The same messages to whoever gives a constant answer. */
    Measured runConstant(Load load, Duration time) throws IOException, InterruptedException {
        return load.run(server.constant(), time, this::constant);
    }

    /** @throws IOException if not every device that had a session has done its job, or has another one left */
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
