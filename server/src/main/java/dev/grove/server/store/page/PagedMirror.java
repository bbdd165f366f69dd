package dev.grove.server.store.page;

import dev.grove.server.fleet.Mirror;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mirrored trees, one row a node. What stands below a URI sorts between {@code uri/} and {@code uri0}. */
record PagedMirror(Pages pages) implements Mirror {

    @Override
    public Optional<MirrorNode> find(String deviceId, NodeUri uri) {
        return pages.of(deviceId).find(Kind.NODE, uri.toString()).map(row -> Forms.node(row.value()));
    }

    @Override
    public void put(String deviceId, Collection<MirrorNode> nodes) {
        Page page = pages.of(deviceId);
        nodes.forEach(node -> page.put(Kind.NODE, node.uri().toString(), Row.of(Forms.node(node))));
    }

    @Override
    public void remove(String deviceId, NodeUri uri) {
        Page page = pages.of(deviceId);
        List<String> gone = page.range(Range.prefix(Kind.NODE, uri + "/")).keySet().stream().map(Place::key).toList();
        gone.forEach(key -> page.remove(Kind.NODE, key));
        page.remove(Kind.NODE, uri.toString());
    }

    @Override
    public List<MirrorNode> below(String deviceId, NodeUri uri, String after, int limit) {
        Page page = pages.of(deviceId);
        List<MirrorNode> nodes = new ArrayList<>();
        if (uri.toString().compareTo(after) > 0) {
            find(deviceId, uri).ifPresent(nodes::add);
        }
        Range below = Range.prefix(Kind.NODE, uri + "/");
        Range rest = after.compareTo(below.from()) < 0
                ? below
                : new Range(Kind.NODE, after + '\0', below.to(), limit, false);
        if (rest.from().compareTo(rest.to()) < 0) {
            page.range(rest.limitedTo(limit)).values().forEach(row -> nodes.add(Forms.node(row.value())));
        }
        return nodes.size() > limit ? nodes.subList(0, limit) : nodes;
    }

    @Override
    public List<String> children(String deviceId, NodeUri uri) {
        int start = uri.toString().length() + 1;
        Set<String> names = new LinkedHashSet<>();
        for (Place place : pages.of(deviceId).range(Range.prefix(Kind.NODE, uri + "/")).keySet()) {
            int end = place.key().indexOf('/', start);
            names.add(place.key().substring(start, end < 0 ? place.key().length() : end));
        }
        return List.copyOf(names);
    }
}
