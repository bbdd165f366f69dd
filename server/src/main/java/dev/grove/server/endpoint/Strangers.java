package dev.grove.server.endpoint;

import dev.grove.dm1.SessionState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of devices that nobody knows. They are kept in memory only, and only so many: a stranger costs no disk.
 * The conversation goes on as with a known device, so that it tells nobody which devices exist.
 */
final class Strangers {

    private static final int MAX_HELD = 10_000;

    private record Key(String deviceId, String sessionId) {}

    private final Map<Key, SessionState> sessions = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SessionState> eldest) {
            return size() > MAX_HELD;
        }
    };

    synchronized Optional<SessionState> find(String deviceId, String sessionId, Instant now) {
        SessionState state = sessions.get(new Key(deviceId, sessionId));
        return Optional.ofNullable(state).filter(s -> s.expiresAt().isAfter(now));
    }

    /** Keeps {@code next} if {@code before} is still what is known; two messages at once cannot both be the next. */
    synchronized boolean replace(Optional<SessionState> before, SessionState next) {
        Key key = new Key(next.deviceId(), next.sessionId());
        if (before.isPresent() && !before.get().equals(sessions.get(key))) {
            return false;
        }
        sessions.put(key, next);
        return true;
    }

    synchronized void forget(SessionState state) {
        sessions.remove(new Key(state.deviceId(), state.sessionId()));
    }
}
