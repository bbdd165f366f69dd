package dev.grove.server.store.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sorted map that writes down how to undo each change. */
final class UndoMap<K extends Comparable<K>, V> {

    private final NavigableMap<K, V> map = new TreeMap<>();
    private final Deque<Runnable> undo;

    UndoMap(Deque<Runnable> undo) {
        this.undo = undo;
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(map.get(key));
    }

    void put(K key, V value) {
        restoreLater(key, map.put(key, value));
    }

    boolean remove(K key) {
        V before = map.remove(key);
        if (before == null) {
            return false;
        }
        restoreLater(key, before);
        return true;
    }

    void removeIf(Predicate<V> condition) {
        new ArrayList<>(map.entrySet()).stream().filter(e -> condition.test(e.getValue()))
                .forEach(e -> remove(e.getKey()));
    }

    /** The values in the order of their keys. */
    Collection<V> values() {
        return map.values();
    }

    /** The values from the highest key to the lowest. */
    Collection<V> descending() {
        return map.descendingMap().values();
    }

    private void restoreLater(K key, @Nullable V before) {
        undo.push(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
