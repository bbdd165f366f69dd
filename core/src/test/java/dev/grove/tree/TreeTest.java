package dev.grove.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.grove.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final NodeUri A = NodeUri.parse("./A");
    private static final NodeUri LEAF = NodeUri.parse("./A/Leaf");

    private final Tree tree = Tree.empty(NOW).with(A, Node.interior("", NOW))
            .with(LEAF, Node.of(Value.text("x"), NOW)).with(NodeUri.parse("./B"), Node.interior("", NOW));

    @Test
    void has_a_permanent_root_with_the_usual_list() {
        assertThat(Tree.empty(NOW).root().permanent()).isTrue();
        assertThat(Tree.empty(NOW).root().acl()).hasToString("Add=*&Get=*");
    }

    @Test
    void a_change_leaves_the_old_tree_and_shares_what_did_not_change() {
        Tree changed = tree.change(LEAF, leaf -> leaf.withValue(Value.text("y")));

        assertThat(tree.at(LEAF).orElseThrow().value()).isEqualTo(Value.text("x"));
        assertThat(changed.at(LEAF).orElseThrow().value()).isEqualTo(Value.text("y"));
        assertThat(changed.at(NodeUri.parse("./B")).orElseThrow())
                .isSameAs(tree.at(NodeUri.parse("./B")).orElseThrow());
        assertThat(changed).isNotEqualTo(tree);
        assertThat(changed.change(LEAF, leaf -> leaf.withValue(Value.text("x")))).isEqualTo(tree);
    }

    @Test
    void walks_parents_first_in_the_order_of_coming() {
        List<String> seen = new ArrayList<>();
        tree.walk(NodeUri.ROOT, (uri, node) -> seen.add(uri.toString()));
        assertThat(seen).containsExactly(".", "./A", "./A/Leaf", "./B");
        assertThat(tree.uris(NodeUri.parse("./none"))).isEmpty();
    }

    @Test
    void renames_in_place() {
        Tree renamed = tree.renamed(A, "Z");
        assertThat(renamed.uris(NodeUri.ROOT)).extracting(NodeUri::toString)
                .containsExactly(".", "./Z", "./Z/Leaf", "./B");
        assertThatIllegalStateException().isThrownBy(() -> tree.renamed(A, "B"));
    }

    @Test
    void finds_the_nearest_node_above() {
        assertThat(tree.nearest(NodeUri.parse("./A/x/y"))).isEqualTo(A);
        assertThat(tree.nearest(NodeUri.parse("./x"))).isEqualTo(NodeUri.ROOT);
        assertThat(tree.nearest(LEAF)).isEqualTo(LEAF);
    }

    @Test
    void counts_its_nodes() {
        assertThat(tree.root().nodeCount()).isEqualTo(4);
        assertThat(tree.without(A).root().nodeCount()).isEqualTo(2);
    }

    @Test
    void keeps_many_children_in_order_and_finds_each() {
        Tree wide = tree;
        for (int i = 0; i < 500; i++) {
            wide = wide.with(A.child("n" + i), Node.of(Value.text("" + i), NOW));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(wide.at(A.child("n" + i)).orElseThrow().value().text()).isEqualTo("" + i);
        }
        assertThat(wide.at(A.child("n500"))).isEmpty();
        assertThat(wide.at(A).orElseThrow().children().names()).startsWith("Leaf", "n0", "n1").endsWith("n499");
    }

    @Test
    void a_version_counter_turns_over() {
        Node node = Node.of(Value.text("x"), NOW).withVersion(NOW, 0xFFFF);
        assertThat(node.touched(NOW).verNo()).isZero();
    }

    @Test
    void a_leaf_has_no_children_and_an_interior_node_no_value() {
        Node leaf = Node.of(Value.text("x"), NOW);
        assertThatIllegalArgumentException().isThrownBy(() -> leaf.withChild("c", leaf));
        assertThatIllegalArgumentException().isThrownBy(() -> new Node(Format.NODE, "", Bytes.utf8("x"), Acl.NONE, "",
                NOW, 0, false, Children.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tree(leaf));
    }

    @Test
    void never_shows_a_value_in_a_log() {
        assertThat(Node.of(Value.text("secret"), NOW).toString()).doesNotContain("secret").doesNotContain("736563");
    }
}
