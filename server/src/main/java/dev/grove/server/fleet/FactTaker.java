package dev.grove.server.fleet;

import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.Fact;
import dev.grove.engine.KnownObject;
import dev.grove.engine.Ticket;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.Tickets.Held;
import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What facts mean for a device, its jobs, mirror, alerts and other sessions, within one unit of work. Close it to write
 * what was gathered.
 */
final class FactTaker {

    private final Records records;
    private final String deviceId;
    private final Instant now;
    private final SessionDesk.Rules rules;
    private final JobBook jobs;
    private final MirrorUpdate mirror;
    private final TicketBook tickets;
    private final List<Event> events = new ArrayList<>();
    private final List<SessionRecord> ended = new ArrayList<>();
    private @Nullable Device device;
    private boolean isDeviceChanged;

    /** Whose facts are taken, and when. */
    record Subject(String deviceId, Instant now) {}

    /** @param known jobs as they were when the turn was computed; none if there was no turn */
    FactTaker(Records records, Subject subject, SessionDesk.Rules rules, List<Job> known) {
        this.records = records;
        this.deviceId = subject.deviceId();
        this.now = subject.now();
        this.rules = rules;
        this.jobs = new JobBook(records, deviceId, now, known);
        this.mirror = new MirrorUpdate(records.mirror(), deviceId, now);
        this.tickets = new TicketBook(records.tickets(), deviceId, now);
    }

    /** Takes the facts of a session; if it is over, what it left unanswered goes back to the queue. */
    void take(List<Fact> facts, SessionRecord session) {
        for (Fact fact : facts) {
            take(fact, session);
        }
        if (!session.isLive()) {
            jobs.returnUnanswered(session.number(), rules.maxSends());
        }
    }

    /** Ends a session from outside, after its last facts. */
    SessionRecord end(SessionRecord session, List<Fact> lastFacts, Reason reason, String why) {
        SessionRecord dead = session.ended(now, reason, why);
        records.sessions().end(dead);
        take(lastFacts, dead);
        ended.add(dead);
        tell(new Event.SessionChanged(dead));
        return dead;
    }

    /** The device as it was read in this unit of work. */
    void found(Device read) {
        device = read;
    }

    /** The device as it is now, if it was looked at. */
    Optional<Device> device() {
        return Optional.ofNullable(device);
    }

    /** The jobs that were known or touched, as they are now, unless they are over. */
    List<Job> liveJobs() {
        return jobs.live();
    }

    void tell(Event event) {
        events.add(event);
    }

    /** The sessions that were ended from outside. */
    List<SessionRecord> ended() {
        return ended;
    }

    /** Writes what was gathered, and says what there is to tell. */
    List<Event> close() {
        if (isDeviceChanged) {
            records.devices().put(current());
        }
        mirror.close();
        events.addAll(jobs.close());
        return events;
    }

    private void take(Fact fact, SessionRecord session) {
        switch (fact) {
            case Fact.Authenticated _ -> proven(session);
            case Fact.Learned(var values) -> values.forEach(mirror::learned);
            case Fact.Sent(String jobId, int index) -> {
                if (!jobs.isSendable(jobId, index)) {
                    throw new TurnWriter.Stale("job " + jobId + " was taken back meanwhile");
                }
                jobs.sent(jobId, index, session.number());
            }
            case Fact.Answered answered -> take(answered);
            case Fact.Unanswered(String jobId, int index) -> jobs.unanswered(jobId, index, rules.maxSends());
            case Fact.Unsendable(String jobId, int index, var status, String reason) ->
                jobs.unsendable(jobId, index, status, reason);
            case Fact.AlertRaised raised -> tell(new Event.AlertRaised(
                    records.alerts().add(new Alert(0, deviceId, session.number(), now, raised))));
            case Fact.ClientNonceIssued _,Fact.ServerNonceReceived _,Fact.ServerSchemeLearned _ -> {
                Device before = current();
                change(before.withAccount(changed(before.account(), fact)));
            }
            case Fact.Service service -> take(service);
            case Fact.Opened _,Fact.Began _,Fact.Ended _ -> {
                // stands in the session itself
            }
            case Fact.AuthenticationRefused _,Fact.AlertsAnnounced _,Fact.ReplyUnreadable _,Fact.Noted _ -> {
                // stands in the trace and in the log
            }
        }
    }

