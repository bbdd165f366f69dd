package dev.grove.server.store.layer;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Mirrored trees in layers. */
record LayeredMirror(View view) implements Mirror {

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        for (Layer layer : view.layers()) {
            Page page = layer.page(deviceId);
            Nodes nodes = page == null ? null : page.nodes();
            MirrorNode put = nodes == null ? null : nodes.find(uri);
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
        for (MirrorNode node : ofDevice(deviceId)) {
            if (node.uri().startsWith(uri) && node.uri().toString().compareTo(after) > 0) {
                found.put(node.uri().toString(), node);
            }
        }
        return found.values().stream().limit(limit).toList();
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        Set<String> names = new LinkedHashSet<>(view.base().mirror().children(deviceId, uri));
        int depth = uri.segments().size();
        for (MirrorNode node : ofDevice(deviceId)) {
            if (node.uri().startsWith(uri) && node.uri().segments().size() > depth) {
                names.add(node.uri().segments().get(depth));
            }
        }
        return List.copyOf(names);
    }

    /** Of the same node the last one counts. What was removed is not taken out of a list here. */
    private List<MirrorNode> ofDevice(String deviceId) {
        List<MirrorNode> all = new ArrayList<>();
        for (Page page : view.pages(deviceId).reversed()) {
            Nodes nodes = page.nodes();
            if (nodes != null && nodes.hasRemoved()) {
                throw new NotInMemory();
            }
            all.addAll(nodes == null ? List.of() : nodes.all());
        }
        return all;
    }
}
