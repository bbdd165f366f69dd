package dev.grove.server.store.memory;

import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wakes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class MemoryWakes implements Wakes {

    private final UndoMap<String, Reach> reaches;
    private final UndoMap<Long, Wake> wakes;
    private long lastNumber;

    MemoryWakes(Deque<Runnable> undo) {
        reaches = new UndoMap<>(undo);
        wakes = new UndoMap<>(undo);
    }

    @Override
    public Reach reach(String deviceId) {
        return reaches.find(deviceId).orElse(Reach.NONE);
    }

    @Override
    public void putReach(String deviceId, Reach reach) {
        reaches.put(deviceId, reach);
    }

    @Override
    public Wake add(Wake wake) {
        Wake numbered = wake.withNumber(++lastNumber);
        put(numbered);
        return numbered;
    }

    @Override
    public void put(Wake wake) {
        wakes.put(wake.number(), wake);
    }

    @Override
    public Optional<Wake> find(String deviceId, long number) {
        return wakes.find(number).filter(wake -> wake.deviceId().equals(deviceId));
    }

    @Override
    public Optional<Wake> open(String deviceId) {
        return list(deviceId, new Slice(0, Integer.MAX_VALUE, true)).stream().filter(Wake::isOpen).findFirst();
    }

    @Override
    public List<Wake> list(String deviceId, Slice slice) {
        Stream<Wake> ordered = slice.newestFirst() ? wakes.descending().stream() : wakes.values().stream();
        return ordered.filter(wake -> wake.deviceId().equals(deviceId) && slice.admits(wake.number()))
                .limit(slice.limit()).toList();
    }

    @Override
    public List<Wake> due(Instant now, int limit) {
        return wakes.values().stream().filter(wake -> dueAt(wake).compareTo(now) <= 0)
                .sorted(Comparator.comparing(MemoryWakes::dueAt)).limit(limit).toList();
    }

    private static Instant dueAt(Wake wake) {
        return wake.dueAt() == null ? Instant.MAX : wake.dueAt();
    }

    @Override
    public int prune(Instant end, int limit) {
        List<Wake> old = wakes.values().stream().filter(wake -> wake.end() != null && wake.end().at().isBefore(end))
                .limit(limit).toList();
        old.forEach(wake -> wakes.remove(wake.number()));
        return old.size();
    }

    void forget(String deviceId) {
        reaches.remove(deviceId);
        wakes.removeIf(wake -> wake.deviceId().equals(deviceId));
    }
}
