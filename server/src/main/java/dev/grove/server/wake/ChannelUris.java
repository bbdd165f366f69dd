package dev.grove.server.wake;

import dev.grove.server.fleet.MirrorNode;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Store.Records;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By which channel Windows is woken: {@code DMClient/Provider/{id}/Push/ChannelURI}, as a job has read it from the
 * device last. It is taken where nobody has said another address, or where the last one has ended; a channel lives for
 * thirty days, and Windows has a new one well before.
 */
final class ChannelUris {

    private static final String BEARER = "wns";
    /** Longer ones are no channel's, and not kept beside every device. */
    private static final int MOST = 4000;
    private static final List<NodeUri> PROVIDERS = List.of(NodeUri.parse("./Vendor/MSFT/DMClient/Provider"),
            NodeUri.parse("./Device/Vendor/MSFT/DMClient/Provider"));

    private ChannelUris() {}

    /** What is known of the ways to a device, with a channel that it has told. */
    static Reach fresh(Records records, String deviceId, Reach known) {
        Optional<Reach.Line> line = known.line(BEARER);
        if (line.isPresent() && line.get().ended() == null) {
            return known;
        }
        return told(records, deviceId).filter(uri -> line.isEmpty() || !line.get().address().equals(uri)).findFirst()
                .map(uri -> known.with(new Reach.Line(BEARER, uri))).orElse(known);
    }

    private static Stream<String> told(Records records, String deviceId) {
        return PROVIDERS.stream().flatMap(providers -> records.mirror().children(deviceId, providers).stream()
                .map(name -> providers.child(name).child("Push").child("ChannelURI")))
                .flatMap(uri -> records.mirror().find(deviceId, uri).stream()).flatMap(ChannelUris::text);
    }

    private static Stream<String> text(MirrorNode node) {
        Value value = node.value();
        String uri = value == null || !node.isRead() ? "" : value.text().strip();
        return uri.isEmpty() || uri.length() > MOST ? Stream.empty() : Stream.of(uri);
    }
}
