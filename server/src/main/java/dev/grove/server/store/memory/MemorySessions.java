package dev.grove.server.store.memory;

import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

final class MemorySessions implements Sessions {

    private final UndoMap<Long, StoredSession> sessions;
    private final UndoMap<Long, List<TraceEntry>> traces;
    private long lastNumber;

    MemorySessions(Deque<Runnable> undo) {
        sessions = new UndoMap<>(undo);
        traces = new UndoMap<>(undo);
    }

    @Override
    public Optional<StoredSession> latest(String deviceId, String sessionId) {
        return sessions.descending().stream().filter(s -> s.record().deviceId().equals(deviceId)
                && s.record().sessionId().equals(sessionId)).findFirst();
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        return latest(deviceId, sessionId).map(s -> s.record().number()).orElse(0L);
    }

    @Override
    public StoredSession open(StoredSession session) {
        StoredSession numbered = new StoredSession(session.record().withNumber(++lastNumber), session.state());
        sessions.put(lastNumber, numbered);
        return numbered;
    }

    @Override
    public boolean replace(StoredSession next, long expectedVersion) {
        boolean isExpected = sessions.find(next.record().number())
                .filter(s -> s.record().version() == expectedVersion).isPresent();
        if (isExpected) {
            sessions.put(next.record().number(), next);
        }
        return isExpected;
    }

    @Override
    public void end(SessionRecord ended) {
        sessions.find(ended.number())
                .ifPresent(s -> sessions.put(ended.number(), new StoredSession(ended, s.state())));
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        return records().filter(s -> s.isLive() && s.deviceId().equals(deviceId)).toList();
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        return sessions.values().stream().filter(s -> s.record().isLive() && !s.record().expiresAt().isAfter(now))
                .limit(limit).toList();
    }

    @Override
    public int countLive() {
        return (int) records().filter(SessionRecord::isLive).count();
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        return sessions.find(number).map(StoredSession::record).filter(s -> s.deviceId().equals(deviceId));
    }

    @Override
    public List<SessionRecord> list(String deviceId, Slice slice) {
        Stream<StoredSession> ordered = slice.newestFirst()
                ? sessions.descending().stream()
                : sessions.values().stream();
        return ordered.map(StoredSession::record)
                .filter(s -> s.deviceId().equals(deviceId) && slice.admits(s.number())).limit(slice.limit()).toList();
    }

    @Override
    public void trace(String deviceId, long session, List<TraceEntry> entries) {
        List<TraceEntry> longer = new ArrayList<>(trace(deviceId, session));
        longer.addAll(entries);
        traces.put(session, List.copyOf(longer));
    }

    @Override
    public List<TraceEntry> trace(String deviceId, long session) {
        return traces.find(session).orElse(List.of());
    }

    @Override
    public int forgetStates(Instant now, int limit) {
        List<StoredSession> old = sessions.values().stream().filter(s -> !s.state().isEmpty()
                && !s.record().isLive() && s.record().expiresAt().isBefore(now)).limit(limit).toList();
        old.forEach(s -> sessions.put(s.record().number(), new StoredSession(s.record(), Bytes.EMPTY)));
        return old.size();
    }

    @Override
    public int pruneTraces(Instant end, int limit) {
        List<SessionRecord> old = records().filter(endedBefore(end))
                .filter(s -> traces.find(s.number()).isPresent()).limit(limit).toList();
        for (SessionRecord each : old) {
            traces.remove(each.number());
            sessions.find(each.number())
                    .ifPresent(s -> sessions.put(each.number(), new StoredSession(each.untraced(), s.state())));
        }
        return old.size();
    }

    @Override
    public int prune(Instant end, int limit) {
        List<SessionRecord> old = records().filter(endedBefore(end)).limit(limit).toList();
        old.forEach(this::remove);
        return old.size();
    }

    private static Predicate<SessionRecord> endedBefore(Instant end) {
        return s -> s.end() != null && s.end().at().isBefore(end);
    }

    void forget(String deviceId) {
        records().filter(s -> s.deviceId().equals(deviceId)).toList().forEach(this::remove);
    }

    private void remove(SessionRecord session) {
        sessions.remove(session.number());
        traces.remove(session.number());
    }

    private Stream<SessionRecord> records() {
        return sessions.values().stream().map(StoredSession::record);
    }
}
