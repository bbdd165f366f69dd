package dev.grove.tools.simulate;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.util.Optional;

/** An object that all devices of a model share but for the one leaf that holds a device's identifier. */
final class PlayedInfo implements ManagementObject {

    private final Shared shared;
    private final String deviceId;

    /**
     * What is shared.
     *
     * @param description that of {@code object}, made once
     * @param idNode where the identifier is
     */
    record Shared(ManagementObject object, DescriptionNode description, NodeUri idNode) {

        static Shared of(ManagementObject object, String idNode) {
            return new Shared(object, object.describe(), NodeUri.parse("./" + idNode));
        }
    }

    PlayedInfo(Shared shared, String deviceId) {
        this.shared = shared;
        this.deviceId = deviceId;
    }

    @Override
    public DescriptionNode describe() {
        return shared.description();
    }

    @Override
    public Optional<Live> read(NodeUri path) {
        return path.equals(shared.idNode()) ? Optional.of(new Live.Leaf(Value.text(deviceId)))
                : shared.object().read(path);
    }

    @Override
    public StatusCode check(Change change) {
        return shared.object().check(change);
    }

    @Override
    public StatusCode apply(Change change) {
        return shared.object().apply(change);
    }
}
