package dev.grove.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The place of a node in the tree: the names from the root down. The root is {@code .} and has no names
 * ([TND 1.2 §7.4]).
 *
 * <p>Names are kept as they are spelled, percent-encoding included; two spellings are two names. {@link #parse} takes
 * {@code A/B} and {@code ./A/B} for the same node, and refuses what the rules forbid: a leading or trailing slash,
 * empty segments, {@code .} and {@code ..} as names, broken percent-encoding, control characters.
 */
public record NodeUri(List<String> segments) {

    /** The root of the tree. */
    public static final NodeUri ROOT = new NodeUri(List.of());

    public NodeUri {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a URI without query part.
     *
     * @throws IllegalArgumentException with the rule that is broken, if the URI is not legal
     */
    public static NodeUri parse(String uri) {
        if (uri.equals(".")) {
            return ROOT;
        }
        String path = uri.startsWith("./") ? uri.substring(2) : uri;
        if (path.isEmpty() || path.charAt(0) == '/' || path.charAt(path.length() - 1) == '/') {
            throw new IllegalArgumentException("a node URI neither is empty nor starts or ends with '/' (TND 7.4)");
        }
        List<String> segments = new ArrayList<>();
        for (int start = 0; start <= path.length();) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            segments.add(checkedSegment(path.substring(start, end)));
            start = end + 1;
        }
        return new NodeUri(segments);
    }

    private static String checkedSegment(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("a segment of a node URI is never empty, '.' or '..' (TND 7.4)");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7F || c == '?' || c == '#') {
                throw new IllegalArgumentException(
                        "control characters, '?' and '#' cannot stand in a node name (TND 7.4)");
            }
            if (c == '%' && (i + 2 >= name.length() || hexDigit(name, i + 1) < 0 || hexDigit(name, i + 2) < 0)) {
                throw new IllegalArgumentException("'%' is followed by two hexadecimal digits (RFC 2396 2.4.1)");
            }
        }
        return name;
    }

    private static int hexDigit(String text, int index) {
        return Character.digit(text.charAt(index), 16);
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    /** The last name; {@code .} for the root. */
    public String name() {
        return isRoot() ? "." : segments.getLast();
    }

    /**
     * The node above.
     *
     * @throws IllegalStateException for the root
     */
    public NodeUri parent() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no parent");
        }
        return new NodeUri(segments.subList(0, segments.size() - 1));
    }

    /** The child of the given name. */
    public NodeUri child(String name) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(name);
        return new NodeUri(longer);
    }

    /** The node that {@code path} names when it starts here. */
    public NodeUri resolve(NodeUri path) {
        List<String> longer = new ArrayList<>(segments);
        longer.addAll(path.segments);
        return new NodeUri(longer);
    }

    /** Whether this is {@code ancestor} or stands below it. */
    public boolean startsWith(NodeUri ancestor) {
        int depth = ancestor.segments.size();
        if (segments.size() < depth) {
            return false;
        }
        // From the end: what differs there mostly shares its beginning.
        for (int i = depth - 1; i >= 0; i--) {
            if (!segments.get(i).equals(ancestor.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The canonical spelling: {@code .} or {@code ./A/B}. */
    @Override
    public String toString() {
        return isRoot() ? "." : "./" + String.join("/", segments);
    }
}
