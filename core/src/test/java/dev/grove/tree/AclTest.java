package dev.grove.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.grove.tree.Acl.Right;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of [TND 1.2 §7.7.1], and the removal of a server of §7.7.1. */
class AclTest {

    @ParameterizedTest
    @CsvSource({"Get=*, Get=*",
            "Add=www.sonera.fi-8765&Delete=www.sonera.fi-8765&Replace=www.sonera.fi-8765+321_ibm.com,"
                    + "Add=www.sonera.fi-8765&Delete=www.sonera.fi-8765&Replace=www.sonera.fi-8765+321_ibm.com",
            "Replace=B&Get=A&Exec=C&Delete=D&Add=E, Add=E&Delete=D&Exec=C&Get=A&Replace=B",
            "Get=A&Replace=A&Get=B, Get=A+B&Replace=A", "Get=A+*+B, Get=*", "Get=B+A+B, Get=B+A",
            "' Get=A ', Get=A", "'', ''"})
    void is_read_liberally_and_written_in_the_one_order(String text, String canonical) {
        assertThat(Acl.parse(text)).hasToString(canonical);
        assertThat(Acl.parse(canonical)).isEqualTo(Acl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Get=", "Get", "=A", "get=A", "Copy=A", "Get=A&", "&Get=A", "Get=A&&Add=B", "Get=A+",
            "Get=+A", "Get=A B", "Get=A=B", "Get=A*", "Get=A\u0001", "Get = A", "Get=A& Add=B"})
    void what_breaks_the_grammar_is_refused_with_the_rule(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Acl.parse(text)).withMessageContaining("TND 7.7.1");
    }

    @Test
    void gives_rights_to_those_it_names_only() {
        Acl acl = Acl.parse("Get=*&Replace=A+B");

        assertThat(acl.allows(Right.GET, "anyone")).isTrue();
        assertThat(acl.allows(Right.REPLACE, "B")).isTrue();
        assertThat(acl.allows(Right.REPLACE, "C")).isFalse();
        assertThat(acl.allows(Right.REPLACE, "a")).isFalse();
        assertThat(acl.allows(Right.ADD, "A")).isFalse();
    }

    @Test
    void loses_a_server_and_the_commands_that_were_its_alone() {
        assertThat(Acl.parse("Add=A&Get=A+B&Replace=*").without("A")).hasToString("Get=B&Replace=*");
        assertThat(Acl.parse("Get=A").without("A")).isEqualTo(Acl.NONE);
    }

    @Test
    void gains_a_server() {
        assertThat(Acl.parse("Get=A").with(Right.GET, "B").with(Right.ADD, "B")).hasToString("Add=B&Get=A+B");
        assertThat(Acl.parse("Get=*").with(Right.GET, "B")).hasToString("Get=*");
        assertThatIllegalArgumentException().isThrownBy(() -> Acl.NONE.with(Right.GET, "a b"));
    }

    @Test
    void of_the_whole_tree_a_server_can_be_removed() {
        NodeUri node = NodeUri.parse("./N");
        NodeUri other = NodeUri.parse("./O");
        Tree tree = Tree.empty(Instant.EPOCH);
        tree = tree.with(node, Node.interior("", Instant.EPOCH).withAcl(Acl.parse("Get=A&Replace=A+B")))
                .with(other, Node.interior("", Instant.EPOCH).withAcl(Acl.parse("Get=A")));
        tree = tree.change(NodeUri.ROOT, root -> root.withAcl(Acl.parse("Add=*&Get=A+B&Delete=A")));

        Tree without = tree.withoutServer("A");

        assertThat(without.at(node).orElseThrow().acl()).hasToString("Replace=B");
        assertThat(without.at(other).orElseThrow().acl()).isEqualTo(Acl.NONE);
        assertThat(without.root().acl()).as("a command of the root without servers goes to all")
                .hasToString("Add=*&Delete=*&Get=B");
    }
}
