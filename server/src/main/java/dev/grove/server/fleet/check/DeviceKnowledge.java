package dev.grove.server.fleet.check;

import dev.grove.dm2.server.Knowledge;
import dev.grove.engine.KnownObject;
import dev.grove.mo.StandardObjects;
import dev.grove.server.fleet.DeviceObjects.Validator;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Store;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the objects of a device of DM 2.0: what it told of them, its descriptions, those of the standard
 * objects, and what was read of it before.
 */
public final class DeviceKnowledge implements Knowledge {

    /** The identifier of DevInfo in DM 2.0 ([DM 2.0 §12.1]). */
    private static final String DEV_INFO_MOID = "urn:oma:mo:oma-dm-devinfo:1.2";

    /** What DM 1.x has in DevDetail and DM 2.0 in DevInfo ([DM 2.0 §12.1]). */
    private static final Map<String, String> FROM_DEV_DETAIL = Map.of("DevTyp", "DevType", "OEM", "OEM", "FwV", "FwV",
            "SwV", "SwV", "HwV", "HwV");

    /** More nodes or bytes than that had better not come in the messages of a session. */
    private static final int LARGE_NODES = 500;
    private static final int LARGE_BYTES = 128 << 10;

    private final Store store;
    private final String deviceId;
    private final Description given;
    private final Description all;
    private final List<KnownObject> objects;

    /** Reads what the device told; the rest is looked up when it is asked for. */
    public DeviceKnowledge(Store store, DescriptionShelf shelf, String deviceId) {
        this.store = store;
        this.deviceId = deviceId;
        this.given = shelf.of(deviceId);
        this.all = given.and(StandardObjects.description());
        this.objects = store.read(records -> records.objects().list(deviceId));
    }

    @Override
    public Optional<ClientUri> clientUri(NodeUri node) {
        List<String> names = node.segments();
        if (names.size() >= 2 && names.getFirst().indexOf(':') > 0) {
            return uri(names.getFirst(), names.get(1).equals("-") ? "" : names.get(1), names.subList(2, names.size()));
        }
        if (names.size() == 2 && names.getFirst().equals("DevDetail") && !has(StandardObjects.DEV_DETAIL_MOID)
                && FROM_DEV_DETAIL.containsKey(names.get(1))) {
            return uri(spoken(DEV_INFO_MOID), "", List.of(FROM_DEV_DETAIL.get(names.get(1))));
        }
        for (int depth = names.size(); depth > 0; depth--) {
            NodeUri root = new NodeUri(names.subList(0, depth));
            Optional<DescriptionNode> object = all.at(root).filter(DeviceKnowledge::isObject);
            if (object.isPresent()) {
                return inObject(object.get(), root, names.subList(depth, names.size()));
            }
        }
        return Optional.empty();
    }

    private static boolean isObject(DescriptionNode node) {
        return node.isInterior() && node.types().stream().anyMatch(type -> type.indexOf(':') > 0);
    }

    private Optional<ClientUri> inObject(DescriptionNode object, NodeUri root, List<String> path) {
        String described = object.types().getFirst();
        boolean isDevInfo = described.equals(StandardObjects.DEV_INFO_MOID);
        String moid = spoken(isDevInfo ? DEV_INFO_MOID : described);
        boolean isId = isDevInfo && path.equals(List.of("DevId"));
        return uri(moid, object.isNamed() ? "" : root.name(), isId ? List.of("DevID") : path);
    }

    private static Optional<ClientUri> uri(String moid, String instance, List<String> path) {
        try {
            return Optional.of(ClientUri.of(moid, instance, path));
        } catch (IllegalArgumentException noClientUri) {
            return Optional.empty();
        }
    }

    /** The identifier that the device has told, if it is one of another version. */
    private String spoken(String moid) {
        return objects.stream().map(KnownObject::moid).filter(told -> base(told).equals(base(moid)))
                .max((one, other) -> Boolean.compare(one.equals(moid), other.equals(moid))).orElse(moid);
    }

    private boolean has(String moid) {
        return objects.stream().anyMatch(object -> base(object.moid()).equals(base(moid)));
    }

    /** Without version, and without what the examples of the specification leave away. */
    private static String base(String moid) {
        String bare = moid.startsWith("urn:") ? moid.substring(4) : moid;
        int colon = bare.lastIndexOf(':');
        return colon > 0 && bare.substring(colon + 1).matches("[0-9.]+") ? bare.substring(0, colon) : bare;
    }

    @Override
    public Optional<String> validator(ClientUri uri) {
        Optional<Validator> known = store
                .read(records -> records.objects().validator(deviceId, uri.moid(), uri.instance()));
        return known.filter(validator -> isAtHand(uri, validator.instance())).map(Validator::value);
    }

    private boolean isAtHand(ClientUri uri, String instance) {
        return uri.where().isEmpty() && store.read(records -> records.mirror().find(deviceId, place(uri, instance)))
                .filter(MirrorNode::isRead).isPresent();
    }

    private static NodeUri place(ClientUri uri, String instance) {
        List<String> names = new ArrayList<>(List.of(uri.moid(), instance.isEmpty() ? "-" : instance));
        names.addAll(uri.path());
        return new NodeUri(names);
    }

    @Override
    public Optional<DescriptionNode> described(ClientUri uri) {
        Optional<DescriptionNode> node = given.ofType(uri.moid()).or(() -> all.ofType(uri.moid()));
        for (String name : uri.path()) {
            node = node.flatMap(parent -> parent.child(name));
        }
        return node;
    }

    @Override
    public boolean isLarge(ClientUri uri) {
        if (uri.hasWildcard() || !uri.where().isEmpty() || uri.level() != null) {
            return false;
        }
        List<MirrorNode> known = store.read(records -> {
            List<String> instances = uri.instance().isEmpty()
                    ? records.mirror().children(deviceId, new NodeUri(List.of(uri.moid())))
                    : List.of(uri.instance());
            return instances.size() != 1 ? List.of()
                    : records.mirror().below(deviceId, place(uri, instances.getFirst()), "", LARGE_NODES + 1);
        });
        long bytes = known.stream().map(MirrorNode::value).mapToLong(DeviceKnowledge::length).sum();
        return known.size() > LARGE_NODES || bytes > LARGE_BYTES;
    }

    private static long length(@Nullable Value value) {
        return value == null ? 0 : value.data().length();
    }
}