    private void take(Fact.Answered told) {
        Fact.Answered answered = told.outcome().status().equals(StatusCode.NOT_MODIFIED) ? fromMirror(told) : told;
        jobs.answered(answered.jobId(), answered.path(), answered.outcome())
                .ifPresent(operations -> mirror.answered(operations, answered));
    }

    /** What a device has not sent again, because it is as it was: that stands in the mirror ([DM 2.0 §11.2]). */
    private Fact.Answered fromMirror(Fact.Answered told) {
        return jobs.operation(told.jobId(), told.path())
                .filter(operation -> operation instanceof Operation.Get)
                .map(operation -> new Fact.Answered(told.jobId(), told.path(),
                        mirror.asLastRead(((Operation.Get) operation).target())))
                .orElse(told);
    }

    private void take(Fact.Service fact) {
        switch (fact) {
            case Fact.Accepted(String jobId, String path, String ticket) -> tickets.take(ticket).ifPresentOrElse(
                    outcome -> take(new Fact.Answered(jobId, path, outcome)), () -> jobs.accepted(jobId, path));
            case Fact.TicketIssued(Ticket ticket) -> tickets.issue(ticket);
            case Fact.TicketClosed(String id) -> tickets.close(id);
            case Fact.Unsubscribed(String node) -> tickets.unsubscribe(node);
            case Fact.ObjectsTold(List<KnownObject> objects) -> {
                records.objects().tell(deviceId, objects);
                mirror.told(objects);
            }
            case Fact.ValidatorLearned(String moid, String instance, String value) ->
                records.objects().put(deviceId, new Validator(moid, instance, value));
        }
    }

    /**
     * Takes what became known apart from any session: outcomes that were waited for, values, alerts.
     *
     * @param held where it came in; closed if that was all
     */
    void takeApart(Held held, List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.Answered answered) {
                take(answered);
            } else if (fact instanceof Fact.Learned(var values)) {
                values.forEach(mirror::learned);
            } else if (fact instanceof Fact.AlertRaised raised) {
                tell(new Event.AlertRaised(records.alerts().add(new Alert(0, deviceId, 0, now, raised))));
            } else if (fact instanceof Fact.Service service) {
                take(service);
            }
        }
        if (Fact.anyIs(Fact.Answered.class, facts)) {
            tickets.close(held.ticket().id());
        }
    }

    /** Whether the outcome of an operation may come outside of a session now. */
    boolean isWaiting(Ticket ticket) {
        return jobs.isWaiting(ticket.jobId(), ticket.path());
    }

    /** The device is who it says: what is left of its older sessions is over. */
    private void proven(SessionRecord session) {
        if (current().rhythm().silentSince() != null) {
            tell(new Event.DeviceHeard(deviceId));
        }
        change(current().seen(now, session.tally().profile(), rules.patience()));
        for (SessionRecord other : records.sessions().live(deviceId)) {
            if (other.number() < session.number()) {
                end(other, List.of(), Reason.SUPERSEDED, "the device began session " + session.number());
            }
        }
    }

    /** The device as it is now: its settings may have been changed since the turn was computed. */
    private Device current() {
        if (device == null) {
            device = records.devices().find(deviceId)
                    .orElseThrow(() -> new TurnWriter.Stale("the device was removed meanwhile"));
        }
        return device;
    }

    private void change(Device next) {
        device = next;
        isDeviceChanged = true;
    }

    private static Account changed(Account account, Fact fact) {
        Secret client = account.client();
        Secret server = account.server();
        if (fact instanceof Fact.ClientNonceIssued(var nonce) && client != null) {
            client = client.withNonce(nonce);
        } else if (fact instanceof Fact.ServerNonceReceived(var nonce) && server != null) {
            server = server.withNonce(nonce);
        }
        Scheme scheme = fact instanceof Fact.ServerSchemeLearned(var learned) ? learned : account.serverScheme();
        return new Account(account.deviceId(), client, account.clientSchemes(), server, scheme);
    }
}
