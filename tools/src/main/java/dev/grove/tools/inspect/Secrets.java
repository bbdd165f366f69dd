package dev.grove.tools.inspect;

import dev.grove.tools.inspect.Part.Content;
import dev.grove.wire.Tokens.Attribute;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hides what must not stand in a bug report: credentials, nonces, and the values of nodes that hold them ([DMSTDOBJ
 * 1.3 §5.3], [CPDMAC], [WS-Security]).
 */
final class Secrets {

    /** What is shown in place of a secret. */
    static final String MASK = "********";

    // Names of leaves, parameters and elements, in lower case.
    private static final Set<String> NAMES = Set.of("aauthsecret", "aauthdata", "clientpw", "serverpw", "clientnonce",
            "servernonce", "nextnonce", "password", "binarysecuritytoken");

    private final boolean shown;

    Secrets(boolean shown) {
        this.shown = shown;
    }

    /** The text, or the mask. */
    String of(String secret) {
        return shown ? secret : MASK;
    }

    /** Whether the node at the URI holds a secret that is to be hidden. */
    boolean hidesNode(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return !shown && isName(path.substring(path.lastIndexOf('/') + 1));
    }

    private static boolean isName(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The element with its secrets masked. */
    Part masked(Part part) {
        return shown ? part : masked(part, false);
    }

    private Part masked(Part part, boolean insideCred) {
        boolean hidden = isName(part.name()) || (insideCred && part.name().equals("Data"));
        if (hidden && !part.hasChildren()) {
            return part.content().isEmpty() ? part : part.withText(MASK);
        }
        if (part.name().equals("Item") && holdsSecret(part)) {
            return maskedValue(part, "Data");
        }
        if (part.name().equals("Node") && isName(part.textAt("NodeName"))) {
            return maskedValue(part, "Value");
        }
        if (part.name().equals("parm")) {
            return maskedParameter(part);
        }
        boolean cred = part.name().equals("Cred");
        return part.withContent(part.content().stream().map(piece -> maskedPiece(piece, cred)).toList());
    }

    private Content maskedPiece(Content piece, boolean insideCred) {
        return switch (piece) {
            case Content.Child(Part child) -> new Content.Child(masked(child, insideCred));
            case Content.Nested(Document document) -> new Content.Nested(document.with(masked(document.root())));
            case Content.Text text -> text;
            case Content.Opaque opaque -> opaque;
        };
    }

    private boolean holdsSecret(Part item) {
        return Stream.of("Target", "Source").anyMatch(name -> hidesNode(item.textAt(name, "LocURI")));
    }

    private static Part maskedValue(Part part, String element) {
        return part.withContent(part.content().stream().map(piece -> piece instanceof Content.Child(Part child)
                && child.name().equals(element) ? new Content.Child(child.withText(MASK)) : piece).toList());
    }

    /** {@code <parm name="AAUTHSECRET" value="…"/>} of OMA Client Provisioning. */
    private static Part maskedParameter(Part parameter) {
        boolean secret = parameter.attributes().stream()
                .anyMatch(attribute -> attribute.name().equals("name") && isName(attribute.value()));
        if (!secret) {
            return parameter;
        }
        List<Attribute> masked = parameter.attributes().stream().map(attribute -> attribute.name().equals("value")
                ? new Attribute(attribute.namespace(), attribute.prefix(), attribute.name(), MASK)
                : attribute).toList();
        return new Part(parameter.namespace(), parameter.name(), masked, parameter.content());
    }
}
