package dev.grove.server.store.layer;

import dev.grove.server.fleet.Contact;
import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.PlainReplace;
import dev.grove.tree.NodeUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tables tell when a device makes contact.
 *
 * @param nodes those whose format a plain Replace of its jobs keeps, with what is known of each: whoever writes the
 *     answers down need not look them up one by one
 */
public record Known(Contact contact, Map<NodeUri, Optional<MirrorNode>> nodes) {

    public Known {
        nodes = Map.copyOf(nodes);
    }

    /** @param look finds several nodes at once; is not asked if there are none to look for */
    public static Known of(Contact contact, Function<List<NodeUri>, List<MirrorNode>> look) {
        List<NodeUri> wanted = contact.jobs().stream().flatMap(job -> PlainReplace.targets(job).stream()).distinct()
                .limit(Cards.MAX_NODES).toList();
        if (wanted.isEmpty()) {
            return new Known(contact, Map.of());
        }
        Map<NodeUri, Optional<MirrorNode>> nodes = new HashMap<>();
        wanted.forEach(uri -> nodes.put(uri, Optional.empty()));
        look.apply(wanted).forEach(node -> nodes.put(node.uri(), Optional.of(node)));
        return new Known(contact, nodes);
    }
}
