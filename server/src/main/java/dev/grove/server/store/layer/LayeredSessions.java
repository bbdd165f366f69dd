package dev.grove.server.store.layer;

import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sessions in layers. */
record LayeredSessions(View view) implements Sessions {

    @Override
    public Optional<StoredSession> latest(String deviceId, String sessionId) {
        Optional<StoredSession> here = latestHere(deviceId, sessionId);
        if (here.isPresent() && view.hasBegun(here.get().record().number())) {
            return here;
        }
        Optional<StoredSession> below = view.tables().latestSession(deviceId, sessionId);
        boolean isNewer = below.isPresent()
                && (here.isEmpty() || below.get().record().number() > here.get().record().number());
        return isNewer ? below : here;
    }

    private Optional<StoredSession> latestHere(String deviceId, String sessionId) {
        StoredSession latest = null;
        for (long number : view.known(layer -> layer.sessionsOf, deviceId)) {
            StoredSession session = here(number).orElse(null);
            if (session != null && session.record().sessionId().equals(sessionId)
                    && (latest == null || latest.record().number() < number)) {
                latest = session;
            }
        }
        return Optional.ofNullable(latest);
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        long here = latestHere(deviceId, sessionId).map(session -> session.record().number()).orElse(0L);
        return here != 0 && view.hasBegun(here)
                ? here
                : Math.max(here,
                        view.tables().latestSession(deviceId, sessionId).map(session -> session.record().number())
                                .orElse(0L));
    }

    private Stream<StoredSession> ofDevice(String deviceId) {
        return view.known(layer -> layer.sessionsOf, deviceId).stream().flatMap(number -> here(number).stream());
    }

    private Optional<StoredSession> here(long number) {
        return view.newest(layer -> layer.sessions.get(number));
    }

    @Override
    public StoredSession open(StoredSession session) {
        StoredSession opened = new StoredSession(
                session.record().withNumber(view.numbers().nextSession(session.record().deviceId())),
                session.state());
        view.change(new Change.SessionPut(opened, true));
        return opened;
    }

    @Override
    public boolean replace(StoredSession next, long expectedVersion) {
        Optional<SessionRecord> current = find(next.record().deviceId(), next.record().number());
        if (current.isEmpty() || current.get().version() != expectedVersion) {
            return false;
        }
        view.change(new Change.SessionPut(next, false));
        return true;
    }

    @Override
    public void end(SessionRecord ended) {
        StoredSession known = here(ended.number())
                .or(() -> view.tables().latestSession(ended.deviceId(), ended.sessionId())
                        .filter(session -> session.record().number() == ended.number()))
                .orElseThrow(NotInMemory::new);
        view.change(new Change.SessionPut(new StoredSession(ended, known.state()), false));
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        List<SessionRecord> live = new ArrayList<>();
        for (SessionRecord below : view.tables().liveSessions(deviceId)) {
            if (here(below.number()).isEmpty()) {
                live.add(below);
            }
        }
        ofDevice(deviceId).map(StoredSession::record).filter(SessionRecord::isLive).forEach(live::add);
        live.sort(Comparator.comparingLong(SessionRecord::number));
        return live;
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        Predicate<StoredSession> isOverdue = session -> session.record().isLive()
                && !session.record().expiresAt().isAfter(now);
        Stream<StoredSession> below = view.base().sessions().overdue(now, limit).stream()
                .filter(session -> here(session.record().number()).isEmpty());
        Stream<StoredSession> here = view.layers().stream().flatMap(layer -> layer.sessions.keySet().stream())
                .distinct().flatMap(number -> here(number).stream()).filter(isOverdue);
        return Stream.concat(below, here).limit(limit).toList();
    }

    @Override
    public int countLive() {
        throw new NotInMemory();
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        return here(number).map(StoredSession::record).filter(session -> session.deviceId().equals(deviceId))
                .or(() -> view.base().sessions().find(deviceId, number));
    }

    @Override
    public List<SessionRecord> list(String deviceId, Slice slice) {
        throw new NotInMemory();
    }

    /** A turn's version is its place in the trace: it grows with every turn. */
    @Override
    public void trace(String deviceId, long session, List<TraceEntry> entries) {
        if (!entries.isEmpty()) {
            long turn = here(session).map(known -> known.record().version())
                    .orElseThrow(NotInMemory::new);
            List<TraceEntry> all = new ArrayList<>(view.layers().getFirst().traced(session, turn));
            all.addAll(entries);
            view.change(new Change.Traced(deviceId, session, turn, all));
        }
    }

    @Override
    public List<TraceEntry> trace(String deviceId, long session) {
        throw new NotInMemory();
    }

    @Override
    public int forgetStates(Instant now, int limit) {
        throw new NotInMemory();
    }

    @Override
    public int pruneTraces(Instant end, int limit) {
        throw new NotInMemory();
    }

    @Override
    public int prune(Instant end, int limit) {
        throw new NotInMemory();
    }
}
