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
 * One server with 2 GiB of heap, before and after it has come to know a great fleet: how many sessions a few devices
 * can have with it in a second, how it bears the polling of a part of the fleet, what memory is left in use, and how
 * soon it answers when it is started anew.
 */
final class FleetPart {

    private static final String HEAP = "-Xmx2g";
    /** Whose sessions are counted before and after the others are known. */
    private static final Devices FEW = new Devices(1, 1000);
    private static final int MANY_FROM = FEW.first() + FEW.count();
    /** More than any server has: the next begin as soon as others have ended. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

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
            alive = measure(server);
        }
        say("starting the server again");
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(start)) {
            SteadyLoad load = new SteadyLoad(server.root());
            if (!load.callOnce(MANY_FROM + plan.fleet() - 1, progress)) {
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

    private FleetFinding.Alive measure(ServerProcess server) throws IOException, InterruptedException {
        SteadyLoad fleet = new SteadyLoad(server.root());
        fleet.enrol(server.api(), server.token(), FEW, progress);
        say("as many sessions as can be: warming up");
        fleet.poll(FEW, AT_ONCE, plan.warmUp(), progress);
        Figures before = shown("with few devices known", fleet.poll(FEW, AT_ONCE, plan.duration(), progress));

        long begun = System.nanoTime();
        fleet.enrol(server.api(), server.token(), new Devices(MANY_FROM, plan.fleet()), progress);
        Duration enrolled = Duration.ofNanos(System.nanoTime() - begun);
        fleet.poll(FEW, AT_ONCE, plan.shortWarmUp(), progress);
        Figures after = shown("the same with all known", fleet.poll(FEW, AT_ONCE, plan.duration(), progress));

        // What the compiler has not seen yet: devices that call for the first time.
        say("polling: warming up");
        poll(fleet, 0, plan.warmUp());
        say("polling");
        long cpu = server.cpuNanos();
        Figures steady = poll(fleet, plan.polling(), plan.duration().multipliedBy(2));
        long serverCpu = server.cpuNanos() - cpu;
        return new FleetFinding.Alive(FEW.count(), before, enrolled, after, steady, Duration.ofNanos(serverCpu),
                server.heapBytes());
    }

    private Figures poll(SteadyLoad fleet, int offset, Duration time) throws InterruptedException {
        int polling = Math.min(plan.polling(), plan.fleet() / 2);
        int first = MANY_FROM + Math.min(offset, plan.fleet() - polling);
        return fleet.poll(new Devices(first, polling), plan.poll(), time, progress);
    }

    private Figures shown(String what, Figures figures) {
        say(what + ": " + Math.round(figures.sessionsPerSecond()) + " sessions a second");
        return figures;
    }

    private void say(String step) {
        progress.say(Part.FLEET + ": " + step);
    }
}
