package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.bench.Load.Measured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Authenticated sessions with five operations on a durable store, between two runs of a constant answer of the same
 * size from the same HTTP server in the same process.
 */
final class SessionsPart {

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
        Duration half = plan.duration().dividedBy(2);
        say("constant answer of " + fleet.answerBytes() + " bytes: warming up");
        fleet.runConstant(load, plan.shortWarmUp());
        Run before = shown("constant answer", server, () -> fleet.runConstant(load, half));
        say("sessions: warming up, and making devices known, each with a job");
        fleet.warmUp(load, plan.warmUp(), plan.shortWarmUp().plus(plan.duration()));
        fleet.run(load, plan.shortWarmUp());
        Run sessions = shown("sessions", server, () -> fleet.run(load, plan.duration()));
        Run after = shown("constant answer", server, () -> fleet.runConstant(load, half));
        say("checking what the devices did");
        fleet.check();
        progress.end();
        return new SessionsFinding(start.protocol().script().spoken(), plan.connections(), fleet.messages(),
                fleet.answerBytes(), List.of(before, after), sessions, firstReply);
    }

    private void say(String step) {
        progress.say(start.data().getFileName() + ": " + step);
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
        say(what + ": " + Math.round(measured.perSecond()) + " messages a second");
        return run;
    }
}
