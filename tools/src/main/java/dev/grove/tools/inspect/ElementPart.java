package dev.grove.tools.inspect;

import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Bytes;
import java.util.List;

/** Turns what a message kept of unknown elements into a {@link Part}. */
final class ElementPart {

    private ElementPart() {}

    static Part of(Element element) {
        return new Part(element.namespace(), element.name(), List.of(),
                element.children().stream().map(ElementPart::piece).toList());
    }

    private static Content piece(Element.Content piece) {
        return switch (piece) {
            case Element.Child(Element child) -> new Content.Child(of(child));
            case Element.Text(Data.Text(String text)) -> new Content.Text(text);
            case Element.Text(Data.Opaque(Bytes bytes)) -> new Content.Opaque(bytes);
            case Element.Text(Data.Markup(String xml)) -> new Content.Text(xml);
        };
    }
}
