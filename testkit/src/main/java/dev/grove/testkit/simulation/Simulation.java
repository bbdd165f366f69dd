package dev.grove.testkit.simulation;

import dev.grove.dm1.ServerSettings;
import dev.grove.dm1.client.ClientFact;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.JobDesk.Submission;
import dev.grove.server.fleet.Slice;
import dev.grove.server.store.memory.MemoryStore;
import dev.grove.testkit.random.Dice;
import dev.grove.testkit.random.Seed;
import dev.grove.testkit.simulation.CrashingStore.Crash;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Devices, a server and an unreliable world between them, step by step. Devices of all profiles, encodings and schemes
 * run the real client engine; the server runs the real server engine and the real rules of the fleet over a store in
 * memory. In a step somebody submits a job, a message goes its way or gets lost, comes twice or too late, a device or
 * the server dies and rises again, the store fails, the server's clock jumps by hours, or time passes. After each step
 * this holds, or a {@link SimulationFailure} says what does not:
 *
 * <ul>
 * <li>every command of either side gets one answer, in the order and by the rules of {@code AnswerLedger};
 * <li>what the server has acknowledged to a device stays in its books, and never changes;
 * <li>no operation is carried out again once its answer is in the books, none twice in one session, and no Exec twice
 * at all unless its job allows it;
 * <li>Atomic is all or nothing in the device's tree, whoever dies when;
 * <li>a message that comes twice is answered by the same bytes;
 * <li>no nonce is given out or accepted twice;
 * <li>after a session that ended well the server's mirror shows what the device has, as far as it was read.
 * </ul>
 *
 * <p>At the end, {@link #settle} lets the world be reliable: then all sessions and all jobs come to their end.
 */
public final class Simulation {

    private static final int KEPT_EVENTS = 200;
    private static final int MOST_ROUNDS = 60;
    private static final int MOST_MESSAGES = 400;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int MOST_HOURS_WRONG = 3;

    private final Seed seed;
    private final Dice dice;
    private final CrashingStore store = new CrashingStore(new MemoryStore());
    private final List<SimulatedDevice> devices = new ArrayList<>();
    private final Deque<String> events = new ArrayDeque<>();
    private final Invariants invariants;
    private final ServerSettings settings;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    /** How far the server's clock goes before the others. */
    private Duration ahead = Duration.ZERO;
    private SimulatedServer server;
    private @Nullable Conversation latest;
    private int lastMark;
    private int steps;

    /**
     * @param seed all follows from it
     * @param count how many devices; four show every profile, eight every profile in both encodings
     */
    public Simulation(Seed seed, int count) {
        this.seed = seed;
        this.dice = new Dice(seed.luck());
        this.settings = new ServerSettings(dice.oneOf(3_000, 64 << 10), 4 << 20, 3, IDLE, "syncml:auth-SHA256", false,
                dice.onceIn(2), null);
        this.server = started();
        this.invariants = new Invariants(store);
        for (int number = 1; number <= count; number++) {
            SimulatedDevice device = new SimulatedDevice(Model.of(number, dice), dice, () -> now);
            devices.add(device);
            store.write(records -> records.devices().add(Device.of(device.model().serverAccount(), "", now)));
            note("device " + device.model());
        }
    }

    private SimulatedServer started() {
        return new SimulatedServer(store, settings, new Clock(), dice.luck());
    }

    /** Goes so many steps. */
    public void run(int count) {
        for (int left = count; left > 0; left--) {
            guarded(this::step);
        }
    }

    /** Goes on without faults until nothing is left to do, or fails if that takes too long. */
    public void settle() {
        guarded(() -> {
            ahead = Duration.ZERO;
            for (int round = 0; round < MOST_ROUNDS && !isQuiet(); round++) {
                now = now.plus(IDLE).plusSeconds(1);
                server.sweep();
                devices.forEach(this::talksToTheEnd);
            }
            // What began while the clock was ahead ends when it is as late as that.
            now = now.plus(IDLE).plus(Duration.ofHours(MOST_HOURS_WRONG + 1));
            server.sweep();
            invariants.allIsOver(devices);
        });
    }

    /** What was done so far, in numbers. */
    public Tally tally() {
        return invariants.tally(steps);
    }

    /**
     * What a simulation has done; for tests that it did anything at all.
     *
     * @param sessions how many came to a good end
     * @param executions how many operations that can be told apart were carried out
     * @param answers how many of them have their answer in the server's books
     * @param nonces how many were accepted
     */
    public record Tally(int steps, int sessions, int executions, int answers, int nonces) {}

    private void guarded(Runnable action) {
        try {
            action.run();
            for (SimulatedDevice device : devices) {
                invariants.check(device);
            }
        } catch (RuntimeException failed) {
            throw new SimulationFailure(seed + ", step " + steps + ": " + failed, failed, report());
        } catch (Invariants.Broken broken) {
            throw new SimulationFailure(seed + ", step " + steps + ": " + broken.getMessage(), broken, report());
        }
    }

    /** What led to a failure: the session that was heard of last, and the last events. */
    private List<String> report() {
        List<String> lines = new ArrayList<>(events);
        if (latest != null) {
            lines.add("The last session was\n" + latest.chart());
        }
        return lines;
    }

    private void note(String event) {
        if (events.size() == KEPT_EVENTS) {
            events.removeFirst();
        }
        events.add(event);
    }

    // ---- a step

    private void step() {
        steps++;
        now = now.plusSeconds(dice.between(1, 5));
        SimulatedDevice device = dice.oneOf(devices);
        switch (dice.between(0, 26)) {
            case 0, 1, 2 -> submits(device);
            case 3 -> cancels(device);
            case 4 -> {
                note(device.id() + " notices something");
                device.notices("step " + steps);
            }
            case 5 -> timePasses();
            case 6 -> restarts("the server stops and starts");
            case 7 -> {
                note(device.id() + " dies");
                device.crashes();
            }
            case 8 -> strayMessage(device);
            case 9 -> clockIsSet();
            default -> speaks(device);
        }
    }

    private void submits(SimulatedDevice device) {
        RandomJobs jobs = new RandomJobs(dice, device.model().profile().commands(),
                () -> RandomJobs.PREFIX + ++lastMark);
        Submission submission = server.jobs().submit(device.id(), jobs.operations(), jobs.terms(serverTime()),
                serverTime());
        if (submission instanceof Submission.Accepted(Job job)) {
            note("job " + job.id() + " for " + device.id() + ": " + RandomJobs.describe(job.operations()));
            invariants.submitted(device, job);
        }
    }

    private void cancels(SimulatedDevice device) {
        List<Job> all = store.read(records -> records.jobs().list(device.id(), new Slice(0, 5, true)));
        if (!all.isEmpty() && dice.onceIn(2)) {
            Job job = dice.oneOf(all);
            note("job " + job.id() + " is cancelled");
            server.jobs().cancel(device.id(), job.number(), serverTime());
        }
    }

    private void timePasses() {
        now = now.plus(Duration.ofMinutes(dice.between(1, 12)));
        note("it is " + now);
        server.sweep();
    }

    private Instant serverTime() {
        return now.plus(ahead);
    }

    /** To a time that is wrong by hours, either way, or to the right one. */
    private void clockIsSet() {
        ahead = dice.onceIn(3) ? Duration.ZERO
                : Duration.ofHours(dice.between(-MOST_HOURS_WRONG, MOST_HOURS_WRONG)).plusMinutes(dice.between(0, 59));
        note("the server's clock is set to " + serverTime());
        if (dice.onceIn(2)) {
            server.sweep();
        }
    }

    private void restarts(String why) {
        note(why);
        server = started();
    }

    /**
     * A message from before arrives once more; nobody waits for the answer. Without nonces nothing tells it from a
     * message of the device: where its session is forgotten, it would begin it again under the device's hands.
     */
    private void strayMessage(SimulatedDevice device) {
        Packet earlier = device.earlier();
        boolean isHarmless = device.model().scheme().hasNonce() || device.conversation() == null;
        if (earlier != null && isHarmless) {
            note("an earlier message of " + device.id() + " arrives again");
            invariants.stray(device, earlier, () -> server.receive(earlier));
        }
    }

    private void speaks(SimulatedDevice device) {
        if (device.conversation() == null) {
            Conversation begun = device.calls();
            note(device.id() + " begins session " + begun.number());
        }
        exchange(device, dice.between(0, 17));
    }

    private void exchange(SimulatedDevice device, int fate) {
        Conversation current = device.running();
        Packet message = current.pending();
        if (message == null) {
            throw new IllegalStateException("a session without a message is over");
        }
        latest = current;
        int attempt = current.attempt();
        device.sends(message);
        Optional<Packet> answer = switch (fate) {
            case 0 -> lost("a message of " + device.id());
            case 1 -> {
                receive(device, message);
                yield lost("the answer to " + device.id());
            }
            case 2 -> twice(device, message);
            case 3 -> dying(device, message, Crash.BEFORE_COMMIT);
            case 4 -> dying(device, message, Crash.AFTER_COMMIT);
            case 6 -> failing(device, message, Crash.REFUSED);
            case 7 -> failing(device, message, Crash.UNTOLD);
            default -> receive(device, message);
        };
        if (current.isOver()) {
            current.fallsSilent();
            device.givesUp();
        } else if (answer.isPresent()) {
            note(device.id() + " hears the answer");
            device.hears(answer.get(), fate == 5);
            invariants.heard(device, message, answer.get());
            invariants.check(device, current);
        } else if (attempt >= 3 || dice.onceIn(3)) {
            note(device.id() + " gives up");
            device.givesUp();
        }
    }

    private Optional<Packet> receive(SimulatedDevice device, Packet message) {
        note("message of " + device.id());
        invariants.sent(device, message);
        Optional<Packet> answer = server.receive(message);
        invariants.delivered(message);
        return answer;
    }

    private Optional<Packet> lost(String what) {
        note(what + " is lost");
        return Optional.empty();
    }

    private Optional<Packet> twice(SimulatedDevice device, Packet message) {
        note("a message of " + device.id() + " arrives twice");
        Optional<Packet> first = receive(device, message);
        Optional<Packet> second = server.receive(message);
        invariants.sameAnswer(device, first, second);
        return second;
    }

    private Optional<Packet> dying(SimulatedDevice device, Packet message, Crash crash) {
        store.dieInNextWrite(crash);
        try {
            Optional<Packet> answer = receive(device, message);
            store.dieInNextWrite(Crash.NONE);
            return answer;
        } catch (CrashingStore.Dead dead) {
            restarts(String.valueOf(dead.getMessage()));
            return Optional.empty();
        }
    }

    /** The device is told to come again; the server lives on with what it has in memory. */
    private Optional<Packet> failing(SimulatedDevice device, Packet message, Crash crash) {
        note("message of " + device.id() + ", and the store fails: " + crash);
        invariants.sent(device, message);
        store.dieInNextWrite(crash);
        Optional<Packet> answer = server.receive(message);
        store.dieInNextWrite(Crash.NONE);
        if (answer.isPresent()) {
            invariants.delivered(message);
        }
        return answer;
    }

    // ---- the end

    private boolean isQuiet() {
        return devices.stream().allMatch(SimulatedDevice::isQuiet) && !store.read(
                records -> devices.stream().anyMatch(device -> records.jobs().countLive(device.id()) > 0));
    }

    private void talksToTheEnd(SimulatedDevice device) {
        if (device.conversation() == null) {
            device.calls();
        }
        int messages = 0;
        while (device.conversation() != null) {
            if (++messages > MOST_MESSAGES) {
                throw new IllegalStateException("a session of " + device.id() + " never ends");
            }
            Conversation current = device.running();
            exchange(device, Integer.MAX_VALUE);
            ClientFact.@Nullable Ended end = current.end();
            if (end != null) {
                note("session " + current.number() + " of " + device.id() + " ended: " + end);
            }
        }
    }

    /** The time as the server has it. */
    private final class Clock extends java.time.Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public java.time.Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return serverTime();
        }
    }
}
