package dev.grove.server.fleet;

import dev.grove.engine.Fact;
import dev.grove.server.fleet.Events.Event;
import dev.grove.server.fleet.SessionRecord.Reason;
import dev.grove.server.fleet.SessionCommit.Conflict;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.NodeUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sessions against the store: one read before a turn, one durable write after it. The rules of what a turn means for
 * jobs, mirror and other sessions are here, once for every store.
 */
public final class SessionDesk {

    /** Jobs that one message may draw from; what is behind them gets its turn with the next message. */
    private static final int MAX_JOBS_AT_ONCE = 32;
    /** Sessions of which is kept what their last message left: some kilobytes each at most. */
    private static final int MAX_RECENT = 4096;
    private static final NodeUri LARGE_OBJECTS = NodeUri.parse("./DevDetail/LrgObj");

    /**
     * @param maxSends how often an operation is sent before its answer counts as never to be known
     * @param maxPerDevice living sessions that a device may have before the oldest unproven one is dropped
     * @param patience how long a device may be silent
     */
    public record Rules(int maxSends, int maxPerDevice, Device.Patience patience) {

        /** Ten times, eight sessions. */
        public static final Rules USUAL = new Rules(10, 8);

        /** With the usual patience. */
        public Rules(int maxSends, int maxPerDevice) {
            this(maxSends, maxPerDevice, Device.Patience.USUAL);
        }
    }

    private final Store store;
    private final Rules rules;
    private final Set<Long> aborts = ConcurrentHashMap.newKeySet();
    private final Recent recent = new Recent(MAX_RECENT);

    public SessionDesk(Store store, Rules rules) {
        this.store = store;
        this.rules = rules;
    }

    /** The rules by which it was made. */
    public Rules rules() {
        return rules;
    }

    /** The one read of a message, or less where the session has just been seen. */
    public Situation load(String deviceId, String sessionId, Instant now) {
        if (store.isShared()) {
            return read(new Contact.Call(deviceId, sessionId, now, MAX_JOBS_AT_ONCE, true));
        }
        Optional<Situation> held = recent.find(deviceId, sessionId);
        Contact.Call call = new Contact.Call(deviceId, sessionId, now, MAX_JOBS_AT_ONCE);
        return store.read(records -> held.filter(h -> records.jobs().newest(deviceId) == h.jobs().newest())
                .orElseGet(() -> Situation.of(records.contact(call), false)));
    }

    /** What the store has now, whatever was seen before. */
    public Situation reload(String deviceId, String sessionId, Instant now) {
        return read(new Contact.Call(deviceId, sessionId, now, MAX_JOBS_AT_ONCE));
    }

    private Situation read(Contact.Call call) {
        return Situation.of(store.read(records -> records.contact(call)), call.mayBeCopy());
    }

    /** Whether a session has been seen here just now, and goes on. It may be one, and not be known here. */
    public boolean isRecent(String deviceId, String sessionId) {
        return recent.find(deviceId, sessionId).isPresent();
    }

    /** The one write of a message. */
    public SessionCommit.Result commit(SessionCommit commit) {
        try {
            SessionCommit.Stored stored = store.write(records -> {
                if (store.isShared()) {
                    meet(records, commit);
                }
                return new TurnWriter(records, commit, rules).run();
            });
            if (commit.jobs().live().size() < MAX_JOBS_AT_ONCE) {
                recent.keep(stored.after());
            } else {
                recent.forget(commit.device().id(), commit.next().sessionId());
            }
            return stored;
        } catch (TurnWriter.Stale changed) {
            recent.forget(commit.device().id(), commit.next().sessionId());
            return new Conflict(changed.what());
        }
    }

    /** Whatever the turn will compare comes in one go. A copy that it was computed from may lack a job. */
    private static void meet(Records records, SessionCommit commit) {
        Contact contact = records.contact(new Contact.Call(commit.device().id(), commit.next().sessionId(),
                commit.now(), MAX_JOBS_AT_ONCE, true));
        if (commit.jobs().isCopy() && contact.newestJob() != commit.jobs().newest()) {
            throw new TurnWriter.Stale("a job was handed in meanwhile");
        }
    }

