package dev.grove.tools.inspect;

import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Transcoder;
import dev.grove.wire.Json;
import dev.grove.wire.Tokens.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "servernonce", "nextnonce", "password", "binarysecuritytoken", "secret", "authsecret", "clientsecretkey");

    private final boolean shown;
    private final Nested nested;

    Secrets(boolean shown, Nested nested) {
        this.shown = shown;
        this.nested = nested;
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

    /** Serialized nodes with the values of secret ones masked. */
    Json.Obj masked(Json.Obj nodes) {
        Map<String, Json> masked = new LinkedHashMap<>();
        nodes.fields().forEach((name, value) -> masked.put(name, value instanceof Json.Obj below ? masked(below)
                : !shown && isName(name) ? Json.of(MASK) : value));
        return new Json.Obj(masked);
    }

    /** The element with its secrets masked. */
    Element masked(Element element) {
        return shown ? element : masked(element, false);
    }

    private Element masked(Element element, boolean insideCred) {
        boolean leaf = element.elements().findAny().isEmpty();
        if (leaf && (isName(element.name()) || (insideCred && element.name().equals("Data")))) {
            return element.children().isEmpty() ? element : withText(element, MASK);
        }
        if (leaf && (element.name().equals("Data") || element.name().equals("Value"))) {
            return maskedDocument(element);
        }
        if (element.name().equals("Item") && holdsSecret(element)) {
            return maskedValue(element, "Data");
        }
        if (element.name().equals("Node") && isName(element.textAt("NodeName"))) {
            return maskedValue(element, "Value");
        }
        if (element.name().equals("parm")) {
            return maskedParameter(element);
        }
        boolean cred = element.name().equals("Cred");
        return element.with(element.children().stream().<Element.Content>map(content -> switch (content) {
            case Element.Child(Element child) -> new Element.Child(masked(child, cred));
            case Element.Text text -> text;
        }).toList());
    }

    private static Element withText(Element element, String text) {
        return element.with(List.of(new Element.Text(Data.of(text))));
    }

    /** A document that stands in the value as characters. */
    private Element maskedDocument(Element value) {
        String text = value.text();
        if (!text.startsWith("<")) {
            return value;
        }
        return nested.read(Data.of(text).bytes()).filter(root -> !masked(root, false).equals(root))
                .map(root -> withText(value, Transcoder.xml(masked(root, false)).utf8())).orElse(value);
    }

    private boolean holdsSecret(Element item) {
        return Stream.of("Target", "Source").anyMatch(name -> hidesNode(item.textAt(name, "LocURI")));
    }

    private static Element maskedValue(Element element, String name) {
        return element.with(element.children().stream().map(content -> content instanceof Element.Child(Element child)
                && child.name().equals(name) ? new Element.Child(withText(child, MASK)) : content).toList());
    }

    /** {@code <parm name="AAUTHSECRET" value="…"/>} of OMA Client Provisioning. */
    private static Element maskedParameter(Element parameter) {
        boolean secret = parameter.attributes().stream()
                .anyMatch(attribute -> attribute.name().equals("name") && isName(attribute.value()));
        if (!secret) {
            return parameter;
        }
        List<Attribute> masked = parameter.attributes().stream().map(attribute -> attribute.name().equals("value")
                ? new Attribute(attribute.namespace(), attribute.prefix(), attribute.name(), MASK)
                : attribute).toList();
        return new Element(parameter.namespace(), parameter.name(), masked, parameter.children());
    }
}
