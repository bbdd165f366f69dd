package dev.grove.dm2;

import dev.grove.tree.Children;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that serialized data is about ([DM 2.0 §7.2.1.4]); the way back from {@link ObjectSerialization}.
 *
 * @param name the node's name, the one field of {@code MOData}
 * @param entries the node itself, which has no names, then all below it, parents first
 */
public record ObjectContent(String name, List<Entry> entries) {

    /**
     * A node.
     *
     * @param path names from the node that the data is about down; none for that node itself
     */
    public record Entry(List<String> path, Value value) {
        public Entry {
            path = List.copyOf(path);
        }
    }

    /** What reading comes to. */
    public sealed interface Read {

        record Content(ObjectContent content) implements Read {}

        /** Why the data cannot be nodes, with the place of what is wrong. */
        record Refused(String reason) implements Read {}
    }

    /**
     * What is known of nodes beforehand, to tell the formats of values.
     *
     * @param description what is said of a node
     * @param existing the node as it is now
     */
    public record Known(Optional<DescriptionNode> description, Optional<Node> existing) {

        /** Nothing is known: the kind of JSON value decides. */
        public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

        private Known child(String name) {
            return new Known(description.flatMap(d -> d.child(name)), existing.flatMap(node -> node.child(name)));
        }

        private boolean isInterior() {
            return description.map(DescriptionNode::isInterior).orElse(existing.map(Node::isInterior).orElse(false));
        }

        private boolean isLeaf() {
            return description.map(d -> !d.isInterior() && !d.formats().isEmpty())
                    .orElse(existing.map(node -> !node.isInterior()).orElse(false));
        }
    }

    public ObjectContent {
        entries = List.copyOf(entries);
    }

    /**
     * Takes {@code MOData} apart. Formats follow the description, then the node that is there, then the kind of JSON
     * value; {@code "true"} is taken for a boolean, {@code "5"} for a number and a number for a text where that is what
     * is known.
     *
     * @param data an object with one field
     * @param known of the node that the data is about
     */
    public static Read read(Json.Obj data, Known known) {
        if (data.fields().size() != 1) {
            return new Read.Refused("MOData has one field, the node's name, and not " + data.fields().size());
        }
        Map.Entry<String, Json> node = data.fields().entrySet().iterator().next();
        return read(node.getKey(), node.getValue(), known);
    }

    /** The same for a node whose name is known. */
    public static Read read(String name, Json value, Known known) {
        Taking taking = new Taking();
        taking.take(List.of(), value, known);
        String wrong = !isName(name) ? "a field is no node name" : taking.wrong;
        return wrong == null ? new Read.Content(new ObjectContent(name, taking.entries)) : new Read.Refused(wrong);
    }

    /** All entries as one sub-tree, made by servers. */
    public Node toNode(Instant now) {
        return node(new ArrayDeque<>(entries), now);
    }

    private static Node node(Deque<Entry> rest, Instant now) {
        Entry first = rest.removeFirst();
        int depth = first.path().size();
        Node node = Node.of(first.value(), now);
        LinkedHashMap<String, Node> children = new LinkedHashMap<>();
        while (!rest.isEmpty() && rest.getFirst().path().size() > depth) {
            children.put(rest.getFirst().path().getLast(), node(rest, now));
        }
        return children.isEmpty() ? node : node.withChildren(Children.of(children));
    }

