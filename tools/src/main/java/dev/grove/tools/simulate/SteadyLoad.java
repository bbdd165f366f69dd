package dev.grove.tools.simulate;

import dev.grove.auth.Scheme;
import dev.grove.tools.ProgressLine;
import dev.grove.tools.device.ServerAccount.Login;
import dev.grove.tools.simulate.Tally.End;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A fleet of all profiles that polls evenly, for measurements: nothing goes wrong on purpose. */
public final class SteadyLoad {

    private static final int CONNECTIONS = 500;
    private static final int MAX_ANSWER_BYTES = 2 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Identities identities;

    /** Some of the fleet, by their numbers. */
    public record Devices(int first, int count) {}

    /**
     * What was measured.
     *
     * @param answerNanos within which 99 of 100 messages were answered
     * @param late sessions that began more than a second after they were due
     * @param cpu processor time of this process
     */
    public record Figures(long completed, long failed, long messages, Duration took, long halfNanos, long answerNanos,
            long late, Duration cpu) {

        public double sessionsPerSecond() {
            return completed * 1e9 / Math.max(1, took.toNanos());
        }
    }

    /**
     * @param server scheme, host and port; devices call at {@code /dm} and {@code /dm2}
     */
    public SteadyLoad(String server) {
        Login login = new Login(Scheme.MD5, "steady", "a password of some length", Bytes.EMPTY);
        this.identities = new Identities("FLEET:%09d", "grove", server + "/dm", server + "/dm2", login, null);
    }

    /**
     * Makes devices known.
     *
     * @param api the administration listener
     */
    public void enrol(String api, String token, Devices devices, ProgressLine progress)
            throws IOException, InterruptedException {
        new Enrolment(api, token, identities).run(devices.first(), devices.count(), progress);
    }

    /**
     * Lets new devices poll.
     *
     * @param interval in which all of them call once
     * @param time for which they do
     */
    public Figures poll(Devices devices, Duration interval, Duration time, ProgressLine progress)
            throws InterruptedException {
        Fleet.Rhythm rhythm = new Fleet.Rhythm(interval, 0.1, false, CONNECTIONS, 1);
        SimulationReport report = simulation(devices, rhythm).run(Optional.of(time), progress,
                Duration.ofSeconds(5));
        Tally tally = report.tally();
        Latencies answers = tally.answers();
        return new Figures(tally.ends(End.COMPLETED), tally.ends(End.FAILED) + tally.ends(End.TURNED_AWAY),
                tally.messages(), report.took(), answers.nanosWithin(0.5), answers.nanosWithin(0.99), tally.late(),
                report.cpu());
    }

    /** Lets one device have a session; false if it was not completed. */
    public boolean callOnce(int number, ProgressLine progress) throws InterruptedException {
        Fleet.Rhythm rhythm = new Fleet.Rhythm(null, 0, false, 1, 1);
        return simulation(new Devices(number, 1), rhythm).run(Optional.of(TIMEOUT), progress, TIMEOUT).isAllWell();
    }

    private Simulation simulation(Devices devices, Fleet.Rhythm rhythm) {
        ConnectionPool.Rules rules = new ConnectionPool.Rules(TIMEOUT, MAX_ANSWER_BYTES, true, () -> {
            throw new IllegalStateException("TLS to a server without it");
        });
        return new Simulation(
                new Simulation.Plan(Mix.parse("mixed"), devices.count(), devices.first(), identities, true, 3, false,
                        Faults.NONE, rhythm, rules));
    }
}