    /**
     * Ends what was not heard of in time, and returns its operations to the queue.
     *
     * @param lastWords what the engine has to say of the stored state of a session that dies: what can still be saved
     */
    public Swept sweep(Instant now, int limit, Function<StoredSession, List<Fact>> lastWords) {
        return end(records -> records.sessions().overdue(now, limit), now, Reason.EXPIRED, lastWords);
    }

    /** Ends one session as {@link #sweep} does, if it is overdue. */
    public Swept expire(SessionRecord session, Instant now, Function<StoredSession, List<Fact>> lastWords) {
        return end(records -> records.sessions().latest(session.deviceId(), session.sessionId())
                .filter(s -> s.record().isLive() && !s.record().expiresAt().isAfter(now)).stream().toList(),
                now, Reason.EXPIRED, lastWords);
    }

    /**
     * Ends the sessions that a device has left behind, now that it has proved itself in another one.
     *
     * @param isOlder which of its sessions those are
     * @param lastWords as in {@link #sweep}
     */
    public Swept endOlder(String deviceId, Predicate<SessionRecord> isOlder, Instant now,
            Function<StoredSession, List<Fact>> lastWords) {
        return end(records -> records.sessions().live(deviceId).stream().filter(isOlder)
                .flatMap(other -> records.sessions().latest(deviceId, other.sessionId()).stream()).toList(),
                now, Reason.SUPERSEDED, lastWords);
    }

    private Swept end(Function<Records, List<StoredSession>> which, Instant now, Reason reason,
            Function<StoredSession, List<Fact>> lastWords) {
        String why = reason == Reason.EXPIRED ? "nothing was heard in time" : "the device began another session";
        List<SessionRecord> ended = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (StoredSession found : store.read(which)) {
            store.write(records -> endIfLive(records, found.record(), now, (taker, session) -> taker
                    .end(session.record(), lastWords.apply(session), reason, why))).ifPresent(swept -> {
                        ended.addAll(swept.ended());
                        events.addAll(swept.events());
                    });
        }
        ended.forEach(session -> recent.forget(session.deviceId(), session.sessionId()));
        return new Swept(ended, events);
    }

    /** One session is one unit of work: it writes to one device. */
    private Optional<Swept> endIfLive(Records records, SessionRecord found, Instant now,
            BiFunction<FactTaker, StoredSession, SessionRecord> end) {
        return records.sessions().latest(found.deviceId(), found.sessionId())
                .filter(session -> session.record().isLive() && session.record().version() == found.version())
                .map(session -> {
                    FactTaker taker = new FactTaker(records, new FactTaker.Subject(found.deviceId(), now), rules,
                            List.of());
                    SessionRecord dead = end.apply(taker, session);
                    return new Swept(List.of(dead), taker.close());
                });
    }

    /**
     * Notes that a living session is to end: the engine says so to the device with its next answer. The wish is kept in
     * memory, as long as the session lives; a server that starts anew forgets it.
     *
     * @return the session; empty if the device has none of that number, or it is over
     */
    public Optional<SessionRecord> askAbort(String deviceId, long number) {
        aborts.add(number);
        Optional<SessionRecord> living = store.read(records -> records.sessions().find(deviceId, number))
                .filter(SessionRecord::isLive);
        if (living.isEmpty()) {
            aborts.remove(number);
        }
        return living;
    }

    /** Takes over what another node was asked. */
    public void abortWasAsked(long number) {
        aborts.add(number);
    }

    /** Whether somebody wants the session ended. */
    public boolean isAbortAsked(long number) {
        return aborts.contains(number);
    }

    /** A session is over: nobody need end it any more. */
    public void forgetAbort(long number) {
        aborts.remove(number);
    }

    /** Whether the device has told that it takes no large objects ([STDOBJ 1.2 §5]). */
    public boolean refusesLargeObjects(String deviceId) {
        return store.read(records -> records.mirror().find(deviceId, LARGE_OBJECTS)).map(MirrorNode::value)
                .filter(value -> value.text().strip().equalsIgnoreCase("false")).isPresent();
    }

    /** How many sessions live. */
    public int countLive() {
        return store.read(records -> records.sessions().countLive());
    }

    /** Sessions that ended, and what to tell. */
    public record Swept(List<SessionRecord> ended, List<Event> events) {}
}
