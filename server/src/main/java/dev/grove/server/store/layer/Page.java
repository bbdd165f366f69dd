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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a layer knows of one device: the newest value of each record that has changed. A page belongs to one layer; when
 * that is absorbed by another, the page moves there or is merged, and its old layer has it no more.
 */
final class Page {

    private @Nullable Device device;
    private final Numbered<StoredSession> sessions = new Numbered<>();
    private final Numbered<Job> jobs = new Numbered<>();
    /** As they came: of the same path the last one counts. */
    private final Numbered<List<Job.Result>> results = new Numbered<>();
    private @Nullable Nodes nodes;
    private @Nullable List<KnownObject> objects;
    /** The older first. */
    private List<DeviceObjects.Validator> validators = List.of();
    private @Nullable Reach reach;
    private final Numbered<Wake> wakes = new Numbered<>();
    private Set<String> tickets = Set.of();
    private @Nullable Numbered<Change.Traced> traces;

    @Nullable
    Device device() {
        return device;
    }

    /** New are those that began here, so that nothing below knows of them. */
    Numbered<StoredSession> sessions() {
        return sessions;
    }

    /** New are those that were added here, so that nothing below knows of them. */
    Numbered<Job> jobs() {
        return jobs;
    }

    /** Of a job, as they came: of the same path the last one counts. */
    List<Job.Result> results(long job) {
        List<Job.Result> known = results.find(job);
        return known == null ? List.of() : known;
    }

    @Nullable
    Nodes nodes() {
        return nodes;
    }

    @Nullable
    List<KnownObject> objects() {
        return objects;
    }

    /** The older first. */
    List<DeviceObjects.Validator> validators() {
        return validators;
    }

    @Nullable
    Reach reach() {
        return reach;
    }

    Numbered<Wake> wakes() {
        return wakes;
    }

    /** The ids of those that have changed. */
    Set<String> tickets() {
        return tickets;
    }

    /** What is known here of a turn's trace. */
    List<TraceEntry> traced(long session, long turn) {
        Change.Traced last = traces == null ? null : traces.find(session);
        return last == null || last.turn() != turn ? List.of() : last.entries();
    }

    void apply(Change change) {
        switch (change) {
            case Change.DevicePut(Device put) -> device = put;
            case Change.SessionPut(StoredSession session, boolean isNew) ->
                sessions.put(session.record().number(), session, isNew);
            case Change.Traced traced -> put(traced);
            case Change.TicketPut(Tickets.Held ticket) -> add(Set.of(ticket.ticket().id()));
            case Change.ObjectsTold(String _, List<KnownObject> told) -> objects = told;
            case Change.ValidatorPut(String _, DeviceObjects.Validator validator) -> add(List.of(validator));
            case Change.ReachPut(String _, Reach put) -> reach = put;
            case Change.WakePut(Wake wake) -> wakes.put(wake.number(), wake);
            case Change.AlertAdded _ -> {
                // nobody asks for it before it is in the tables
            }
            case Change.JobAdded(Job job) -> jobs.put(job.number(), job, true);
            case Change.JobPut(Job job) -> jobs.put(job.number(), job);
            case Change.ResultsPut(String _, long job, List<Job.Result> more) -> add(job, new ArrayList<>(more));
            case Change.NodesPut(String _, List<MirrorNode> more) -> changedNodes().put(more);
            case Change.NodeRemoved(String _, NodeUri uri) -> changedNodes().remove(uri);
        }
    }

    /** Takes over what has changed later; nobody else has that page from now on. */
    void absorb(Page later) {
        device = later.device == null ? device : later.device;
        sessions.absorb(later.sessions);
        jobs.absorb(later.jobs);
        for (Numbered.Entry<List<Job.Result>> each = later.results.first(); each != null; each = each.next()) {
            add(each.number(), each.value());
        }
        if (later.nodes != null) {
            changedNodes().absorb(later.nodes);
        }
        objects = later.objects == null ? objects : later.objects;
        add(later.validators);
        reach = later.reach == null ? reach : later.reach;
        wakes.absorb(later.wakes);
        add(later.tickets);
    }

    /** A trace is asked for only by the unit of work that writes it. */
    void forgetTraces() {
        traces = null;
    }

    private void put(Change.Traced traced) {
        Numbered<Change.Traced> all = traces == null ? new Numbered<>() : traces;
        all.put(traced.session(), traced);
        traces = all;
    }

    private Nodes changedNodes() {
        Nodes all = nodes == null ? new Nodes() : nodes;
        nodes = all;
        return all;
    }

    /** @param more is this page's from now on */
    private void add(long job, List<Job.Result> more) {
        List<Job.Result> known = results.find(job);
        if (known == null) {
            results.put(job, more);
        } else {
            known.addAll(more);
        }
    }

    private void add(List<DeviceObjects.Validator> more) {
        if (!more.isEmpty()) {
            validators = validators.isEmpty() ? new ArrayList<>() : validators;
            validators.addAll(more);
        }
    }

    private void add(Set<String> moreTickets) {
        if (!moreTickets.isEmpty()) {
            tickets = tickets.isEmpty() ? new HashSet<>() : tickets;
            tickets.addAll(moreTickets);
        }
    }
}
