package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.Address.Condition;
import dev.grove.tree.Address.Relative;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects by their identifier, the tree of figures 1 and 2 of [DMPRO 1.3 §5.2]. */
class RelativeAddressTest {

    private static final String MOID = "urn:oma:mo:oma_example:1.0";

    private final Device device = Device.open().interior("./A1", MOID).leaf("./A1/F", "Camera").interior("./A1/E")
            .leaf("./A1/E/G", "Foo").leaf("./A1/E/H", "h1").interior("./B").interior("./B/A2", MOID)
            .leaf("./B/A2/F", "Printer").interior("./B/A2/E").leaf("./B/A2/E/G", "Foo").leaf("./B/A2/E/H", "h2")
            .interior("./Single", "urn:single:1.0").leaf("./Single/S", "s");

    private static Relative address(String start, String moid, String path, Condition... where) {
        return new Relative(NodeUri.parse(start), moid, List.of(where),
                path.isEmpty() ? NodeUri.ROOT : NodeUri.parse(path), Address.ITSELF);
    }

    private static Condition where(String leaf, String value) {
        return new Condition(NodeUri.parse(leaf), value);
    }

    private int replace(Relative address) {
        return device.status(new Operation.Replace(address, Value.text("new")));
    }

    @Test
    @Tag("DM-PRO-C-012")
    void one_condition_chooses_among_several_objects() {
        assertThat(replace(address(".", MOID, "E/G", where("F", "Camera")))).isEqualTo(200);
        assertThat(device.read("./A1/E/G")).isEqualTo("new");
        assertThat(device.read("./B/A2/E/G")).isEqualTo("Foo");
    }

    @Test
    void all_conditions_must_hold_and_a_condition_may_name_a_leaf_further_down() {
        assertThat(replace(address(".", MOID, "E/H", where("F", "Printer"), where("E/G", "Foo")))).isEqualTo(200);
        assertThat(device.read("./B/A2/E/H")).isEqualTo("new");
        assertThat(replace(address(".", MOID, "E/H", where("F", "Printer"), where("E/G", "Bar")))).isEqualTo(404);
    }

    @Test
    void the_start_narrows_the_search() {
        assertThat(replace(address("./B", MOID, "E/H"))).isEqualTo(200);
        assertThat(device.read("./B/A2/E/H")).isEqualTo("new");
        assertThat(replace(address("./B/A2", MOID, "E/H"))).as("the start may be the object").isEqualTo(200);
    }

    @Test
    void an_only_object_needs_no_condition() {
        assertThat(replace(address(".", "urn:single:1.0", "S"))).isEqualTo(200);
        assertThat(device.status(new Operation.Add(address(".", "urn:single:1.0", "T/U"), Value.text("x"))))
                .isEqualTo(200);
        assertThat(device.read("./Single/T/U")).isEqualTo("x");
        assertThat(device.status(new Operation.Exec(address(".", "urn:single:1.0", "S"), null, null))).isEqualTo(405);
    }

    @Test
    void Get_is_understood_too_and_answers_with_the_full_URI() {
        var outcome = device.outcome(new Operation.Get(address(".", "urn:single:1.0", "S")));
        assertThat(outcome.results().getFirst().uri()).isEqualTo("./Single/S");
    }

    @Test
    void what_cannot_be_resolved_is_400() {
        assertThat(replace(address(".", "urn:none:1.0", "S"))).isEqualTo(400);
        assertThat(replace(address("./nowhere", MOID, "S"))).isEqualTo(400);
        assertThat(replace(address(".", MOID, "E/G"))).as("two objects, and nothing to choose by").isEqualTo(400);
    }

    @Test
    void no_unique_object_with_conditions_is_404() {
        assertThat(replace(address(".", MOID, "E/G", where("F", "Scanner")))).isEqualTo(404);
        assertThat(replace(address(".", MOID, "E/G", where("E/G", "Foo")))).as("both").isEqualTo(404);
        assertThat(replace(address(".", MOID, "E/G", where("Nothing", "x")))).isEqualTo(404);
        assertThat(replace(address(".", "urn:single:1.0", "S", where("S", "other")))).isEqualTo(404);
    }

    @Test
    void a_node_that_the_object_has_not_is_404_as_always() {
        assertThat(replace(address(".", "urn:single:1.0", "X"))).isEqualTo(404);
    }

    @Test
    void where_relative_addresses_are_not_supported_the_answer_is_406() {
        Device plain = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.RELATIVE_ADDRESSES)))
                .interior("./S", "urn:single:1.0").leaf("./S/x", "1");
        assertThat(plain.status(new Operation.Replace(address(".", "urn:single:1.0", "x"), Value.text(""))))
                .isEqualTo(406);
        assertThat(plain.status(new Operation.Delete(address(".", "urn:single:1.0", "")))).isEqualTo(406);
    }

    @Test
    void Delete_without_a_target_takes_all_objects() {
        assertThat(device.status(new Operation.Delete(address(".", MOID, "")))).isEqualTo(200);
        assertThat(device.read(".")).isEqualTo("B/Single");
        assertThat(device.read("./B")).isEmpty();
    }

    @Test
    void Delete_without_a_target_takes_the_object_that_the_conditions_choose() {
        assertThat(device.status(new Operation.Delete(address(".", MOID, "", where("F", "Printer"))))).isEqualTo(200);
        assertThat(device.has("./A1")).isTrue();
        assertThat(device.has("./B/A2")).isFalse();
    }

    @Test
    void Delete_of_several_is_done_for_all_or_none() {
        device.permanent("./B/A2");
        assertThat(device.status(new Operation.Delete(address(".", MOID, "")))).isEqualTo(405);
        assertThat(device.has("./A1")).isTrue();
    }

    @Test
    void Delete_with_a_target_takes_that_node() {
        assertThat(device.status(new Operation.Delete(address(".", "urn:single:1.0", "S")))).isEqualTo(200);
        assertThat(device.read("./Single")).isEmpty();
    }

    @Test
    void an_object_inside_another_of_its_kind_goes_with_it() {
        device.interior("./A1/Inner", MOID);
        assertThat(device.status(new Operation.Delete(address("./A1", MOID, "")))).isEqualTo(200);
        assertThat(device.has("./A1")).isFalse();
    }

    @Test
    void a_condition_does_not_betray_what_the_server_may_not_get() {
        device.acl("./Single/S", "Get=B");
        assertThat(replace(address(".", "urn:single:1.0", "S", where("S", "s")))).isEqualTo(404);
    }

    @Test
    void properties_can_be_addressed_too() {
        Relative title = new Relative(NodeUri.ROOT, "urn:single:1.0", List.of(), NodeUri.parse("S"),
                new Address.Property("Title"));
        assertThat(device.status(new Operation.Replace(title, Value.text("t")))).isEqualTo(200);
        assertThat(device.read("./Single/S?prop=Title")).isEqualTo("t");
    }
}
