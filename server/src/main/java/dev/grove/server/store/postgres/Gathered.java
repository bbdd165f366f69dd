package dev.grove.server.store.postgres;

import dev.grove.engine.KnownObject;
import dev.grove.server.fleet.Alert;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.server.fleet.Wake;
import dev.grove.server.store.layer.Change;
import dev.grove.server.store.postgres.Sql.Statement;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What one unit of work has changed, of each record the last value only, as statements. */
final class Gathered {

    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<Key, StoredSession> sessions = new LinkedHashMap<>();
    private final Set<Key> begun = new LinkedHashSet<>();
    private final Map<Key, Change.Traced> traces = new LinkedHashMap<>();
    private final Map<Key, Job> jobs = new LinkedHashMap<>();
    private final Set<Key> added = new LinkedHashSet<>();
    private final Map<Key, Map<String, Job.Result>> results = new LinkedHashMap<>();
    private final Map<String, Set<NodeUri>> removed = new LinkedHashMap<>();
    private final Map<String, Map<NodeUri, MirrorNode>> nodes = new LinkedHashMap<>();
    private final Map<String, List<KnownObject>> objects = new LinkedHashMap<>();
    private final Map<List<String>, Validator> validators = new LinkedHashMap<>();
    private final Map<String, Held> tickets = new LinkedHashMap<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final Map<String, Reach> reaches = new LinkedHashMap<>();
    private final Map<Key, Wake> wakes = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    private record Key(String device, long number) {}

    Gathered(List<Change> changes) {
        changes.forEach(this::take);
    }

    /** The devices that are changed. */
    Set<String> devices() {
        return changed;
    }

    private void take(Change change) {
        switch (change) {
            case Change.DevicePut(Device device) -> devices.put(of(device.id()), device);
            case Change.SessionPut(StoredSession session, boolean isNew) -> {
                Key key = new Key(of(session.record().deviceId()), session.record().number());
                sessions.put(key, session);
                if (isNew) {
                    begun.add(key);
                }
            }
            case Change.Traced traced -> traces.put(new Key(of(traced.deviceId()), traced.session()), traced);
            case Change.JobAdded(Job job) -> {
                jobs.put(new Key(of(job.deviceId()), job.number()), job);
                added.add(new Key(job.deviceId(), job.number()));
            }
            case Change.JobPut(Job job) -> jobs.put(new Key(of(job.deviceId()), job.number()), job);
            case Change.ResultsPut(String device, long job, List<Job.Result> more) -> {
                Map<String, Job.Result> known = results.computeIfAbsent(new Key(of(device), job),
                        _ -> new LinkedHashMap<>());
                more.forEach(result -> known.put(result.path(), result));
            }
            case Change.NodesPut(String device, List<MirrorNode> more) -> {
                Map<NodeUri, MirrorNode> known = nodes.computeIfAbsent(of(device), _ -> new LinkedHashMap<>());
                more.forEach(node -> known.put(node.uri(), node));
            }
            case Change.NodeRemoved(String device, NodeUri uri) -> {
                nodes.getOrDefault(of(device), Map.of()).keySet().removeIf(node -> node.startsWith(uri));
                removed.computeIfAbsent(device, _ -> new LinkedHashSet<>()).add(uri);
            }
            case Change.TicketPut(Held ticket) -> {
                of(ticket.deviceId());
                tickets.put(ticket.ticket().id(), ticket);
            }
            case Change.ObjectsTold(String device, List<KnownObject> told) -> objects.put(of(device), told);
            case Change.ValidatorPut(String device, Validator validator) ->
                validators.put(List.of(of(device), validator.moid(), validator.instance()), validator);
            case Change.ReachPut(String device, Reach reach) -> reaches.put(of(device), reach);
            case Change.WakePut(Wake wake) -> wakes.put(new Key(of(wake.deviceId()), wake.number()), wake);
            case Change.AlertAdded(Alert alert) -> {
                of(alert.deviceId());
                alerts.add(alert);
            }
        }
    }

    /** Whether no two statements have to do with one table: not every engine takes such as parts of one statement. */
    boolean isApart() {
        return changed.size() <= 1 && removed.isEmpty() && objects.isEmpty() && alerts.size() <= 1
                && Stream.of(sessions, traces, jobs, results, tickets, validators, wakes)
                        .allMatch(all -> all.size() <= 1);
    }

    private String of(String device) {
        changed.add(device);
        return device;
    }

    List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        devices.values().forEach(device -> all.add(PgDevices.statement(device)));
        sessions.forEach((key, session) -> all.add(begun.contains(key)
                ? PgSessions.insert(session)
                : PgSessions.update(session)));
        traces.values().forEach(traced -> all.add(PgSessions.trace(traced.deviceId(), traced.session(),
                traced.turn(), traced.entries())));
        jobs.forEach((key, job) -> all.add(added.contains(key) ? PgJobs.insert(job) : PgJobs.update(job)));
        results.forEach((key, found) -> all.add(PgJobs.put(key.device(), key.number(), found.values())));
        mirror(all::add);
        alerts.forEach(alert -> all.add(PgAlerts.insert(alert)));
        tickets.values().forEach(ticket -> all.add(PgTickets.statement(ticket)));
        objects.forEach((device, told) -> all.addAll(PgObjects.told(device, told)));
        validators.forEach((key, validator) -> all.add(PgObjects.statement(key.getFirst(), validator)));
        reaches.forEach((device, reach) -> all.add(PgWakes.statement(device, reach)));
        wakes.values().forEach(wake -> all.add(PgWakes.statement(wake)));
        return all;
    }

    private void mirror(Consumer<Statement> all) {
        removed.forEach((device, uris) -> uris.forEach(uri -> all.accept(PgMirror.remove(uri, device))));
        nodes.forEach((device, known) -> {
            if (!known.isEmpty()) {
                all.accept(PgMirror.statement(device, known.values()));
            }
        });
    }
}
