package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.bench.Load.Measured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Authenticated sessions with five operations on a durable store, between two runs of a constant answer of the same
 * size from the same HTTP server in the same process.
 */
final class SessionsPart {

    /** The machine's moods last longer: what is compared is measured in turns. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Plan plan;
    private final ServerProcess.Start start;
    private final ProgressLine progress;
    private final Load load;

    SessionsPart(Plan plan, ServerProcess.Start start, ProgressLine progress) {
        this.plan = plan;
        this.start = start;
        this.progress = progress;
        this.load = new Load(plan.connections());
    }

    SessionsFinding run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        say("starting the server");
        try (ServerProcess server = ServerProcess.start(start)) {
            ScriptedFleet fleet = ScriptedFleet.tried(server, start.protocol().script());
            Duration firstReply = Duration.ofNanos(fleet.firstAnswerNanos() - begun);
            server.answerConstantly(fleet.answerBytes());
            return measure(server, fleet, firstReply);
        }
    }

    private SessionsFinding measure(ServerProcess server, ScriptedFleet fleet, Duration firstReply)
            throws IOException, InterruptedException {
        say("constant answer of " + fleet.answerBytes() + " bytes: warming up");
        fleet.runConstant(load, plan.shortWarmUp());
        say("sessions: warming up, and making devices known, each with a job");
        fleet.warmUp(load, plan.warmUp(), plan.shortWarmUp().plus(plan.duration()));
        fleet.run(load, plan.shortWarmUp());
        say("sessions and constant answers, in turns");
        List<Run> constant = new ArrayList<>();
        Run sessions = Run.NOTHING;
        for (Duration left = plan.duration(); left.isPositive(); left = left.minus(TURN)) {
            Duration turn = left.compareTo(TURN) < 0 ? left : TURN;
            constant.add(measured(server, () -> fleet.runConstant(load, turn.dividedBy(2))));
            sessions = sessions.plus(measured(server, () -> fleet.runToEnd(load, turn)));
        }
        say("checking what the devices did");
        fleet.check();
        progress.end();
        return new SessionsFinding(start.protocol().script().spoken(), plan.connections(), fleet.messages(),
                fleet.answerBytes(), constant, sessions, firstReply);
    }

    private void say(String step) {
        progress.say(start.data().getFileName() + ": " + step);
    }

    /** What was answered, and what it took of the server. */
    record Run(Measured answers, long allocatedBytes, long cpuNanos) {

        static final Run NOTHING = new Run(Measured.NOTHING, 0, 0);

        /** Both, one after the other. */
        Run plus(Run other) {
            return new Run(answers.plus(other.answers), allocatedBytes + other.allocatedBytes,
                    cpuNanos + other.cpuNanos);
        }

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

    private static Run measured(ServerProcess server, Measuring measuring) throws IOException, InterruptedException {
        long allocated = server.allocatedBytes();
        long cpu = server.cpuNanos();
        Measured measured = measuring.run();
        return new Run(measured, server.allocatedBytes() - allocated, server.cpuNanos() - cpu);
    }
}
