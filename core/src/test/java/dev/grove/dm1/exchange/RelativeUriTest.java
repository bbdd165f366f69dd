package dev.grove.dm1.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.grove.tree.Address;
import dev.grove.tree.Address.Condition;
import dev.grove.tree.Address.Relative;
import dev.grove.tree.NodeUri;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of [DMPRO 1.3 §5.2], the stray blank in their MOID removed. */
class RelativeUriTest {

    private static final String MOID = "urn:oma:mo:oma_example:1.0";

    @Test
    void reads_the_first_example() {
        Relative read = RelativeUri.read(".?MOID=urn%3Aoma%3Amo%3Aoma_example%3A1.0&F=Camera", "E/G");

        assertThat(read).isEqualTo(new Relative(NodeUri.ROOT, MOID,
                List.of(new Condition(NodeUri.parse("F"), "Camera")), NodeUri.parse("E/G"), Address.ITSELF));
    }

    @Test
    void reads_and_writes_the_second_example() {
        String partA = ".?MOID=urn%3Aoma%3Amo%3Aoma_example%3A1.0&F=Camera&E/G=Foo";

        Relative read = RelativeUri.read(partA, "E/H");

        assertThat(read.where()).containsExactly(new Condition(NodeUri.parse("F"), "Camera"),
                new Condition(NodeUri.parse("E/G"), "Foo"));
        assertThat(RelativeUri.targetParent(read)).isEqualTo(partA);
        assertThat(RelativeUri.target(read)).isEqualTo("E/H");
    }

    @Test
    void the_start_may_be_left_out_and_colons_may_stand() {
        assertThat(RelativeUri.read("MOID=" + MOID, null))
                .isEqualTo(new Relative(NodeUri.ROOT, MOID, List.of(), NodeUri.ROOT, Address.ITSELF));
    }

    @Test
    void without_part_B_the_object_itself_is_meant() {
        Relative whole = new Relative(NodeUri.parse("./A"), MOID, List.of(), NodeUri.ROOT, Address.ITSELF);

        assertThat(RelativeUri.targetParent(whole)).isEqualTo("./A?MOID=urn%3Aoma%3Amo%3Aoma_example%3A1.0");
        assertThat(RelativeUri.target(whole)).isNull();
        assertThat(RelativeUri.read(RelativeUri.targetParent(whole), null)).isEqualTo(whole);
    }

    @Test
    void part_B_may_name_a_property() {
        Relative title = new Relative(NodeUri.ROOT, MOID, List.of(), NodeUri.parse("E"),
                new Address.Property("Title"));

        assertThat(RelativeUri.target(title)).isEqualTo("E?prop=Title");
        assertThat(RelativeUri.read(RelativeUri.targetParent(title), "E?prop=Title")).isEqualTo(title);
    }

    @Test
    void any_value_and_any_name_survive_the_round_trip() {
        Relative odd = new Relative(NodeUri.parse("./A/B"), "a b&c=d/1.0/é+%",
                List.of(new Condition(NodeUri.parse("x=y/My%20Node&+"), "1 + 1 = 2 & ü?")), NodeUri.parse("C%2FD"),
                Address.ITSELF);

        assertThat(RelativeUri.read(RelativeUri.targetParent(odd), RelativeUri.target(odd))).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".?", ".?MOID=", ".?F=Camera", ".?MOID=a&", ".?MOID=a&=b", ".?MOID=a&b",
            "./?MOID=a", ".?MOID=%ZZ", ".?MOID=a&b=%", ".?MOID=a&../b=c"})
    void refuses_what_is_no_part_A(String partA) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativeUri.read(partA, "E/G"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/E", "E/", "E//G", "E?x=1"})
    void refuses_what_is_no_part_B(String partB) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativeUri.read(".?MOID=a", partB));
    }
}
