package dev.grove.server.endpoint;

import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ObjectSerialization;
import dev.grove.dm2.server.Knowledge;
import dev.grove.tree.ClientUri;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operation writes, in the forms in which a device may fetch it ([DM 2.0 §5.3.1, §7.2.1.4]). */
final class Download {

    private final Knowledge knowledge;

    Download(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** The forms, the one to choose first: a leaf as it is, or serialized. */
    List<Packet> forms(ClientUri node, Value value) {
        List<Packet> forms = new ArrayList<>();
        boolean isDocument = value.type().equals(ObjectDocument.MEDIA_TYPE);
        if (isDocument || value.format() != Format.NODE) {
            forms.add(new Packet(mediaType(value), value.data()));
        }
        if (!isDocument) {
            Optional<DescriptionNode> described = knowledge.described(node);
            String name = node.path().isEmpty() ? rootName(node, described) : node.path().getLast();
            Node subTree = Node.of(value.format() == Format.NODE ? Value.interior(value.type()) : value,
                    Instant.EPOCH);
            forms.add(ObjectCodec.encode(new ObjectDocument(List.of(new ObjectDocument.Part(null, node.toString(), null,
                    ObjectSerialization.write(name, subTree, described, null))))));
        }
        return forms;
    }

    private static String mediaType(Value value) {
        if (!value.type().isEmpty()) {
            return value.type();
        }
        return switch (value.format()) {
            case BIN, B64 -> "application/octet-stream";
            case BOOL, CHR, INT, NODE, NULL, XML, DATE, TIME, FLOAT -> Value.DEFAULT_TYPE;
        };
    }

    /** An instance's root node has the name of its description, or of the instance, or the last part of the MOID's. */
    private static String rootName(ClientUri node, Optional<DescriptionNode> described) {
        String own = node.instance().isEmpty() || ClientUri.isVariable(node.instance()) ? "" : node.instance();
        String named = described.filter(DescriptionNode::isNamed).map(DescriptionNode::name).orElse(own);
        if (!named.isEmpty()) {
            return named;
        }
        String[] parts = node.moid().split(":", -1);
        return parts.length < 2 ? node.moid() : parts[parts.length - 2];
    }
}
