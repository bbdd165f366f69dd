package dev.grove.testkit.simulation;

import dev.grove.dm1.client.ClientFact;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store;
import dev.grove.testkit.lockstep.Chart;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold at any time; see {@link Simulation}. */
final class Invariants {

    /** One of them does not hold. */
    static final class Broken extends Error {
        Broken(String what) {
            super(what, null, false, false);
        }
    }

    private static final Slice ALL = Slice.first(Integer.MAX_VALUE);

    private final Store store;
    private final Executions executions;
    private final Nonces nonces = new Nonces();
    private final TreeComparison trees;
    private final Set<Bytes> delivered = new HashSet<>();
    private int completed;

    Invariants(Store store) {
        this.store = store;
        this.executions = new Executions(store);
        this.trees = new TreeComparison(store);
    }

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }

    // ---- what happens

    void submitted(SimulatedDevice device, Job job) {
        executions.submitted(device, job);
    }

    /** A message leaves a device for the server. */
    void sent(SimulatedDevice device, Packet message) {
        nonces.sent(device, message);
    }

    /** A device has heard the answer to its message. */
    void heard(SimulatedDevice device, Packet message, Packet answer) {
        nonces.heard(device, message, answer);
    }

    void sameAnswer(SimulatedDevice device, Optional<Packet> first, Optional<Packet> second) {
        boolean isRefused = first.filter(answer -> !Nonces.isAccepted(answer)).isPresent();
        that(isRefused || first.map(Packet::body).equals(second.map(Packet::body)),
                "a message of " + device.id() + " came twice, and was answered by\n" + chart(first)
                        + "\nand then by\n" + chart(second));
    }

    private static String chart(Optional<Packet> answer) {
        return answer.map(Conversation::decoded).map(Chart::of).orElse("nothing");
    }

    /** A message has reached the server, and what it brought is durable. */
    void delivered(Packet message) {
        delivered.add(message.body());
    }

    /** A message from before comes again: it may get an answer, but if it was there before it proves nothing more. */
    void stray(SimulatedDevice device, Packet message, Runnable arrival) {
        long before = authenticated(device);
        arrival.run();
        boolean mayProve = !device.model().scheme().hasNonce() || delivered.add(message.body());
        that(mayProve || authenticated(device) == before,
                "a message of " + device.id() + " was repeated by somebody, and authenticated a session");
    }

    private long authenticated(SimulatedDevice device) {
        return store.read(records -> records.sessions().list(device.id(), ALL)).stream()
                .filter(session -> session.tally().isAuthenticated()).count();
    }

    // ---- what must hold

    void check(SimulatedDevice device) {
        executions.check(device);
        trees.checkPairs(device);
    }

    /** After each message that a device has heard. */
    void check(SimulatedDevice device, Conversation conversation) {
        that(conversation.violations().isEmpty(), device.id() + ": " + conversation.violations());
        ClientFact.Ended end = conversation.end();
        if (end != null && end.reason() == ClientFact.Reason.COMPLETED) {
            completed++;
            trees.checkMirror(device, conversation);
        }
    }

    /** When the world is quiet again. */
    void allIsOver(List<SimulatedDevice> devices) {
        for (SimulatedDevice device : devices) {
            List<SessionRecord> sessions = store.read(records -> records.sessions().live(device.id()));
            that(sessions.isEmpty(), device.id() + " has sessions that never end: " + sessions);
            List<Job> live = store.read(records -> records.jobs().list(device.id(), ALL)).stream()
                    .filter(job -> !job.state().isOver()).toList();
            that(live.isEmpty(), device.id() + " has jobs that never end: " + live);
            that(device.isQuiet(),
                    device.id() + " still has something to say; its last session was" + device.latestChart());
            allNoticesAreKnown(device);
            executions.allAreKnown(device);
        }
    }

    private void allNoticesAreKnown(SimulatedDevice device) {
        Set<String> known = store.read(records -> records.alerts().list(device.id(), ALL)).stream()
                .map(alert -> alert.what().data().text()).collect(Collectors.toSet());
        List<String> lost = new ArrayList<>(device.noticed());
        lost.removeAll(known);
        that(lost.isEmpty(), "alerts of " + device.id() + " were answered, and are nowhere: " + new TreeSet<>(lost));
    }

    /** What was done and checked, in numbers. */
    Simulation.Tally tally(int steps) {
        return new Simulation.Tally(steps, completed, executions.executed(), executions.settled(), nonces.accepted());
    }
}
