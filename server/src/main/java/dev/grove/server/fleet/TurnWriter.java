package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.SessionCommit.Stored;
import dev.grove.server.fleet.SessionRecord.End;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionRecord.Tally;
import dev.grove.server.fleet.Store.Records;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes one turn: the session itself, then what its facts mean. */
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
    private final FactTaker taker;

    TurnWriter(Records records, SessionCommit commit, SessionDesk.Rules rules) {
        this.records = records;
        this.commit = commit;
        this.rules = rules;
        this.now = commit.now();
        this.taker = new FactTaker(records, new FactTaker.Subject(commit.device().id(), now), rules,
                commit.jobs().live());
    }

    Stored run() {
        List<Fact> facts = commit.next().factsOfThis();
        SessionRecord session = commit.begins() ? begin(facts) : proceed(facts);
        records.sessions().trace(session.deviceId(), session.number(), commit.trace());
        taker.take(facts, session);
        SessionRecord before = commit.before();
        boolean wasLive = before != null && !commit.begins() && before.isLive();
        boolean isNews = commit.begins() || session.isLive() != wasLive
                || Fact.anyIs(Fact.Authenticated.class, facts);
        if (isNews) {
            taker.tell(new Event.SessionChanged(session));
        }
        List<Event> events = taker.close();
        Situation after = Situation.written(taker.device().orElse(commit.device()), session, commit.next(),
                new Situation.Seen(taker.liveJobs(), commit.jobs().newest()));
        return new Stored(session, taker.ended(), events, after);
    }

    private SessionRecord begin(List<Fact> facts) {
        String deviceId = commit.device().id();
        Optional<Device> device = records.devices().find(deviceId);
        if (device.isPresent() == commit.isNewDevice()) {
            throw new Stale("the device was added or removed meanwhile");
        }
        device.ifPresent(taker::found);
        long newest = records.sessions().latestNumber(deviceId, commit.next().sessionId());
        SessionRecord before = commit.before();
        if (newest != (before == null ? 0 : before.number())) {
            throw new Stale("the session was begun meanwhile");
        }
        if (commit.isNewDevice()) {
            records.devices().add(commit.device());
            taker.tell(new Event.DeviceAdded(deviceId));
        }
        if (before != null && before.isLive()) {
            taker.end(before, commit.next().factsOfFormer(), Reason.SUPERSEDED,
                    "the device began anew under the same session id");
        }
        dropUnproven(deviceId);
        SessionRecord fresh = new SessionRecord(0, deviceId, commit.next().sessionId(), 0, now, now,
                commit.next().expiresAt(), null, new Tally(commit.profile(), false, 0, 0), SessionRecord.Tracing.NONE);
        return records.sessions().open(new StoredSession(turned(fresh, facts), commit.next().state())).record();
    }

    private SessionRecord proceed(List<Fact> facts) {
        SessionRecord before = commit.before();
        if (before == null) {
            throw new IllegalStateException("a turn that begins no session continues one");
        }
        SessionRecord next = turned(before, facts);
        if (!records.sessions().replace(new StoredSession(next, commit.next().state()), before.version())) {
            throw new Stale("another message of the session was answered meanwhile");
        }
        return next;
    }

    private SessionRecord turned(SessionRecord session, List<Fact> facts) {
        int answered = 0;
        String profile = session.tally().profile();
        boolean isAuthenticated = session.tally().isAuthenticated();
        End end = commit.next().isEnded() ? session.end() : null;
        for (Fact fact : facts) {
            if (fact instanceof Fact.Answered(_, String path, _) && path.indexOf('.') < 0) {
                answered++;
            } else if (fact instanceof Fact.Authenticated) {
                isAuthenticated = true;
            } else if (fact instanceof Fact.Began(String name, _)) {
                profile = name;
            } else if (fact instanceof Fact.Ended(Fact.Reason reason, String remark)) {
                end = new End(now, Reason.of(reason), remark);
            }
        }
        Tally tally = new Tally(profile, isAuthenticated, session.tally().messages() + 1,
                session.tally().operations() + answered);
        SessionRecord next = session.turned(now, commit.next().expiresAt(), end, tally);
        return commit.trace().isEmpty() ? next : next.traced();
    }

    /** Anybody can begin sessions in a device's name; only so many are kept until one proves itself. */
    private void dropUnproven(String deviceId) {
        List<SessionRecord> unproven = records.sessions().live(deviceId).stream()
                .filter(s -> !s.tally().isAuthenticated()).toList();
        if (unproven.size() >= rules.maxPerDevice()) {
            taker.end(unproven.getFirst(), List.of(), Reason.SUPERSEDED, "too many sessions of the device at once");
        }
    }
}
