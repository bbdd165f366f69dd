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
        if (here.isPresent() && hasBegun(deviceId, here.get().record().number())) {
            return here;
        }
        Optional<StoredSession> below = view.tables().latestSession(deviceId, sessionId);
        boolean isNewer = below.isPresent()
                && (here.isEmpty() || below.get().record().number() > here.get().record().number());
        return isNewer ? below : here;
    }

    private Optional<StoredSession> latestHere(String deviceId, String sessionId) {
        StoredSession latest = null;
        for (StoredSession session : ofDevice(deviceId)) {
            if (session.record().sessionId().equals(sessionId)
                    && (latest == null || latest.record().number() < session.record().number())) {
                latest = session;
            }
        }
        return Optional.ofNullable(latest);
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        long here = latestHere(deviceId, sessionId).map(session -> session.record().number()).orElse(0L);
        return here != 0 && hasBegun(deviceId, here)
                ? here
                : Math.max(here,
                        view.tables().latestSession(deviceId, sessionId).map(session -> session.record().number())
                                .orElse(0L));
    }

    private List<StoredSession> ofDevice(String deviceId) {
        return view.ofDevice(Page::sessions, deviceId);
    }

    private Optional<StoredSession> here(String deviceId, long number) {
        return view.newest(Page::sessions, deviceId, number);
    }

    private boolean isBelow(SessionRecord session) {
        return here(session.deviceId(), session.number()).isEmpty();
    }

    private boolean hasBegun(String deviceId, long number) {
        return view.isNew(Page::sessions, deviceId, number);
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
        StoredSession known = here(ended.deviceId(), ended.number())
                .or(() -> view.tables().latestSession(ended.deviceId(), ended.sessionId())
                        .filter(session -> session.record().number() == ended.number()))
                .orElseThrow(NotInMemory::new);
        view.change(new Change.SessionPut(new StoredSession(ended, known.state()), false));
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        List<SessionRecord> live = new ArrayList<>();
        for (SessionRecord below : view.tables().liveSessions(deviceId)) {
            if (isBelow(below)) {
                live.add(below);
            }
        }
        for (StoredSession session : ofDevice(deviceId)) {
            if (session.record().isLive()) {
                live.add(session.record());
            }
        }
        live.sort(Comparator.comparingLong(SessionRecord::number));
        return live;
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        Predicate<StoredSession> isOverdue = session -> session.record().isLive()
                && !session.record().expiresAt().isAfter(now);
        Stream<StoredSession> below = view.base().sessions().overdue(now, limit).stream()
                .filter(session -> isBelow(session.record()));
        Stream<StoredSession> here = view.ofAll(Page::sessions).filter(isOverdue);
        return Stream.concat(below, here).limit(limit).toList();
    }

    @Override
    public int countLive() {
        throw new NotInMemory();
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        return here(deviceId, number).map(StoredSession::record)
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
            long turn = here(deviceId, session).map(known -> known.record().version())
                    .orElseThrow(NotInMemory::new);
            List<TraceEntry> all = new ArrayList<>(view.layers().getFirst().traced(deviceId, session, turn));
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
