package dev.grove.client.store;

import dev.grove.tree.Acl;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tree as lines of text, for people to write. One node a line, {@code URI = format:value}:
 *
 * <pre>{@code
 * # Comments and empty lines are skipped. Interior nodes above a leaf come by themselves.
 * ./Settings                 = node
 * ./Settings/Name            = chr:Kitchen display
 * ./Settings/Brightness      = int:70
 * ./Settings/Motto           = chr:first line\nsecond line, a tab \t and a backslash \\
 * ./Settings/Icon            = bin:iVBORw0KGgo=
 * ./Settings/Logo            = bin@logo.png
 * ./Apps/Mail                = node:urn:oma:mo:oma-scomo:1.0
 * ./Settings?prop=ACL        = Get=*&Replace=server.example
 * ./Settings/Name?prop=Title = What the device calls itself
 * ./Settings/Icon?prop=Type  = image/png
 * permanent ./Settings       = node
 * }</pre>
 *
 * <p>The value of {@code bin} and {@code b64} is base64; {@code @} instead of the colon takes the content of a file,
 * whose name is relative to that of the tree. {@code node:} may name the management object identifier. {@code
 * permanent}
 * before the URI makes the node one that no server can delete. Lines go from top to bottom; a later one wins.
 */
final class TextTree {

    /** Where the content of {@code @} files comes from. */
    interface Files {
        Bytes read(String name) throws IOException;
    }

    private static final String PERMANENT = "permanent ";
    private static final String PROPERTY = "?prop=";

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)");

    private final Files files;
    private final Instant now;
    private Tree tree;

    private TextTree(Tree onto, Files files, Instant now) {
        this.tree = onto;
        this.files = files;
        this.now = now;
    }

    /** {@code onto} with what the lines say. */
    static Tree read(String text, Tree onto, Files files, Instant now) throws Malformed, IOException {
        TextTree reading = new TextTree(onto, files, now);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                reading.line(lines.get(i).strip());
            } catch (IllegalArgumentException | IllegalStateException broken) {
                throw new Malformed(-1, "line " + (i + 1), String.valueOf(broken.getMessage()));
            }
        }
        return reading.tree;
    }

    private void line(String line) throws IOException {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        boolean isPermanent = line.startsWith(PERMANENT);
        String rest = isPermanent ? line.substring(PERMANENT.length()) : line;
        int equals = rest.indexOf(" =");
        if (equals < 0) {
            throw new IllegalArgumentException("a line is URI = format:value, with a blank before the '='");
        }
        String uri = rest.substring(0, equals).strip();
        String value = rest.substring(equals + 2).strip();
        int property = uri.indexOf(PROPERTY);
        if (property >= 0) {
            NodeUri node = NodeUri.parse(uri.substring(0, property));
            tree = tree.change(node, changed -> withProperty(changed, uri.substring(property + 6), value));
        } else {
            put(NodeUri.parse(uri), value(value), isPermanent);
        }
    }

    private void put(NodeUri uri, Value value, boolean isPermanent) {
        Node before = tree.at(uri).orElse(null);
        boolean keepsChildren = before != null && before.isInterior() && value.format() == Format.NODE;
        Node node = before != null && keepsChildren ? before.withValue(value) : Node.of(value, now);
        if (!uri.isRoot()) {
            makeParents(uri.parent(), isPermanent);
        } else if (!node.isInterior()) {
            throw new IllegalArgumentException("the root is a node");
        }
        tree = tree.with(uri, isPermanent ? node.asPermanent() : node);
    }

    private void makeParents(NodeUri uri, boolean isPermanent) {
        if (tree.has(uri)) {
            return;
        }
        makeParents(uri.parent(), isPermanent);
        Node parent = Node.interior("", now);
        tree = tree.with(uri, isPermanent ? parent.asPermanent() : parent);
    }

    private static Node withProperty(Node node, String name, String text) {
        return switch (name) {
            case "ACL" -> node.withAcl(Acl.parse(text));
            case "Title" -> node.withTitle(text);
            case "Type" -> node.withValue(new Value(node.format(), text, node.data()));
            default -> throw new IllegalArgumentException("only ACL, Title and Type can be given");
        };
    }

    private Value value(String text) throws IOException {
        int end = 0;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        Format format = Format.of(text.substring(0, end))
                .orElseThrow(() -> new IllegalArgumentException("no format such as " + text));
        String content = end == text.length() ? "" : text.substring(end + 1);
        char separator = end == text.length() ? ':' : text.charAt(end);
        return switch (separator) {
            case ':' -> value(format, content);
            case '@' -> value(format, files.read(content));
            default ->
                throw new IllegalArgumentException("after the format comes ':' and the value, or '@' and a file");
        };
    }

    private static Value value(Format format, String content) {
        return switch (format) {
            case NODE -> Value.interior(content);
            case BIN, B64 -> value(format, Bytes.base64(content));
            case BOOL, CHR, INT, NULL, XML, DATE, TIME, FLOAT -> value(format, Bytes.utf8(unescaped(content)));
        };
    }

    private static Value value(Format format, Bytes content) {
        String type = switch (format) {
            case BIN, B64 -> "application/octet-stream";
            case XML -> "text/xml";
            case NODE -> throw new IllegalArgumentException("an interior node has no content");
            case BOOL, CHR, INT, NULL, DATE, TIME, FLOAT -> Value.DEFAULT_TYPE;
        };
        Bytes normal = format.normal(content)
                .orElseThrow(() -> new IllegalArgumentException("no value of the format " + format.wireName()));
        return new Value(format, type, normal);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> switch (escape.group(1)) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "\\" -> "\\\\"; // the backslash of a replacement is doubled
            default -> throw new IllegalArgumentException("after a backslash comes n, t or another backslash");
        });
    }
}
