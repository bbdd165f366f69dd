package dev.grove.dm2.device;

import dev.grove.dm2.ObjectContent.Known;
import dev.grove.dm2.ObjectContent;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Packet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The value that a leaf gets: from serialized data, or from a body that is nothing but the value. */
final class LeafValue {

    private static final String TEXT = "text/";

    private LeafValue() {}

    /** From one value of serialized data; empty if it is none of the leaf's format. */
    static Optional<Value> of(Json data, @Nullable DescriptionNode described, @Nullable Node existing) {
        Known known = new Known(Optional.ofNullable(described), Optional.ofNullable(existing));
        return switch (ObjectContent.read("leaf", data, known)) {
            case ObjectContent.Read.Content(ObjectContent content) -> Optional.of(content.entries().getFirst().value());
            case ObjectContent.Read.Refused _ -> Optional.empty();
        };
    }

    /** From a body in the leaf's own media type; empty if it is none of the leaf's format. */
    static Optional<Value> of(Packet body, @Nullable DescriptionNode described, @Nullable Node existing) {
        Format format = format(body, described, existing);
        Optional<Bytes> normal = switch (format) {
            case NODE -> Optional.empty();
            case BIN, B64 -> Optional.of(body.body());
            case CHR, XML, INT, BOOL, DATE, TIME, FLOAT, NULL -> format.normal(body.body());
        };
        return normal.map(bytes -> new Value(format, type(body, format), bytes));
    }

    private static Format format(Packet body, @Nullable DescriptionNode described, @Nullable Node existing) {
        if (existing != null) {
            return existing.format();
        }
        if (described != null && !described.formats().isEmpty()) {
            return described.initialValue().format();
        }
        return body.baseMediaType().startsWith(TEXT) || body.mediaType().isEmpty() ? Format.CHR : Format.BIN;
    }

    private static String type(Packet body, Format format) {
        if (format == Format.NULL) {
            return "";
        }
        return body.baseMediaType().isEmpty() ? new Value(format, "", Bytes.EMPTY).orDefaultType().type()
                : body.baseMediaType();
    }
}
