package dev.grove.server.store.cassandra;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The living sessions that this node has written: to be counted without asking every page of the fleet. */
final class LiveSessions {

    /** Beyond that the count stays behind. */
    private static final int MAX_SESSIONS = 1_000_000;

    private record Session(String deviceId, long number) {}

    private final Map<Session, Instant> living = new HashMap<>();
    private Instant latest = Instant.EPOCH;

    synchronized void lives(String deviceId, long number, Instant expiresAt) {
        Session session = new Session(deviceId, number);
        if (living.size() < MAX_SESSIONS || living.containsKey(session)) {
            living.put(session, expiresAt);
        }
        if (expiresAt.isAfter(latest)) {
            latest = expiresAt;
            forgetLost();
        }
    }

    synchronized void over(String deviceId, long number) {
        living.remove(new Session(deviceId, number));
    }

    synchronized int count() {
        return living.size();
    }

    /** Sessions that another node has ended are never told here: two turns of their time later they do not count. */
    private void forgetLost() {
        if (living.size() % 1024 == 0) {
            Instant lost = latest.minusSeconds(3600);
            living.values().removeIf(expiresAt -> expiresAt.isBefore(lost));
        }
    }
}
