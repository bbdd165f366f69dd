package dev.grove.tools.inspect;

import dev.grove.syncml.Encoding;
import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Optional;

/**
 * Finds the documents inside of a document: a tree (TNDS) or description (DDF) in the {@code Data} of an item, as
 * opaque WBXML or as characters of XML ([DMTNDS 1.2 §7], [REPPRO 1.2 §6.3]).
 */
final class Nesting {

    private final Limits limits;

    Nesting(Limits limits) {
        this.limits = limits;
    }

    /** The element, with every document inside of it opened that its {@code Meta} announces and that can be read. */
    Part opened(Part part) {
        return opened(part, "");
    }

    private Part opened(Part part, String outerType) {
        String own = part.textAt("Meta", "Type");
        String type = own.isEmpty() ? outerType : own;
        if (part.name().equals("Data") && !part.hasChildren()) {
            return openedData(part, type);
        }
        return part.withContent(part.content().stream().map(piece -> piece instanceof Content.Child(Part child)
                ? new Content.Child(opened(child, type))
                : piece).toList());
    }

    private Part openedData(Part data, String type) {
        if (data.content().size() != 1) {
            return data;
        }
        Optional<Document> nested = switch (data.content().getFirst()) {
            case Content.Opaque(Bytes bytes) -> open(bytes, type);
            case Content.Text(String text) -> open(Bytes.utf8(text), type);
            case Content.Child ignored -> Optional.empty();
            case Content.Nested ignored -> Optional.empty();
        };
        return nested.map(document -> data.withContent(List.of(new Content.Nested(document)))).orElse(data);
    }

    /** The document that a value of this media type is, if it can be read. */
    Optional<Document> open(Bytes bytes, String type) {
        try {
            if (type.endsWith("+wbxml")) {
                return Optional.of(Document.read(bytes, Encoding.WBXML, limits));
            }
            if (type.endsWith("+xml") || type.equals("text/xml") || type.equals("application/xml")) {
                return Optional.of(Document.read(bytes, Encoding.XML, limits));
            }
            return Optional.empty();
        } catch (Malformed notADocument) {
            // It is shown as the bytes it is.
            return Optional.empty();
        }
    }
}
