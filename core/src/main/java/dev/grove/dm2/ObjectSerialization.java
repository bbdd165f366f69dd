package dev.grove.dm2;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.Value;
import dev.grove.wire.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of a tree as JSON ([DM 2.0 §7.2.1.4]): an interior node is an object with a field for each child, a leaf a
 * value of the kind that its format has. {@link ObjectContent} is the way back.
 *
 * <p>Formats are those of the nodes; a leaf that the description knows under one other format is written as that, if
 * its value is one of that format.
 */
public final class ObjectSerialization {

    /** What JSON has for a number; the rest of what numbers may look like in a tree goes as text. */
    private static final Pattern NUMBER = Pattern
            .compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");
    private static final int MAX_NUMBER = 40;

    private ObjectSerialization() {}

    /**
     * One node with what is below it, as {@code MOData}: an object with one field, named as the node is.
     *
     * @param description what is said of the node; none if nothing is known
     * @param levels how many levels below the node are written, those beneath are left away and their parents
     *     {@code {}}; all if absent
     */
    public static Json.Obj write(String name, Node node, Optional<DescriptionNode> description,
            @Nullable Integer levels) {
        return Json.object().with(name, json(node, description, levels == null ? Integer.MAX_VALUE : levels)).build();
    }

    private static Json json(Node node, Optional<DescriptionNode> description, int levels) {
        if (!node.isInterior()) {
            return leaf(node.value(), described(node.value(), description));
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        if (levels > 0) {
            node.children().forEach((name, child) -> fields.put(name,
                    json(child, description.flatMap(d -> d.child(name)), levels - 1)));
        }
        return new Json.Obj(fields);
    }

    /** The format to write a leaf in. */
    private static Format described(Value value, Optional<DescriptionNode> description) {
        boolean isOther = description.isPresent() && description.get().formats().size() == 1
                && !description.get().formats().contains(value.format()) && !description.get().isInterior();
        if (!isOther) {
            return value.format();
        }
        Format wanted = description.get().formats().iterator().next();
        return wanted.normal(value.data()).isPresent() ? wanted : value.format();
    }

    /** The value of a leaf, as its format has it. */
    static Json json(Value value) {
        return leaf(value, value.format());
    }

    private static Json leaf(Value value, Format format) {
        return switch (format) {
            case BOOL -> value.text().equals("true") || value.text().equals("false")
                    ? Json.of(value.text().equals("true")) : Json.of(value.text());
            case INT, FLOAT -> NUMBER.matcher(value.text()).matches() && value.text().length() <= MAX_NUMBER
                    ? new Json.Num(new BigDecimal(value.text())) : Json.of(value.text());
            case NULL -> new Json.Null();
            case B64, BIN -> Json.of(value.data().base64());
            case CHR, XML, DATE, TIME -> Json.of(value.text());
            case NODE -> throw new IllegalStateException("a leaf has no format node");
        };
    }
}
