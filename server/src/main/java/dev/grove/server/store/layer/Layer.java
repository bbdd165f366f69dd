package dev.grove.server.store.layer;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Tickets;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.fleet.Wake;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed since the layer below: the newest value of each record, and the changes themselves in order. Not
 * safe for threads: whoever shows one to several guards it.
 */
public final class Layer {

    final Map<String, Device> devices = new HashMap<>();
    final Map<Long, StoredSession> sessions = new HashMap<>();
    final Map<String, Set<Long>> sessionsOf = new HashMap<>();
    final Map<Long, Job> jobs = new HashMap<>();
    final Map<String, Set<Long>> jobsOf = new HashMap<>();
    final Map<Long, Map<String, Job.Result>> results = new HashMap<>();
    final Map<String, Nodes> nodes = new HashMap<>();
    final Map<String, Tickets.Held> tickets = new HashMap<>();
    final Map<String, Set<String>> ticketsOf = new HashMap<>();
    final Map<String, List<KnownObject>> objects = new HashMap<>();
    /** By device, the older first. */
    final Map<String, List<DeviceObjects.Validator>> validators = new HashMap<>();
    final Map<String, Reach> reaches = new HashMap<>();
    /** By device and number. */
    final Map<String, Map<Long, Wake>> wakes = new HashMap<>();
    private final Map<Long, Change.Traced> traces = new HashMap<>();
    private final Set<Long> newSessions = new HashSet<>();
    private final Set<Long> newJobs = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    /** What has changed of a device's mirror: what was removed, and what was put since. */
    static final class Nodes {
        final Set<NodeUri> removed = new HashSet<>();
        final Map<NodeUri, MirrorNode> put = new LinkedHashMap<>();

        boolean isRemoved(NodeUri uri) {
            return removed.stream().anyMatch(uri::startsWith);
        }
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** How many changes. */
    public int size() {
        return changes.size();
    }

    /** In order; not copied. */
    public List<Change> changes() {
        return changes;
    }

    /** Whether the session began here, so that nothing below knows of it. */
    boolean hasBegun(long session) {
        return newSessions.contains(session);
    }

    /** Whether the job was added here, so that nothing below knows of it. */
    boolean hasAdded(long job) {
        return newJobs.contains(job);
    }

    /** What is known here of a turn's trace. */
    List<TraceEntry> traced(long session, long turn) {
        Change.Traced last = traces.get(session);
        return last == null || last.turn() != turn ? List.of() : last.entries();
    }

    /** Adds a change. */
    public void apply(Change change) {
        changes.add(change);
        switch (change) {
            case Change.DevicePut(Device device) -> devices.put(device.id(), device);
            case Change.SessionPut(StoredSession session, boolean isNew) -> put(session, isNew);
            case Change.Traced traced -> traces.put(traced.session(), traced);
            case Change.TicketPut(Tickets.Held ticket) -> {
                tickets.put(ticket.ticket().id(), ticket);
                ticketsOf.computeIfAbsent(ticket.deviceId(), _ -> new HashSet<>()).add(ticket.ticket().id());
            }
            case Change.ObjectsTold(String device, List<KnownObject> told) -> objects.put(device, told);
            case Change.ValidatorPut(String device, DeviceObjects.Validator validator) ->
                validators.computeIfAbsent(device, _ -> new ArrayList<>()).add(validator);
            case Change.ReachPut(String device, Reach reach) -> reaches.put(device, reach);
            case Change.WakePut(Wake wake) ->
                wakes.computeIfAbsent(wake.deviceId(), _ -> new HashMap<>()).put(wake.number(), wake);
            case Change.AlertAdded _ -> {
                // nobody asks for it before it is in the tables
            }
            case Change.JobAdded(Job job) -> {
                newJobs.add(job.number());
                put(job);
            }
            case Change.JobPut(Job job) -> put(job);
            case Change.ResultsPut(String _, long job, List<Job.Result> more) -> {
                Map<String, Job.Result> known = results.computeIfAbsent(job, _ -> new HashMap<>());
                more.forEach(result -> known.put(result.path(), result));
            }
            case Change.NodesPut(String device, List<MirrorNode> more) -> {
                Nodes known = nodes.computeIfAbsent(device, _ -> new Nodes());
                more.forEach(node -> known.put.put(node.uri(), node));
            }
            case Change.NodeRemoved(String device, NodeUri uri) -> {
                Nodes known = nodes.computeIfAbsent(device, _ -> new Nodes());
                known.put.keySet().removeIf(node -> node.startsWith(uri));
                known.removed.add(uri);
            }
        }
    }

    private void put(StoredSession session, boolean isNew) {
        long number = session.record().number();
        if (isNew) {
            newSessions.add(number);
        }
        sessions.put(number, session);
        sessionsOf.computeIfAbsent(session.record().deviceId(), _ -> new HashSet<>()).add(number);
    }

    private void put(Job job) {
        jobs.put(job.number(), job);
        jobsOf.computeIfAbsent(job.deviceId(), _ -> new HashSet<>()).add(job.number());
    }

    /** Takes over what a later layer has changed. */
    public void absorb(Layer later) {
        later.changes.forEach(this::apply);
    }
}
