package dev.grove.server.store.layer;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has changed of a device's mirror: what was removed, and what was put since. */
final class Nodes {

    static final int FEW = 32;

    /** What stands below a node comes right behind it. */
    private static final Comparator<NodeUri> IN_DEPTH = Nodes::compare;

    /** As they came: of the same node the last one counts. None, once there are many. */
    private final List<MirrorNode> few = new ArrayList<>();
    private @Nullable NavigableMap<NodeUri, MirrorNode> many;
    /** None of them stands below another. */
    private @Nullable NavigableSet<NodeUri> removed;

    /** What was put, if it was not removed since. */
    @Nullable
    MirrorNode find(NodeUri uri) {
        if (many != null) {
            return many.get(uri);
        }
        for (int i = few.size() - 1; i >= 0; i--) {
            MirrorNode node = few.get(i);
            if (isSame(node.uri(), uri)) {
                return node;
            }
        }
        return null;
    }

    /** Whether what was there before, in this place, was removed. */
    boolean isRemoved(NodeUri uri) {
        NodeUri above = removed == null ? null : removed.floor(uri);
        return above != null && uri.startsWith(above);
    }

    boolean hasRemoved() {
        return removed != null;
    }

    /** All that were put; of the same node the last one counts. */
    Collection<MirrorNode> all() {
        return many == null ? few : many.values();
    }

    void put(Collection<MirrorNode> nodes) {
        if (many == null && few.size() + nodes.size() <= FEW) {
            few.addAll(nodes);
            return;
        }
        NavigableMap<NodeUri, MirrorNode> all = many;
        if (all == null) {
            all = new TreeMap<>(IN_DEPTH);
            putInto(all, few);
            few.clear();
            many = all;
        }
        putInto(all, nodes);
    }

    private static void putInto(NavigableMap<NodeUri, MirrorNode> all, Collection<MirrorNode> nodes) {
        for (MirrorNode node : nodes) {
            all.put(node.uri(), node);
        }
    }

    /** Forgets a node and all below it. */
    void remove(NodeUri uri) {
        few.removeIf(node -> node.uri().startsWith(uri));
        if (many != null) {
            removeBelow(many.navigableKeySet(), uri);
        }
        if (!isRemoved(uri)) {
            NavigableSet<NodeUri> gone = removed == null ? new TreeSet<>(IN_DEPTH) : removed;
            removeBelow(gone, uri);
            gone.add(uri);
            removed = gone;
        }
    }

    private static void removeBelow(NavigableSet<NodeUri> uris, NodeUri uri) {
        SortedSet<NodeUri> behind = uris.tailSet(uri, true);
        Iterator<NodeUri> each = behind.iterator();
        while (each.hasNext() && each.next().startsWith(uri)) {
            each.remove();
        }
    }

    /** Takes over what has changed later. */
    void absorb(Nodes later) {
        if (later.removed != null) {
            later.removed.forEach(this::remove);
        }
        put(later.all());
    }

    private static boolean isSame(NodeUri one, NodeUri other) {
        return one.segments().size() == other.segments().size() && one.startsWith(other);
    }

    private static int compare(NodeUri one, NodeUri other) {
        List<String> names = one.segments();
        List<String> others = other.segments();
        int shared = Math.min(names.size(), others.size());
        for (int i = 0; i < shared; i++) {
            int order = names.get(i).compareTo(others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), others.size());
    }
}
