package dev.grove.server.store.memory;

import dev.grove.server.fleet.Descriptions;
import dev.grove.wire.Bytes;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

final class MemoryDescriptions implements Descriptions {

    private record Place(String deviceId, String name) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::deviceId)
                .thenComparing(Place::name);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Kept(String deviceId, Head head, Bytes document) {}

    private final UndoMap<Place, Kept> documents;

    MemoryDescriptions(Deque<Runnable> undo) {
        documents = new UndoMap<>(undo);
    }

    @Override
    public void put(String deviceId, Head head, Bytes document) {
        documents.put(new Place(deviceId, head.name()), new Kept(deviceId, head, document));
    }

    @Override
    public List<Head> list(String deviceId) {
        return documents.values().stream().filter(k -> k.deviceId().equals(deviceId)).map(Kept::head).toList();
    }

    @Override
    public Optional<Head> find(String deviceId, String name) {
        return documents.find(new Place(deviceId, name)).map(Kept::head);
    }

    @Override
    public Optional<Bytes> document(String deviceId, String name) {
        return documents.find(new Place(deviceId, name)).map(Kept::document);
    }

    @Override
    public boolean remove(String deviceId, String name) {
        return documents.remove(new Place(deviceId, name));
    }

    void forget(String deviceId) {
        documents.removeIf(k -> k.deviceId().equals(deviceId));
    }
}
