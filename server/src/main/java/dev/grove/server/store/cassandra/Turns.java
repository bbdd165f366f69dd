package dev.grove.server.store.cassandra;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the writers of one device on this node pass one after another; those of other devices do not wait. */
final class Turns {

    private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private int wanted;
    }

    /** Waits for the turn of a device; {@link #leave} gives it back. */
    void enter(String deviceId) {
        Turn turn = turns.compute(deviceId, (_, known) -> {
            Turn its = known == null ? new Turn() : known;
            its.wanted++;
            return its;
        });
        turn.lock.lock();
    }

    void leave(String deviceId) {
        turns.computeIfPresent(deviceId, (_, turn) -> {
            turn.lock.unlock();
            turn.wanted--;
            return turn.wanted == 0 ? null : turn;
        });
    }
}
