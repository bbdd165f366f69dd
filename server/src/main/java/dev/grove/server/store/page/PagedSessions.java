package dev.grove.server.store.page;

import dev.grove.server.fleet.SessionRecord;
import dev.grove.server.fleet.Sessions;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.StoredSession;
import dev.grove.server.fleet.TraceEntry;
import dev.grove.server.store.form.TraceCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sessions on the page of their device: living ones among what is read with every message, ended ones by number and by
 * the device's own session id. Of the sessions with the same id a living one is the newest.
 */
record PagedSessions(Pages pages, PageRecords.World world) implements Sessions {

    /** So long the state of an ended session is kept beyond its time, for clocks that differ. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    @Override
    public Optional<StoredSession> latest(String deviceId, String sessionId) {
        Page page = pages.of(deviceId);
        Optional<StoredSession> living = living(page)
                .filter(session -> session.record().sessionId().equals(sessionId))
                .max(Comparator.comparingLong(session -> session.record().number()));
        return living.or(() -> page
                .range(Range.prefix(Kind.LAST_SESSION, sessionId + '\0').backwards().limitedTo(1)).values().stream()
                .map(PagedSessions::stored).findFirst());
    }

    private static Stream<StoredSession> living(Page page) {
        return page.all(Kind.LIVE_SESSION).values().stream().map(PagedSessions::stored);
    }

    private static StoredSession stored(Row row) {
        return new StoredSession(WorkForms.session(row.value()), row.body());
    }

    @Override
    public long latestNumber(String deviceId, String sessionId) {
        return latest(deviceId, sessionId).map(session -> session.record().number()).orElse(0L);
    }

    @Override
    public StoredSession open(StoredSession session) {
        Page page = pages.of(session.record().deviceId());
        StoredSession opened = new StoredSession(session.record().withNumber(Newest.next(page, world.numbers())),
                session.state());
        put(page, opened);
        if (opened.record().isLive()) {
            page.note(new Note.DueAt(Note.Due.SESSION, Place.key(opened.record().number()),
                    opened.record().expiresAt()));
        }
        return opened;
    }

    @Override
    public boolean replace(StoredSession next, long expectedVersion) {
        Page page = pages.of(next.record().deviceId());
        Optional<SessionRecord> current = find(next.record().deviceId(), next.record().number());
        if (current.isEmpty() || current.get().version() != expectedVersion) {
            return false;
        }
        if (next.record().isLive() && !current.get().isLive()) {
            page.remove(Kind.ENDED_SESSION, Place.key(next.record().number()));
            page.remove(Kind.LAST_SESSION, byId(next.record()));
            page.note(new Note.DueAt(Note.Due.SESSION, Place.key(next.record().number()),
                    next.record().expiresAt()));
        }
        put(page, next);
        return true;
    }

    private void put(Page page, StoredSession session) {
        SessionRecord record = session.record();
        String key = Place.key(record.number());
        Row row = Row.of(WorkForms.session(record), session.state());
        boolean wasLive = page.find(Kind.LIVE_SESSION, key).isPresent();
        if (wasLive != record.isLive()) {
            page.note(new Note.Counted(Note.Tally.LIVE_SESSIONS, record.startedAt(), record.isLive() ? 1 : -1));
        }
        if (record.isLive()) {
            page.put(Kind.LIVE_SESSION, key, row);
            return;
        }
        Duration kept = world.retention().sessions();
        Duration left = Duration.between(world.clock().instant(), record.expiresAt());
        Duration wanted = (left.isNegative() ? Duration.ZERO : left).plus(GRACE);
        page.remove(Kind.LIVE_SESSION, key);
        page.put(Kind.ENDED_SESSION, key, Row.of(row.value()).fading(kept));
        page.put(Kind.LAST_SESSION, byId(record), row.fading(kept).fadingBody(wanted.compareTo(kept) > 0
                ? kept
                : wanted));
    }

    private static String byId(SessionRecord session) {
        return session.sessionId() + '\0' + Place.key(session.number());
    }

    @Override
    public void end(SessionRecord ended) {
        Page page = pages.of(ended.deviceId());
        Row row = page.find(Kind.LIVE_SESSION, Place.key(ended.number()))
                .or(() -> page.find(Kind.LAST_SESSION, byId(ended)))
                .orElseThrow(() -> new IllegalStateException("there is no session " + ended.number() + " to end"));
        put(page, new StoredSession(ended, row.body()));
    }

    @Override
    public List<SessionRecord> live(String deviceId) {
        return living(pages.of(deviceId)).map(StoredSession::record).toList();
    }

    @Override
    public List<StoredSession> overdue(Instant now, int limit) {
        List<StoredSession> overdue = new ArrayList<>();
        world.index().due(Note.Due.SESSION, now, limit, hint -> {
            Optional<StoredSession> session = pages.of(hint.deviceId()).find(Kind.LIVE_SESSION, hint.key())
                    .map(PagedSessions::stored);
            if (session.isEmpty()) {
                return new FleetIndex.Verdict.Settled();
            }
            if (session.get().record().expiresAt().isAfter(now)) {
                return new FleetIndex.Verdict.Later(session.get().record().expiresAt());
            }
            overdue.add(session.get());
            return new FleetIndex.Verdict.Passed();
        });
        return overdue;
    }

    @Override
    public int countLive() {
        return world.index().count(Note.Tally.LIVE_SESSIONS);
    }

    @Override
    public Optional<SessionRecord> find(String deviceId, long number) {
        Page page = pages.of(deviceId);
        String key = Place.key(number);
        return page.find(Kind.LIVE_SESSION, key).or(() -> page.find(Kind.ENDED_SESSION, key))
                .map(row -> WorkForms.session(row.value()));
    }

    @Override
    public List<SessionRecord> list(String deviceId, Slice slice) {
        Page page = pages.of(deviceId);
        Comparator<SessionRecord> order = Comparator.comparingLong(SessionRecord::number);
        Stream<SessionRecord> ended = page.range(Range.slice(Kind.ENDED_SESSION, slice)).values().stream()
                .map(row -> WorkForms.session(row.value()));
        return Stream.concat(ended, live(deviceId).stream().filter(session -> slice.admits(session.number())))
                .sorted(slice.newestFirst() ? order.reversed() : order).limit(slice.limit()).toList();
    }

    /** In the order of the turns, and within one as they came. */
    @Override
    public void trace(String deviceId, long session, List<TraceEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long turn = find(deviceId, session).map(SessionRecord::version).orElse(0L);
        String key = Place.key(session) + Place.key(turn) + Place.key(world.numbers().after(0));
        pages.of(deviceId).put(Kind.TRACE, key,
                Row.of(TraceCodec.encode(entries)).fading(world.retention().traces()));
    }

    @Override
    public List<TraceEntry> trace(String deviceId, long session) {
        return pages.of(deviceId).range(Range.prefix(Kind.TRACE, Place.key(session))).values().stream()
                .flatMap(row -> TraceCodec.decode(row.value()).stream()).toList();
    }

    /** States have a life of their own. */
    @Override
    public int forgetStates(Instant now, int limit) {
        return 0;
    }

    /** Traces have a life of their own. */
    @Override
    public int pruneTraces(Instant end, int limit) {
        return 0;
    }

    /** Ended sessions have a life of their own. */
    @Override
    public int prune(Instant end, int limit) {
        return 0;
    }
}
