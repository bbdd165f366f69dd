package dev.grove.server.fleet;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What stood after the last message of sessions that go on, so that the next message need not read it again. Nothing
 * here is relied on: the write after the turn fails if the session or a job has changed meanwhile.
 */
final class Recent {

    private final int maxSessions;
    private final SequencedMap<Key, Situation> situations = new LinkedHashMap<>(256, 0.75f, true);

    private record Key(String deviceId, String sessionId) {}

    /** @param maxSessions how many are kept; beyond that the one is forgotten that was not heard of for longest */
    Recent(int maxSessions) {
        this.maxSessions = maxSessions;
    }

    synchronized Optional<Situation> find(String deviceId, String sessionId) {
        return Optional.ofNullable(situations.get(new Key(deviceId, sessionId)));
    }

    synchronized void keep(Situation situation) {
        StoredSession session = situation.session();
        if (session == null) {
            return;
        }
        Key key = new Key(session.record().deviceId(), session.record().sessionId());
        boolean isWorthIt = session.record().isLive() && Weight.isLight(session)
                && Weight.isLight(situation.jobs().live());
        if (!isWorthIt) {
            situations.remove(key);
            return;
        }
        situations.put(key, situation);
        if (situations.size() > maxSessions) {
            situations.pollFirstEntry();
        }
    }

    synchronized void forget(String deviceId, String sessionId) {
        situations.remove(new Key(deviceId, sessionId));
    }
}
