package dev.grove.tools.inspect;

import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Transcoder;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.Optional;

/** Documents inside of values, such as a tree (TNDS) in an item ([DMTNDS 1.2 §7], [REPPRO 1.2 §6.3]). */
record Nested(Limits limits) {

    /** The document that a value of this media type is, if its type announces one and it can be read. */
    Optional<Element> in(Data data, String type) {
        boolean announced = data instanceof Data.Markup || type.endsWith("+wbxml") || type.endsWith("+xml")
                || type.equals("text/xml") || type.equals("application/xml");
        return announced ? read(data.bytes()) : Optional.empty();
    }

    /** The document in bytes of either spelling. */
    Optional<Element> read(Bytes document) {
        try {
            return Optional.of(Transcoder.read(document, limits));
        } catch (Malformed noDocument) {
            // It is shown as the value it is.
            return Optional.empty();
        }
    }
}
