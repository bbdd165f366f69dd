package dev.grove.server.store.memory;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class MemoryMirror implements Mirror {

    private record Place(String deviceId, String uri) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::deviceId)
                .thenComparing(Place::uri);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Placed(String deviceId, MirrorNode node) {}

    private final UndoMap<Place, Placed> nodes;

    MemoryMirror(Deque<Runnable> undo) {
        nodes = new UndoMap<>(undo);
    }

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        return nodes.find(new Place(deviceId, uri.toString())).map(Placed::node);
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> told) {
        told.forEach(node -> nodes.put(new Place(deviceId, node.uri().toString()), new Placed(deviceId, node)));
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        nodes.removeIf(p -> p.deviceId().equals(deviceId) && p.node().uri().startsWith(uri));
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        return of(deviceId).filter(n -> n.uri().startsWith(uri) && n.uri().toString().compareTo(after) > 0)
                .limit(limit).toList();
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        int depth = uri.segments().size();
        return of(deviceId).filter(n -> n.uri().segments().size() > depth && n.uri().startsWith(uri))
                .map(n -> n.uri().segments().get(depth)).distinct().toList();
    }

    void forget(String deviceId) {
        nodes.removeIf(p -> p.deviceId().equals(deviceId));
    }

    private Stream<MirrorNode> of(String deviceId) {
        return nodes.values().stream().filter(p -> p.deviceId().equals(deviceId)).map(Placed::node);
    }
}
