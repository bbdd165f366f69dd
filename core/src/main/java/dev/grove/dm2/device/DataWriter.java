package dev.grove.dm2.device;

import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ObjectSerialization;
import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Json;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes nodes as data ([DM 2.0 §7.2.1.4, F]): one leaf in its own media type, or as everything else in JSON. Nodes
 * below those that were asked for are left out if their description keeps them from servers.
 */
public final class DataWriter {

    /** A node that was found, and by which address. */
    public record Wanted(NodeUri node, ClientUri asked) {}

    private final ObjectView view;
    private final Dm2Context context;

    public DataWriter(ObjectView view, Dm2Context context) {
        this.view = view;
        this.context = context;
    }

    /** The media type that the receiver takes most gladly, of those that have not been tried; empty if none is left. */
    public Optional<String> format(List<Wanted> nodes, MediaRanges acceptable, List<String> tried) {
        List<String> formats = new ArrayList<>(formats(nodes));
        formats.removeAll(tried);
        return acceptable.best(formats);
    }

    /** The media types in which the nodes can be written, the natural one first. */
    private List<String> formats(List<Wanted> nodes) {
        if (nodes.size() != 1) {
            return List.of(ObjectDocument.MEDIA_TYPE);
        }
        Node node = view.at(nodes.getFirst().node()).orElseThrow();
        return node.isInterior() ? List.of(ObjectDocument.MEDIA_TYPE)
                : List.of(mediaType(node.value()), ObjectDocument.MEDIA_TYPE);
    }

    private static String mediaType(Value value) {
        String type = value.orDefaultType().type();
        return type.indexOf('/') > 0 && !new Packet(type, value.data()).baseMediaType()
                .equals(ObjectDocument.MEDIA_TYPE) ? type : "application/octet-stream";
    }

    /** The nodes in one of the {@link #format formats}. */
    public Packet write(List<Wanted> nodes, String format) {
        if (!format.equals(ObjectDocument.MEDIA_TYPE)) {
            return new Packet(format, view.at(nodes.getFirst().node()).orElseThrow().data());
        }
        List<ObjectDocument.Part> parts = new ArrayList<>();
        nodes.forEach(wanted -> view.placeOf(wanted.node()).ifPresent(place -> parts.add(part(place, wanted.asked()))));
        return ObjectCodec.encode(new ObjectDocument(parts));
    }

    private ObjectDocument.Part part(Place place, ClientUri asked) {
        boolean isRoot = place.path().isEmpty();
        // What was addressed as the only instance stays so, as in the examples of the specification.
        String miid = asked.instance().isEmpty() ? "" : place.of().miid();
        ClientUri address = ClientUri.of(place.of().moid(), miid, place.path());
        Json.Obj data = ObjectSerialization.write(place.uri().name(), view.shown(place.uri()),
                view.described(place.uri()), asked.level());
        return new ObjectDocument.Part(context.settings().description(place.of().moid()).orElse(null),
                address.toString(), isRoot ? CacheValidator.of(view, place) : null, data);
    }
}
