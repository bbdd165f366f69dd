package dev.grove.dm2.access;

import dev.grove.dm2.Dm2Objects;
import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Rule;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of delegation as they stand in the tree, where servers read them: the Delegation Access Control object
 * ([DM 2.0 §12.3]). It has an instance for each object identifier there are rules for, of that name.
 */
public final class DelegationObject {

    /** The identifier of the object. */
    public static final String MOID = Dm2Objects.DELEGATION_MOID;

    /** The node that the instances stand under. */
    public static final NodeUri PLACE = NodeUri.parse("./DacMO");

    private static final String PATH = "Path";
    private static final String PERMISSIONS = "Permissions";
    private static final String AUTHORITY = "MAID";
    private static final String RIGHTS = "AR";

    private DelegationObject() {}

    // ---- reading

    /** What stands in the tree; what is no complete rule says nothing. */
    public static Delegation in(Tree tree) {
        List<Rule> rules = new ArrayList<>();
        tree.at(PLACE).ifPresent(all -> all.children().forEach((moid, object) -> object.children()
                .forEach((miid, instance) -> instance.children()
                        .forEach((name, rule) -> part(moid, miid, rule).ifPresent(
                                part -> rules.add(new Rule(part, grants(rule))))))));
        return new Delegation(rules);
    }

    private static Optional<Part> part(String moid, String miid, Node rule) {
        Optional<String> path = text(rule, PATH);
        return path.isEmpty() ? Optional.of(Part.root(moid, miid))
                : names(path.get()).map(names -> new Part(moid, miid, names));
    }

    /** The names of a path from an instance's root; empty if it is none. */
    private static Optional<List<String>> names(String path) {
        String plain = path.startsWith("/") ? path.substring(1) : path;
        List<String> names = plain.isEmpty() ? List.of() : List.of(plain.split("/", -1));
        return names.stream().anyMatch(name -> name.isEmpty() || name.startsWith("(")) ? Optional.empty()
                : Optional.of(names);
    }

    private static Map<String, Integer> grants(Node rule) {
        Map<String, Integer> grants = new LinkedHashMap<>();
        rule.child(PERMISSIONS).ifPresent(all -> all.children().forEach((name, one) -> {
            Optional<String> authority = text(one, AUTHORITY).filter(Delegation::isAuthority);
            Optional<Integer> rights = text(one, RIGHTS).flatMap(DelegationObject::rights);
            if (authority.isPresent() && rights.isPresent()) {
                grants.merge(authority.get(), rights.get(), (a, b) -> a | b);
            }
        }));
        return grants;
    }

    private static Optional<Integer> rights(String text) {
        return text.strip().matches("[0-9]|1[0-5]") ? Optional.of(Integer.valueOf(text.strip())) : Optional.empty();
    }

    private static Optional<String> text(Node node, String name) {
        return node.child(name).filter(leaf -> !leaf.isInterior()).map(leaf -> leaf.value().text());
    }

    /** Whether all that stands in the tree is complete rules: what a server wrote may not be. */
    public static boolean isSound(Tree tree) {
        boolean[] isSound = {true};
        tree.at(PLACE).ifPresent(all -> all.children().forEach((moid, object) -> object.children()
                .forEach((miid, instance) -> instance.children().forEach(
                        (name, rule) -> isSound[0] &= part(moid, miid, rule).isPresent() && hasSoundGrants(rule)))));
        return isSound[0];
    }

    private static boolean hasSoundGrants(Node rule) {
        Optional<Node> all = rule.child(PERMISSIONS);
        boolean[] isSound = {all.isPresent() && all.get().isInterior()};
        all.ifPresent(permissions -> permissions.children().forEach((name, one) -> {
            isSound[0] &= text(one, AUTHORITY).filter(Delegation::isAuthority).isPresent()
                    && text(one, RIGHTS).flatMap(DelegationObject::rights).isPresent();
        }));
        return isSound[0];
    }

