package dev.grove.server.fleet;

import dev.grove.dm1.Account;
import dev.grove.dm1.Fact;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one turn: the session, and what its facts mean for device, jobs, mirror, alerts and other sessions. */
final class TurnWriter {

    /** Something the turn was computed from has changed; thrown so that the store undoes what was written. */
    static final class Stale extends RuntimeException {

        Stale(String what) {
            super(what, null, false, false);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    private final Records records;
    private final SessionCommit commit;
    private final SessionDesk.Rules rules;
    private final Instant now;
    private final JobBook jobs;
    private final MirrorUpdate mirror;
    private final List<Event> events = new ArrayList<>();
    private final List<SessionRecord> ended = new ArrayList<>();
    private @Nullable Device changedDevice;

    TurnWriter(Records records, SessionCommit commit, SessionDesk.Rules rules) {
        this.records = records;
        this.commit = commit;
        this.rules = rules;
        this.now = commit.now();
        this.jobs = new JobBook(records, commit.device().id(), now);
        this.mirror = new MirrorUpdate(records.mirror(), commit.device().id(), now);
    }

    Stored run() {
        SessionRecord session = commit.begins() ? begin() : proceed();
        records.sessions().trace(session.number(), commit.trace());
        for (Fact fact : commit.next().facts()) {
            take(fact, session);
        }
        if (!session.isLive()) {
            jobs.returnUnanswered(session.number(), rules.maxSends());
        }
        if (changedDevice != null) {
            records.devices().put(changedDevice);
        }
        if (isNews(session)) {
            events.add(new Event.SessionChanged(session));
        }
        events.addAll(jobs.close());
        return new Stored(session, ended, events);
    }

    private SessionRecord begin() {
        String deviceId = commit.device().id();
        if (records.devices().find(deviceId).isPresent() == commit.isNewDevice()) {
            throw new Stale("the device was added or removed meanwhile");
        }
        long newest = records.sessions().latest(deviceId, commit.next().sessionId())
                .map(s -> s.record().number()).orElse(0L);
        SessionRecord before = commit.before();
        if (newest != (before == null ? 0 : before.number())) {
            throw new Stale("the session was begun meanwhile");
        }
        if (commit.isNewDevice()) {
            records.devices().add(commit.device());
            events.add(new Event.DeviceAdded(deviceId));
        }
        if (before != null && before.isLive()) {
            supersede(before, "the device began anew under the same session id");
        }
        dropUnproven(deviceId);
        SessionRecord fresh = new SessionRecord(0, deviceId, commit.next().sessionId(), 0, now, now,
                commit.next().expiresAt(), null, new Tally(commit.profile(), false, 0, 0));
        return records.sessions().open(new StoredSession(turned(fresh), commit.next().state())).record();
    }

    private SessionRecord proceed() {
        SessionRecord before = commit.before();
        if (before == null) {
            throw new IllegalStateException("a turn that begins no session continues one");
        }
        SessionRecord next = turned(before);
        StoredSession stored = new StoredSession(next, commit.next().state());
        if (!records.sessions().replace(stored, before.version())) {
            throw new Stale("another message of the session was answered meanwhile");
        }
        return next;
    }

    private SessionRecord turned(SessionRecord session) {
        int answered = 0;
        String profile = session.tally().profile();
        boolean isAuthenticated = session.tally().isAuthenticated();
        Fact.@Nullable Ended end = null;
        for (Fact fact : commit.next().facts()) {
            if (fact instanceof Fact.Answered(_, String path, _) && path.indexOf('.') < 0) {
                answered++;
            } else if (fact instanceof Fact.Authenticated) {
                isAuthenticated = true;
            } else if (fact instanceof Fact.Began(String name, _)) {
                profile = name;
            } else if (fact instanceof Fact.Ended last && isOfThis(last)) {
                end = last;
            }
        }
        Tally tally = new Tally(profile, isAuthenticated, session.tally().messages() + 1,
                session.tally().operations() + answered);
        SessionRecord next = session.turned(now, commit.next().expiresAt(), tally);
        return end == null ? next : next.closed(new SessionRecord.End(now, Reason.of(end.reason()), end.remark()));
    }

    /** A session that is begun anew ends the former one of the same id with the same turn. */
    private boolean isOfThis(Fact.Ended end) {
        return !(commit.begins() && end.reason() == Fact.Reason.SUPERSEDED);
    }

    private void take(Fact fact, SessionRecord session) {
        switch (fact) {
            case Fact.Authenticated _ -> proven(session);
            case Fact.Unanswered(String jobId, int index) -> jobs.unanswered(jobId, index, rules.maxSends());
            case Fact.Opened _,Fact.Began _,Fact.Ended _ -> {
                // stands in the session itself
            }
            case Fact.AuthenticationRefused _,Fact.AlertsAnnounced _,Fact.ReplyUnreadable _,Fact.Noted _ -> {
                // stands in the trace and in the log
            }
            case Fact.Learned(var values) -> values.forEach(mirror::learned);
            case Fact.Sent(String jobId, int index) -> {
                if (!jobs.isSendable(jobId, index)) {
                    throw new Stale("job " + jobId + " was taken back meanwhile");
                }
                jobs.sent(jobId, index, session.number());
            }
            case Fact.Answered answered -> take(answered);
            case Fact.Unsendable(String jobId, int index, var status, String reason) ->
                jobs.unsendable(jobId, index, status, reason);
            case Fact.AlertRaised raised -> events.add(new Event.AlertRaised(
                    records.alerts().add(new Alert(0, session.deviceId(), session.number(), now, raised))));
            case Fact.ClientNonceIssued _,Fact.ServerNonceReceived _,Fact.ServerSchemeLearned _ -> {
                Device device = device();
                changedDevice = device.withAccount(changed(device.account(), fact));
            }
        }
    }

    private void take(Fact.Answered answered) {
        Optional<Operation> operation = jobs.answered(answered.jobId(), answered.path(), answered.outcome());
        if (answered.outcome().status().isSuccess()) {
            operation.ifPresent(mirror::done);
        }
    }

    private static Account changed(Account account, Fact fact) {
        return switch (fact) {
            case Fact.ClientNonceIssued(var nonce) when account.client() != null ->
                new Account(account.deviceId(), account.client().withNonce(nonce), account.clientSchemes(),
                        account.server(), account.serverScheme());
            case Fact.ServerNonceReceived(var nonce) when account.server() != null ->
                new Account(account.deviceId(), account.client(), account.clientSchemes(),
                        account.server().withNonce(nonce), account.serverScheme());
            case Fact.ServerSchemeLearned(var scheme) -> new Account(account.deviceId(), account.client(),
                    account.clientSchemes(), account.server(), scheme);
            case Fact.ClientNonceIssued _,Fact.ServerNonceReceived _,Fact.Opened _,Fact.Began _,Fact.Authenticated _,Fact.AuthenticationRefused _,Fact.Learned _,Fact.Sent _,Fact.Answered _,Fact.Unsendable _,Fact.AlertRaised _,Fact.Unanswered _,Fact.AlertsAnnounced _,Fact.ReplyUnreadable _,Fact.Noted _,Fact.Ended _ ->
                account;
        };
    }

    /** The device as it is now: its settings may have been changed since the turn was computed. */
    private Device device() {
        if (changedDevice != null) {
            return changedDevice;
        }
        return records.devices().find(commit.device().id())
                .orElseThrow(() -> new Stale("the device was removed meanwhile"));
    }

    /** The device is who it says: what is left of its older sessions is over. */
    private void proven(SessionRecord session) {
        changedDevice = device().seen(now, session.tally().profile());
        for (SessionRecord other : records.sessions().live(session.deviceId())) {
            if (other.number() < session.number()) {
                supersede(other, "the device began session " + session.number());
            }
        }
    }

    private void dropUnproven(String deviceId) {
        List<SessionRecord> unproven = records.sessions().live(deviceId).stream()
                .filter(s -> !s.tally().isAuthenticated()).toList();
        if (unproven.size() >= rules.maxPerDevice()) {
            supersede(unproven.getFirst(), "too many sessions of the device at once");
        }
    }

    private void supersede(SessionRecord other, String why) {
        SessionRecord dead = other.ended(now, Reason.SUPERSEDED, why);
        records.sessions().end(dead);
        jobs.returnUnanswered(dead.number(), rules.maxSends());
        ended.add(dead);
        events.add(new Event.SessionChanged(dead));
    }

    private boolean isNews(SessionRecord session) {
        return commit.begins() || !session.isLive()
                || commit.next().facts().stream().anyMatch(f -> f instanceof Fact.Authenticated);
    }
}