    static boolean isName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7F || c == '/' || c == '?' || c == '#');
    }

    /** Walks through the JSON; stops at the first thing that is wrong. */
    private static final class Taking {

        private final List<Entry> entries = new ArrayList<>();
        private @Nullable String wrong;

        void take(List<String> path, Json value, Known known) {
            if (wrong != null) {
                return;
            }
            boolean isInterior = value instanceof Json.Obj || (known.isInterior() && value instanceof Json.Null);
            if (isInterior ? known.isLeaf() : known.isInterior()) {
                refuse(path, (isInterior ? "a leaf" : "an interior node") + " was expected, not " + value.kind());
            } else if (isInterior) {
                entries.add(new Entry(path, Value.interior(type(known, Format.NODE))));
                children(path, value, known);
            } else {
                leaf(path, value, known);
            }
        }

        private void children(List<String> path, Json value, Known known) {
            if (!(value instanceof Json.Obj(Map<String, Json> fields))) {
                return;
            }
            fields.forEach((name, child) -> {
                if (!isName(name)) {
                    refuse(path, "a field is no node name");
                    return;
                }
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                take(longer, child, known.child(name));
            });
        }

        private void leaf(List<String> path, Json value, Known known) {
            Format format = format(value, known);
            Optional<Bytes> bytes = bytes(value, format);
            if (bytes.isEmpty()) {
                refuse(path, "a value of format " + format.wireName() + " was expected, not such " + value.kind());
            } else {
                entries.add(new Entry(path, new Value(format, type(known, format), bytes.get())));
            }
        }

        private void refuse(List<String> path, String why) {
            if (wrong == null) {
                wrong = (path.isEmpty() ? "" : String.join("/", path) + ": ") + why + " (DM 2.0 7.2.1.4)";
            }
        }
    }

    // ---- values

    /** The media type of a leaf, or the identifier of an object. */
    private static String type(Known known, Format format) {
        Optional<String> existing = known.existing().filter(node -> node.format() == format).map(Node::type);
        return known.description().filter(d -> !d.types().isEmpty()).map(d -> d.types().getFirst()).or(() -> existing)
                .orElse(switch (format) {
                    case NODE, NULL -> "";
                    case BIN, B64 -> "application/octet-stream";
                    case BOOL, CHR, INT, XML, DATE, TIME, FLOAT -> Value.DEFAULT_TYPE;
                });
    }

    private static Format format(Json value, Known known) {
        Optional<Format> existing = known.existing().map(Node::format);
        List<Format> described = known.description().map(d -> d.formats().stream().sorted().toList()).orElse(List.of());
        if (described.isEmpty()) {
            return existing.orElseGet(() -> kind(value));
        }
        if (existing.isPresent() && described.contains(existing.get())) {
            return existing.get();
        }
        return described.contains(kind(value)) ? kind(value)
                : described.stream().filter(format -> bytes(value, format).isPresent()).findFirst()
                        .orElse(described.getFirst());
    }

    private static Format kind(Json value) {
        return switch (value) {
            case Json.Bool _ -> Format.BOOL;
            case Json.Num(BigDecimal number) -> isInt(number) ? Format.INT : Format.FLOAT;
            case Json.Null _ -> Format.NULL;
            case Json.Str _,Json.Arr _ -> Format.CHR;
            case Json.Obj _ -> Format.NODE;
        };
    }

    private static boolean isInt(BigDecimal number) {
        return number.scale() == 0 && number.precision() <= 10 && number.longValueExact() == number.intValue();
    }

    /** The value as a tree holds it; empty if it is none of the format. */
    private static Optional<Bytes> bytes(Json value, Format format) {
        return switch (value) {
            case Json.Bool(boolean truth) -> ofText(Boolean.toString(truth), format);
            case Json.Num(BigDecimal number) -> ofText(text(number, format), format);
            case Json.Str(String text) -> ofText(text, format);
            case Json.Null _ -> format == Format.NULL || format == Format.CHR ? Optional.of(Bytes.EMPTY)
                    : Optional.empty();
            case Json.Arr _,Json.Obj _ -> Optional.empty();
        };
    }

    private static String text(BigDecimal number, Format format) {
        boolean isWhole = format == Format.INT && number.precision() - (long) number.scale() <= 10
                && number.scale() < 40 && number.stripTrailingZeros().scale() <= 0;
        return isWhole ? number.toBigIntegerExact().toString() : number.toString();
    }

    /** An empty text is an empty value, whatever the format: whether a leaf may be empty is the tree's business. */
    private static Optional<Bytes> ofText(String text, Format format) {
        if (text.isEmpty()) {
            return Optional.of(Bytes.EMPTY);
        }
        if (format != Format.BIN && format != Format.B64) {
            return format.normal(Bytes.utf8(text));
        }
        try {
            return Optional.of(Bytes.base64(text));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