    // ---- writing

    /** {@code tree} with these rules; names of nodes that are there are kept. The same if it says so already. */
    public static Tree into(Tree tree, Delegation delegation, Instant now) {
        return tree.has(PLACE) && in(tree).equals(delegation) ? tree : rewritten(tree, delegation, now);
    }

    /** The same, made anew where it says so already. */
    public static Tree rewritten(Tree tree, Delegation delegation, Instant now) {
        Node before = tree.at(PLACE).orElse(Node.interior("", now).asPermanent());
        Map<String, Map<String, List<Rule>>> sorted = new LinkedHashMap<>();
        delegation.rules().forEach(rule -> sorted.computeIfAbsent(rule.part().moid(), moid -> new LinkedHashMap<>())
                .computeIfAbsent(rule.part().miid(), miid -> new ArrayList<>()).add(rule));
        Node all = Node.interior("", before.timestamp()).asPermanent();
        for (Map.Entry<String, Map<String, List<Rule>>> object : sorted.entrySet()) {
            Optional<Node> known = before.child(object.getKey());
            Node made = Node.interior(MOID, now).asPermanent();
            for (Map.Entry<String, List<Rule>> instance : object.getValue().entrySet()) {
                Optional<Node> knownInstance = known.flatMap(node -> node.child(instance.getKey()));
                made = made.withChild(instance.getKey(), instance(knownInstance, instance.getValue(), now));
            }
            all = all.withChild(object.getKey(), made);
        }
        return tree.with(PLACE, all);
    }

    private static Node instance(Optional<Node> known, List<Rule> rules, Instant now) {
        Node made = interior(now);
        for (Rule rule : rules) {
            Optional<String> name = known.flatMap(before -> nameOf(before, rule));
            Optional<Node> before = name.flatMap(found -> known.flatMap(node -> node.child(found)));
            made = made.withChild(name.orElse(free(made, known)), rule(rule, before, now));
        }
        return made;
    }

    private static Optional<String> nameOf(Node before, Rule rule) {
        return before.children().names().stream().filter(name -> before.child(name)
                .flatMap(node -> part(rule.part().moid(), rule.part().miid(), node)).equals(Optional.of(rule.part())))
                .findFirst();
    }

    private static Node rule(Rule rule, Optional<Node> before, Instant now) {
        Node made = interior(now);
        if (!rule.part().path().isEmpty()) {
            made = made.withChild(PATH, leaf(Format.CHR, "/" + String.join("/", rule.part().path()), now));
        }
        Optional<Node> known = before.flatMap(node -> node.child(PERMISSIONS));
        Node permissions = interior(now);
        for (Map.Entry<String, Integer> grant : rule.grants().entrySet()) {
            Node one = interior(now).withChild(AUTHORITY, leaf(Format.CHR, grant.getKey(), now)).withChild(RIGHTS,
                    leaf(Format.INT, Integer.toString(grant.getValue()), now));
            String name = known.flatMap(node -> nameOf(node, grant.getKey())).orElse(free(permissions, known));
            permissions = permissions.withChild(name, one);
        }
        return made.withChild(PERMISSIONS, permissions);
    }

    private static Optional<String> nameOf(Node permissions, String authority) {
        return permissions.children().names().stream().filter(name -> permissions.child(name)
                .flatMap(node -> text(node, AUTHORITY)).equals(Optional.of(authority))).findFirst();
    }

    /** A number that neither the new node nor the one before has as a name. */
    private static String free(Node made, Optional<Node> before) {
        for (int i = 1;; i++) {
            String name = Integer.toString(i);
            if (made.child(name).isEmpty() && before.flatMap(node -> node.child(name)).isEmpty()) {
                return name;
            }
        }
    }

    private static Node interior(Instant now) {
        return Node.interior("", now).asPermanent();
    }

    private static Node leaf(Format format, String text, Instant now) {
        return Node.of(Value.of(format, text), now).asPermanent();
    }
}
