package dev.grove.server.store.layer;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Mirrored trees in layers. */
record LayeredMirror(View view) implements Mirror {

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        for (Layer layer : view.layers()) {
            Layer.@Nullable Nodes nodes = layer.nodes.get(deviceId);
            MirrorNode put = nodes == null ? null : nodes.put.get(uri);
            if (put != null) {
                return Optional.of(put);
            }
            if (nodes != null && nodes.isRemoved(uri)) {
                return Optional.empty();
            }
        }
        return view.tables().node(deviceId, uri);
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> nodes) {
        view.change(new Change.NodesPut(deviceId, List.copyOf(nodes)));
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        view.change(new Change.NodeRemoved(deviceId, uri));
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        TreeMap<String, MirrorNode> found = new TreeMap<>();
        view.base().mirror().below(deviceId, uri, after, limit).forEach(node -> found.put(node.uri().toString(), node));
        // A full page of the tables may end before a node of the layers: that is for the next page then.
        for (Layer layer : ofDevice(deviceId)) {
            nodes(layer, deviceId).put.forEach((at, node) -> {
                if (at.startsWith(uri) && at.toString().compareTo(after) > 0) {
                    found.put(at.toString(), node);
                }
            });
        }
        return found.values().stream().limit(limit).toList();
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        Set<String> names = new LinkedHashSet<>(view.base().mirror().children(deviceId, uri));
        int depth = uri.segments().size();
        for (Layer layer : ofDevice(deviceId)) {
            for (NodeUri node : nodes(layer, deviceId).put.keySet()) {
                if (node.startsWith(uri) && node.segments().size() > depth) {
                    names.add(node.segments().get(depth));
                }
            }
        }
        return List.copyOf(names);
    }

    private static Layer.Nodes nodes(Layer layer, String deviceId) {
        return layer.nodes.getOrDefault(deviceId, new Layer.Nodes());
    }

    /** The layers from the oldest to the newest. What was removed is not taken out of a list here. */
    private List<Layer> ofDevice(String deviceId) {
        if (view.layers().stream().anyMatch(layer -> !nodes(layer, deviceId).removed.isEmpty())) {
            throw new NotInMemory();
        }
        return view.layers().reversed();
    }
}
