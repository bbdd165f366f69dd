package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.simulate.SteadyLoad;
import dev.grove.tools.simulate.SteadyLoad.Devices;
import dev.grove.tools.simulate.SteadyLoad.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server with 2 GiB of heap that has come to know a great fleet: how many sessions it has in a second beside one that
 * knows a few devices only, how it bears the polling of a part of the fleet, what memory is left in use, and how soon
 * it answers when it is started anew.
 */
final class FleetPart {

    private static final String HEAP = "-Xmx2g";
    /** Devices are numbered from here for each purpose, so that none has been heard of before. */
    private static final int FIRST = 1;

    private final Plan plan;
    private final ProgressLine progress;

    FleetPart(Plan plan, ProgressLine progress) {
        this.plan = plan;
        this.progress = progress;
    }

    FleetFinding run() throws IOException, InterruptedException {
        ServerProcess.Start start = plan.server(Part.FLEET).with(options());
        FleetFinding.Alive alive;
        say("starting the server");
        try (ServerProcess server = ServerProcess.start(start)) {
            alive = measure(server, start);
        }
        say("starting the server again");
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(start)) {
            SteadyLoad load = new SteadyLoad(server.root());
            if (!load.callOnce(FIRST + plan.fleet() - 1, progress)) {
                throw new IOException("the first session after a start was not completed");
            }
            Duration first = Duration.ofNanos(System.nanoTime() - begun);
            progress.end();
            return new FleetFinding(plan, alive, first);
        }
    }

    /** The part's heap is the last word, unless somebody says otherwise. */
    private List<String> options() {
        List<String> options = new ArrayList<>(List.of(HEAP));
        options.addAll(plan.javaOptions());
        return options;
    }

    private FleetFinding.Alive measure(ServerProcess server, ServerProcess.Start start)
            throws IOException, InterruptedException {
        SteadyLoad fleet = new SteadyLoad(server.root());
        long begun = System.nanoTime();
        fleet.enrol(server.api(), server.token(), new Devices(FIRST, plan.fleet()), progress);
        Duration enrolled = Duration.ofNanos(System.nanoTime() - begun);
        FleetTurns.Compared sessions = compare(server, start);
        // What the compiler has not seen yet: devices of all profiles, here and there.
        say("polling: warming up");
        poll(fleet, 0, plan.warmUp());
        say("polling");
        long cpu = server.cpuNanos();
        Figures steady = poll(fleet, plan.polling(), plan.duration().multipliedBy(2));
        long serverCpu = server.cpuNanos() - cpu;
        return new FleetFinding.Alive(enrolled, sessions, steady, Duration.ofNanos(serverCpu), server.heapBytes());
    }

    private FleetTurns.Compared compare(ServerProcess server, ServerProcess.Start start)
            throws IOException, InterruptedException {
        say("starting a server that knows a few devices only");
        try (ServerProcess small = ServerProcess.start(start.in(plan.data().resolve(Part.FLEET + "-few")))) {
            return new FleetTurns(plan, progress).run(small, server);
        }
    }

    private Figures poll(SteadyLoad fleet, int offset, Duration time) throws InterruptedException {
        int polling = Math.min(plan.polling(), plan.fleet() / 2);
        int first = FIRST + Math.min(offset, plan.fleet() - polling);
        return fleet.poll(new Devices(first, polling), plan.poll(), time, progress);
    }

    private void say(String step) {
        progress.say(Part.FLEET + ": " + step);
    }
}
