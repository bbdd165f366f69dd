package dev.grove.tools.bench;

import dev.grove.tools.ProgressLine;
import dev.grove.tools.bench.Load.Measured;
import java.io.IOException;
import java.time.Duration;

/**
 * The same sessions of the same few devices with two servers in turns: one knows these devices only, the other a great
 * fleet beside them. Both are as old and have heard as much, so that neither the compiler nor the machine's moods tell
 * them apart.
 */
final class FleetTurns {

    /** Long beside what a server still does when its turn is over. */
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final int FEW = 1000;

    private final Plan plan;
    private final ProgressLine progress;
    private final Load load;
    private final int devices;

    FleetTurns(Plan plan, ProgressLine progress) {
        this.plan = plan;
        this.progress = progress;
        this.load = new Load(plan.connections());
        // Fewer than a great fleet has, however small that is.
        this.devices = Math.clamp(plan.fleet() / 100, 1, FEW);
    }

    /**
     * What came of it.
     *
     * @param devices how many had sessions
     */
    record Compared(int devices, Side few, Side many) {

        /** Sessions with the great fleet known, as a share of those without. */
        double share() {
            return many.sessions().perSecond() / Math.max(1, few.sessions().perSecond());
        }
    }

    /**
     * One of the servers.
     *
     * @param cpuNanos what it took all the time, its jobs and the other's turns included
     */
    record Side(Measured sessions, long cpuNanos) {

        double cpuMicrosPerMessage() {
            return cpuNanos / 1e3 / Math.max(1, sessions.messages());
        }
    }

    Compared run(ServerProcess few, ServerProcess many) throws IOException, InterruptedException {
        Script script = Part.FLEET.protocol().script();
        Player one = new Player(few, ScriptedFleet.tried(few, script));
        Player other = new Player(many, ScriptedFleet.tried(many, script));
        progress.say(Part.FLEET + ": sessions of " + devices + " devices: warming up");
        inTurns(one, other, plan.warmUp());
        one.forget();
        other.forget();
        inTurns(one, other, plan.duration());
        one.fleet.check();
        other.fleet.check();
        Compared compared = new Compared(devices, one.side(), other.side());
        progress.say(Part.FLEET + ": " + Math.round(compared.few().sessions().perSecond())
                + " messages a second with these known, " + Math.round(compared.many().sessions().perSecond())
                + " with all");
        return compared;
    }

    /** So long for each. */
    private void inTurns(Player one, Player other, Duration time) throws IOException, InterruptedException {
        for (Duration left = time; left.isPositive(); left = left.minus(TURN)) {
            Duration turn = left.compareTo(TURN) < 0 ? left : TURN;
            one.play(turn);
            other.play(turn);
        }
    }

    /** A server and what it has done so far. */
    private final class Player {

        private final ServerProcess server;
        private final ScriptedFleet fleet;
        private Measured sessions = Measured.NOTHING;
        private long cpuBefore;

        Player(ServerProcess server, ScriptedFleet fleet) {
            this.server = server;
            this.fleet = fleet;
        }

        void play(Duration time) throws IOException, InterruptedException {
            sessions = sessions.plus(fleet.runAgain(load, devices, time));
        }

        void forget() throws IOException {
            sessions = Measured.NOTHING;
            cpuBefore = server.cpuNanos();
        }

        Side side() throws IOException {
            return new Side(sessions, server.cpuNanos() - cpuBefore);
        }
    }
}
