package dev.grove.tree;

import java.util.List;
import java.util.Optional;

/** Where an operation aims: a node, one of its properties, or the tree below it ([TND 1.2 §7], [DMPRO 1.3 §5]). */
public sealed interface Address {

    /** What of the node is meant. */
    Part part();

    /** A full device URI ([DMPRO 1.3 §5.1]). */
    record Absolute(NodeUri node, Part part) implements Address {
        @Override
        public String toString() {
            return node + part.suffix();
        }
    }

    /**
     * A node of the management object that has an identifier, wherever in the tree that object is
     * ([DMPRO 1.3 §5.2]).
     *
     * @param start the node below which the object is looked for
     * @param moid the management object identifier, such as {@code urn:oma:mo:oma-dm-devdetail:1.0}
     * @param where leaves that the object must have, to choose among several objects
     * @param path the node inside the object; empty means the object itself
     */
    record Relative(NodeUri start, String moid, List<Condition> where, NodeUri path, Part part) implements Address {
        public Relative {
            where = List.copyOf(where);
        }
    }

    /** Nodes of management objects, as DM 2.0 names them ([DM 2.0 §6.1]). */
    record Client(ClientUri uri) implements Address {

        @Override
        public Part part() {
            return ITSELF;
        }

        /** The same for devices of DM 1.x that take relative addresses; empty if they have no such address. */
        public Optional<Relative> relative() {
            boolean isOne = uri.instance().isEmpty() || ClientUri.isVariable(uri.instance());
            boolean isPlain = uri.path().stream().noneMatch(n -> n.equals(ClientUri.ANY) || ClientUri.isVariable(n));
            if (!isOne || !isPlain || uri.level() != null) {
                return Optional.empty();
            }
            List<Condition> where = uri.where().stream()
                    .map(condition -> new Condition(new NodeUri(condition.leaf()), condition.value())).toList();
            return Optional.of(new Relative(NodeUri.ROOT, uri.moid(), where, new NodeUri(uri.path()), ITSELF));
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /** A leaf of the object, by its path from the object's root, and the value it must have. */
    record Condition(NodeUri leaf, String value) {}

    /** The node itself, a property of it, or the tree below it. */
    sealed interface Part {

        /** The query part of the URI, from the question mark on; empty for the node itself. */
        String suffix();
    }

    /** The node's value, or the names of its children. */
    record Itself() implements Part {
        @Override
        public String suffix() {
            return "";
        }
    }

    /** A property, such as {@code ACL} ([TND 1.2 §7.7]). The name is kept as it came; an unknown one gets 406. */
    record Property(String name) implements Part {
        @Override
        public String suffix() {
            return "?prop=" + name;
        }
    }

    /** A sub-tree: {@code Struct}, {@code StructData}, {@code TNDS}, {@code TNDS+ACL} and so on ([TND 1.2 §7.6]). */
    record Listing(String form) implements Part {
        @Override
        public String suffix() {
            return "?list=" + form;
        }
    }

    /** The node itself. */
    Part ITSELF = new Itself();

    /** The node itself at a full device URI. */
    static Absolute of(NodeUri node) {
        return new Absolute(node, ITSELF);
    }

    /**
     * Reads what a person writes: a ClientURI if its first name has a colon, an absolute URI otherwise.
     *
     * @throws IllegalArgumentException with the rule that is broken, if it is neither
     */
    static Address read(String uri) {
        return ClientUri.isLikely(uri) ? new Client(ClientUri.parse(uri)) : parse(uri);
    }

    /**
     * Reads an absolute URI with an optional {@code ?prop=} or {@code ?list=} part.
     *
     * @throws IllegalArgumentException with the rule that is broken, if the URI is not legal
     */
    static Absolute parse(String uri) {
        int question = uri.indexOf('?');
        if (question < 0) {
            return of(NodeUri.parse(uri));
        }
        String query = uri.substring(question + 1);
        Part part;
        if (query.startsWith("prop=")) {
            part = new Property(query.substring(5));
        } else if (query.startsWith("list=")) {
            part = new Listing(query.substring(5));
        } else {
            throw new IllegalArgumentException("the query part of a node URI is ?prop= or ?list= (TND 7.4)");
        }
        return new Absolute(NodeUri.parse(uri.substring(0, question)), part);
    }
}
