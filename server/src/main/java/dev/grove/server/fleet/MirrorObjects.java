package dev.grove.server.fleet;

import dev.grove.engine.KnownObject;
import dev.grove.tree.Address;
import dev.grove.tree.ClientUri;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the nodes of management objects stand in the mirror of a device of DM 2.0: at {@code ./MOID/MIID/path}, since
 * the device tells no other place. What DM 1.x has at a well-known place stands there too, for whoever looks there.
 */
final class MirrorObjects {

    /** The name of an instance that the device has not named. */
    static final String UNNAMED = "-";

    private static final int MAX_NODES = 100_000;
    private static final String DEV_INFO = "oma:mo:oma-dm-devinfo:";
    private static final String DEV_DETAIL = "oma:mo:oma-dm-devdetail:";

    private final DeviceMirror mirror;

    MirrorObjects(DeviceMirror mirror) {
        this.mirror = mirror;
    }

    /** The place of a single node; empty for what may be several. */
    Optional<NodeUri> placeOf(ClientUri uri) {
        boolean isOne = !uri.hasWildcard() && uri.where().isEmpty();
        return isOne ? Optional.of(place(uri)) : Optional.empty();
    }

    private NodeUri place(ClientUri uri) {
        List<String> segments = new ArrayList<>();
        segments.add(uri.moid());
        segments.add(uri.instance().isEmpty() ? onlyInstance(uri.moid()) : uri.instance());
        segments.addAll(uri.path());
        return new NodeUri(segments);
    }

    private String onlyInstance(String moid) {
        List<String> known = mirror.children(new NodeUri(List.of(moid)));
        return known.size() == 1 ? known.getFirst() : UNNAMED;
    }

    /** The device has these instances, and no others. */
    void told(KnownObject object, Instant now) {
        NodeUri root = new NodeUri(List.of(object.moid()));
        mirror.children(root).stream().filter(name -> !object.instances().contains(name))
                .forEach(name -> mirror.remove(root.child(name)));
        mirror.put(new MirrorNode(root, Value.interior(""), now));
        for (String instance : object.instances()) {
            NodeUri uri = root.child(instance);
            if (mirror.find(uri).isEmpty()) {
                mirror.put(new MirrorNode(uri, Value.interior(object.moid()), now));
            }
        }
    }

    /** The place where DM 1.x has a node of a standard object; empty if it has none. */
    static Optional<NodeUri> wellKnown(NodeUri place) {
        if (place.segments().size() < 2) {
            return Optional.empty();
        }
        String moid = place.segments().getFirst();
        String bare = moid.startsWith("urn:") ? moid.substring(4) : moid;
        List<String> path = place.segments().subList(2, place.segments().size());
        if (bare.startsWith(DEV_INFO)) {
            boolean isId = path.equals(List.of("DevID"));
            return Optional.of(at("DevInfo", isId ? List.of("DevId") : path));
        }
        return bare.startsWith(DEV_DETAIL) ? Optional.of(at("DevDetail", path)) : Optional.empty();
    }

    private static NodeUri at(String root, List<String> path) {
        return new NodeUri(List.of(root)).resolve(new NodeUri(path));
    }

    /** What is known of a node and all below it, as the device would tell it. */
    Outcome asLastRead(Address target) {
        List<Outcome.Result> results = new ArrayList<>();
        placeIn(target).ifPresent(place -> mirror.below(place, MAX_NODES).forEach(node -> {
            Value value = node.value();
            if (value != null && node.isRead()) {
                results.add(new Outcome.Result(spelled(target, node.uri()), value));
            }
        }));
        return new Outcome(StatusCode.OK, results, "304 Not modified: as it was read last");
    }

    private Optional<NodeUri> placeIn(Address target) {
        return switch (target) {
            case Address.Absolute(NodeUri node, var _) -> Optional.of(node);
            case Address.Client(ClientUri uri) -> placeOf(uri);
            case Address.Relative _ -> Optional.empty();
        };
    }

    private static String spelled(Address target, NodeUri place) {
        if (target instanceof Address.Absolute) {
            return place.toString();
        }
        List<String> segments = place.segments();
        String instance = segments.get(1).equals(UNNAMED) ? "" : segments.get(1);
        return ClientUri.of(segments.getFirst(), instance, segments.subList(2, segments.size())).toString();
    }
}
