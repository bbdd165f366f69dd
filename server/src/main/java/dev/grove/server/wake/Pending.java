package dev.grove.server.wake;

import java.util.LinkedHashMap;
import java.util.Optional;

/** What waits to be fetched, once, by its name; the oldest goes when there is too much. */
final class Pending<K, V> {

    private final LinkedHashMap<K, V> waiting = new LinkedHashMap<>();
    private final int most;

    Pending(int most) {
        this.most = most;
    }

    synchronized void put(K name, V value) {
        waiting.put(name, value);
        if (waiting.size() > most) {
            waiting.pollFirstEntry();
        }
    }

    synchronized Optional<V> take(K name) {
        return Optional.ofNullable(waiting.remove(name));
    }
}
