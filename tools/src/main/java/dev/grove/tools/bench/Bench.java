package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.bench.Load.Measured;
import dev.grove.tools.bench.Load.Round;
import dev.grove.wire.Malformed;
import dev.grove.tools.simulate.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The session benchmark: authenticated sessions with five operations on the durable store, between two runs of a
 * constant answer of the same size from the same HTTP server in the same process.
 */
public final class Bench {

    // Devices that are made known for each second of the run; if they are used up, the run ends early.
    private static final int DEVICES_A_SECOND = 4000;

    private final Plan plan;
    private final ProgressLine progress;
    private final Script script;
    private final Load load;
    private final AtomicInteger next = new AtomicInteger(1);

    /**
     * What is to be measured.
     *
     * @param data folder of the server
     * @param devices how many have a session at the same time
     * @param warmUp before each measurement
     * @param duration of the measured sessions, and of all measured constant answers together
     * @param javaOptions for the server's virtual machine
     */
    public record Plan(Path data, Protocol protocol, int devices, Duration warmUp, Duration duration,
            List<String> javaOptions) {
        public Plan {
            javaOptions = List.copyOf(javaOptions);
        }
    }

    public Bench(Plan plan, ProgressLine progress) {
        this.plan = plan;
        this.progress = progress;
        this.script = plan.protocol().script();
        this.load = new Load(plan.devices());
    }

    /** The messages of one session, and the mean length of their answers. */
    private record Session(List<Template> messages, int answerBytes) {}

    /** Runs it. */
    public BenchReport run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        progress.say("starting the server");
        try (ServerProcess server = ServerProcess.start(plan.data(), plan.protocol(), plan.javaOptions())) {
            Session session = trySession(server, start);
            int fleet = (int) ((plan.duration().toMillis() + plan.warmUp().toMillis()) * DEVICES_A_SECOND / 1000);
            progress.say("making " + fleet + " devices known, each with a job");
            server.fleet(1, fleet + 1);
            server.answerConstantly(session.answerBytes());
            return measure(server, session, fleet);
        } catch (Malformed e) {
            throw new IOException("the server's answer is malformed: " + e.getMessage(), e);
        }
    }

    private Duration firstReply = Duration.ZERO;

    /** One session by hand: it shows that the script fits, and what the server asks by which numbers. */
    private Session trySession(ServerProcess server, long start) throws IOException, Malformed {
        try (Connection connection = new Connection(server.sessions())) {
            List<Template> messages = script.tried(connection);
            firstReply = Duration.ofNanos(connection.firstAnswerNanos() - start);
            if (server.done(0, 1) != 1) {
                throw new IOException("the first session did not do its job");
            }
            return new Session(messages, connection.answeredBytes() / messages.size());
        }
    }

    private BenchReport measure(ServerProcess server, Session session, int fleet)
            throws IOException, InterruptedException {
        Duration half = plan.duration().dividedBy(2);
        progress.say("constant answer of " + session.answerBytes() + " bytes: warming up");
        load.run(server.constant(), plan.warmUp(), () -> constant(session));
        Run before = shown("constant answer", server,
                () -> load.run(server.constant(), half, () -> constant(session)));
        progress.say("sessions: warming up");
        load.run(server.sessions(), plan.warmUp(), () -> sessions(session, fleet));
        Run sessions = shown("sessions", server,
                () -> load.run(server.sessions(), plan.duration(), () -> sessions(session, fleet)));
        Run after = shown("constant answer", server,
                () -> load.run(server.constant(), half, () -> constant(session)));
        int used = Math.min(next.get(), fleet + 1);
        progress.say("checking what the devices did");
        long done = server.done(1, used);
        progress.end();
        if (done < used - 1) {
            throw new IOException("of " + (used - 1) + " sessions, only " + done + " did their job");
        }
        return new BenchReport(plan, session.messages().size(), session.answerBytes(), List.of(before, after), sessions,
                firstReply);
    }

    /** What was answered, and what it took of the server. */
    record Run(Measured answers, long allocatedBytes, long cpuNanos) {

        long allocatedBytesPerMessage() {
            return allocatedBytes / Math.max(1, answers.messages());
        }

        double cpuMicrosPerMessage() {
            return cpuNanos / 1e3 / Math.max(1, answers.messages());
        }
    }

    private interface Measuring {
        Measured run() throws IOException, InterruptedException;
    }

    private Run shown(String what, ServerProcess server, Measuring measuring) throws IOException, InterruptedException {
        long allocated = server.allocatedBytes();
        long cpu = server.cpuNanos();
        Measured measured = measuring.run();
        Run run = new Run(measured, server.allocatedBytes() - allocated, server.cpuNanos() - cpu);
        progress.say(what + ": " + Math.round(measured.perSecond()) + " messages a second");
        return run;
    }

    /** One device after the other, from the store of those that have a job to do. */
    private Round sessions(Session session, int fleet) {
        List<Template> messages = own(session);
        return (connection, latencies) -> {
            int device = next.getAndIncrement();
            if (device > fleet) {
                return false;
            }
            for (Template message : messages) {
                message.putId(device);
                exchange(connection, message, latencies);
            }
            return true;
        };
    }

    private static Round constant(Session session) {
        List<Template> messages = own(session);
        return (connection, latencies) -> {
            for (Template message : messages) {
                exchange(connection, message, latencies);
            }
            return true;
        };
    }

    /** Copies that one thread may change. */
    private static List<Template> own(Session session) {
        return session.messages().stream().map(Template::copy).toList();
    }

    private static void exchange(Connection connection, Template message, Latencies latencies) throws IOException {
        long sent = System.nanoTime();
        connection.exchange(message);
        latencies.add(System.nanoTime() - sent);
    }
}
