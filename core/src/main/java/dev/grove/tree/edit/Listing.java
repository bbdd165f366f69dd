package dev.grove.tree.edit;

import dev.grove.tree.Node;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome.Result;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Get of a sub-tree, {@code ?list=} ([TND 1.2 §7.6]). Only nodes that the requester may Get are listed; a node below
 * one that is left out is listed all the same, since its right is its own.
 */
final class Listing {

    /** What is asked for. */
    sealed interface Form {

        /** URIs, formats and types. */
        record Struct() implements Form {}

        /** The same, and the values of leaves. */
        record StructWithValues() implements Form {}

        /** One document with these parts of each node. */
        record Tnds(Set<NodePart> parts) implements Form {}
    }

    /** What TNDS without further words holds: what its table has ([TNDS 1.2 §9]), not Name and Size. */
    private static final Set<NodePart> USUAL_PARTS = EnumSet.complementOf(EnumSet.of(NodePart.NAME, NodePart.SIZE));

    private final Workspace work;
    private final Reading reading;

    Listing(Workspace work) {
        this.work = work;
        this.reading = new Reading(work);
    }

    Outcome get(NodeUri start, String asked) {
        Optional<Outcome> refusal = work.setup.limits().refuse(start, "");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Form> form = parse(asked);
        if (form.isEmpty()) {
            return Outcome.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, "there is no ?list=" + asked + " here");
        }
        if (work.at(start).isEmpty()) {
            return reading.missing(start);
        }
        refusal = reading.refuse(start);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        work.loadAll(start);
        return switch (form.get()) {
            case Form.Struct s -> Outcome.ok(items(start, false));
            case Form.StructWithValues s -> Outcome.ok(items(start, true));
            case Form.Tnds(Set<NodePart> parts) ->
                Outcome.ok(start.toString(), work.setup.tnds().write(document(start, parts)));
        };
    }

    // ---- the form

    private Optional<Form> parse(String asked) {
        String form = asked.toLowerCase(Locale.ROOT);
        TreeRules rules = work.setup.rules();
        if (form.equals("struct")) {
            return rules.has(Feature.LIST_STRUCT) ? Optional.of(new Form.Struct()) : Optional.empty();
        }
        if (form.equals("structdata")) {
            return rules.has(Feature.LIST_STRUCT_DATA) ? Optional.of(new Form.StructWithValues()) : Optional.empty();
        }
        boolean tnds = form.startsWith("tnds") && rules.has(Feature.TNDS)
                && work.setup.tnds().isDocument(SubtreeFormat.TNDS_XML);
        return tnds ? parts(asked.substring(4)).map(Form.Tnds::new) : Optional.empty();
    }

    /** {@code +A+B} is these parts, {@code -A-B} all but these; both kinds together are nothing ([TND 1.2 §7.6]). */
    private Optional<Set<NodePart>> parts(String list) {
        if (list.isEmpty()) {
            return Optional.of(supported(USUAL_PARTS));
        }
        char sign = list.charAt(0);
        if ((sign != '+' && sign != '-') || list.indexOf(sign == '+' ? '-' : '+') >= 0) {
            return Optional.empty();
        }
        Set<NodePart> named = EnumSet.noneOf(NodePart.class);
        for (String name : list.substring(1).split(sign == '+' ? "\\+" : "-", -1)) {
            Optional<NodePart> part = NodePart.of(name);
            if (part.isEmpty() || !supported(EnumSet.of(part.get())).contains(part.get())) {
                return Optional.empty();
            }
            named.add(part.get());
        }
        if (sign == '+') {
            return Optional.of(named);
        }
        Set<NodePart> rest = supported(USUAL_PARTS);
        rest.removeAll(named);
        return Optional.of(rest);
    }

    private Set<NodePart> supported(Set<NodePart> parts) {
        Set<NodePart> supported = EnumSet.noneOf(NodePart.class);
        parts.stream().filter(p -> p == NodePart.VALUE || work.setup.rules().properties().contains(p))
                .forEach(supported::add);
        return supported;
    }

    // ---- Struct and StructData

    private List<Result> items(NodeUri start, boolean data) {
        List<Result> items = new ArrayList<>();
        work.tree().walk(start, (uri, node) -> {
            if (reading.refuse(uri).isEmpty()) {
                Value value = data ? node.value() : new Value(node.format(), node.type(), Bytes.EMPTY);
                items.add(new Result(uri.toString(), value));
            }
        });
        return items;
    }

    // ---- TNDS

    private List<SubtreeNode> document(NodeUri start, Set<NodePart> parts) {
        Node node = work.tree().at(start).orElseThrow();
        // The node that was asked for has its own name, as in the examples of the specification; unless one could
        // then not tell it from a child of the same name.
        boolean named = !start.isRoot() && !node.children().contains(start.name());
        return new Document(named ? start.parent() : start, parts).of(start, node, named ? start.name() : "");
    }

    /** One document: nested as the tree is, with what stands below a node that is left out at the top. */
    private final class Document {
        private final NodeUri base;
        private final Set<NodePart> parts;
        private final List<SubtreeNode> elsewhere = new ArrayList<>();

        Document(NodeUri base, Set<NodePart> parts) {
            this.base = base;
            this.parts = parts;
        }

        List<SubtreeNode> of(NodeUri start, Node node, String name) {
            List<SubtreeNode> top = new ArrayList<>();
            top.add(nested(start, node, name));
            top.addAll(elsewhere);
            return top;
        }

        private SubtreeNode nested(NodeUri uri, Node node, String name) {
            List<SubtreeNode> children = new ArrayList<>();
            node.children().forEach((childName, child) -> {
                NodeUri childUri = uri.child(childName);
                if (reading.refuse(childUri).isEmpty()) {
                    children.add(nested(childUri, child, childName));
                } else {
                    leftOut(childUri, child);
                }
            });
            Map<NodePart, String> properties = new EnumMap<>(NodePart.class);
            parts.stream().filter(part -> part != NodePart.VALUE && !(part == NodePart.SIZE && node.isInterior()))
                    .forEach(part -> properties.put(part, PropertyAccess.text(part, uri, node)));
            Bytes value = node.isInterior() || !parts.contains(NodePart.VALUE) ? null : node.data();
            return new SubtreeNode(name, null, node.format(), properties, value, children);
        }

        private void leftOut(NodeUri uri, Node node) {
            NodeUri path = new NodeUri(uri.segments().subList(base.segments().size(), uri.segments().size()));
            node.children().forEach((name, child) -> {
                NodeUri childUri = uri.child(name);
                if (reading.refuse(childUri).isPresent()) {
                    leftOut(childUri, child);
                    return;
                }
                SubtreeNode found = nested(childUri, child, name);
                elsewhere.add(new SubtreeNode(name, path, found.format(), found.properties(), found.value(),
                        found.children()));
            });
        }
    }
}
