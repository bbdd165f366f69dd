package dev.grove.tools.simulate;

import dev.grove.client.transport.Backoff;
import dev.grove.client.transport.HttpProof.Basic;
import dev.grove.tools.ProgressLine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A fleet and the time for which it plays. */
final class Simulation {

    private final Plan plan;
    private final Fleet fleet;
    private final Tally tally = new Tally();
    private final ConnectionPool pool;

    /**
     * What is to be played.
     *
     * @param first number of the first device
     * @param hasQuirks whether some devices have odd habits
     * @param retries how often a message is sent again
     * @param isBasicAtOnce whether devices of DM 2.0 show their password unasked
     */
    record Plan(Mix mix, int devices, int first, Identities identities, boolean hasQuirks, int retries,
            boolean isBasicAtOnce, Faults faults, Fleet.Rhythm rhythm, ConnectionPool.Rules connections) {}

    Simulation(Plan plan) {
        this.plan = plan;
        this.pool = new ConnectionPool(plan.connections());
        Basic basic = plan.isBasicAtOnce() ? Basic.AT_ONCE : isPrivate(plan.identities()) ? Basic.WHEN_ASKED
                : Basic.NEVER;
        // Longer waits are the timetable's business: they would hold a place.
        Backoff backoff = new Backoff(plan.retries() + 1, Duration.ofMillis(500), Duration.ofSeconds(2));
        Player player = new Player(new Player.Habits(backoff, basic, plan.faults(), plan.rhythm().seed()), pool,
                tally);
        this.fleet = new Fleet(devices(plan), plan.rhythm(), player, tally);
    }

    /** Whether a password in the clear is safe from eavesdroppers. */
    private static boolean isPrivate(Identities identities) {
        String url = identities.dm2Server();
        return url.startsWith("https:") || url.matches("http://(localhost|127\\.[0-9.]+|\\[::1])([:/].*)?");
    }

    /** New devices, each with all that it keeps. */
    static PlayedDevice[] devices(Plan plan) {
        Map<Breed, Blueprint> blueprints = new EnumMap<>(Breed.class);
        Instant now = Instant.now();
        for (Breed breed : plan.mix().counts(0).keySet()) {
            blueprints.put(breed, new Blueprint(breed, plan.identities(), plan.hasQuirks(), now));
        }
        PlayedDevice[] devices = new PlayedDevice[plan.devices()];
        for (int i = 0; i < devices.length; i++) {
            Blueprint blueprint = Optional.ofNullable(blueprints.get(plan.mix().breed(i))).orElseThrow();
            devices[i] = blueprint.device(plan.first() + i);
        }
        return devices;
    }

    /**
     * Plays.
     *
     * @param time after which no session begins any more; empty: until nobody has anything left to do
     */
    SimulationReport run(Optional<Duration> time, ProgressLine progress, Duration toldEvery)
            throws InterruptedException {
        long start = System.nanoTime();
        long cpu = cpuNanos();
        LiveLine live = new LiveLine(tally, progress, toldEvery);
        try (pool) {
            fleet.run(time);
        } finally {
            live.end();
        }
        Runtime runtime = Runtime.getRuntime();
        return new SimulationReport(plan.mix().counts(plan.devices()), Duration.ofNanos(System.nanoTime() - start),
                tally, pool.opened(), Duration.ofNanos(cpuNanos() - cpu),
                runtime.totalMemory() - runtime.freeMemory());
    }

    /** Lets it end: no session begins any more. */
    void stop() {
        fleet.stop();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
