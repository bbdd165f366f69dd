package dev.grove.server.store.layer;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.tree.NodeUri;
import java.util.Optional;

/** What tables tell with a statement or two, without being opened for a moment of several. */
public interface Lookups {

    Known contact(Contact.Call call);

    Optional<MirrorNode> node(String deviceId, NodeUri uri);
}
