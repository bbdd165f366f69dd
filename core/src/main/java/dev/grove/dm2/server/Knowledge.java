package dev.grove.dm2.server;

import dev.grove.tree.ClientUri;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.NodeUri;
import java.util.Optional;

/** What the server knows of a device's objects before it asks: told by the device, described, or read earlier. */
public interface Knowledge {

    /** Nothing is known. */
    Knowledge NONE = new Knowledge() {
        @Override
        public Optional<ClientUri> clientUri(NodeUri node) {
            return Optional.empty();
        }

        @Override
        public Optional<String> validator(ClientUri uri) {
            return Optional.empty();
        }

        @Override
        public Optional<DescriptionNode> described(ClientUri uri) {
            return Optional.empty();
        }

        @Override
        public boolean isLarge(ClientUri uri) {
            return false;
        }
    };

    /** How DM 2.0 names a node that stands at that place in DM 1.x; empty if nobody knows. */
    Optional<ClientUri> clientUri(NodeUri node);

    /** The validator of the instance of a node, if what was read with it is still at hand ([DM 2.0 §11.2]). */
    Optional<String> validator(ClientUri uri);

    /** What the description of the object says of a node. */
    Optional<DescriptionNode> described(ClientUri uri);

    /** Whether there is so much at a node and below that it had better not come in the session's messages. */
    boolean isLarge(ClientUri uri);
}
