package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.StandardObjects;
import dev.grove.tree.Address;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server need not ask a device, since the answer is known. */
class DescriptionCheckTest {

    private final DescriptionCheck check = new DescriptionCheck(StandardObjects.description()
            .and(Description.of(NodeUri.ROOT, DescriptionNode.of("Level", Format.INT, Access.GET, Access.REPLACE))));

    private int refused(Operation operation) {
        return check.refuse(operation).map(outcome -> outcome.status().code()).orElse(0);
    }

    private static Address at(String uri) {
        return Address.parse(uri);
    }

    @Test
    void a_command_that_the_node_does_not_support_is_ruled_out() {
        assertThat(refused(new Operation.Replace(at("./DevInfo/Man"), Value.text("x")))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DMAcc/x/AppAuth/1/AAuthSecret")))).isEqualTo(405);
        assertThat(refused(new Operation.Delete(at("./DevInfo")))).isEqualTo(405);
        assertThat(refused(new Operation.Exec(at("./DevInfo"), null, null))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DevInfo/Man")))).isZero();
    }

    @Test
    void a_node_that_the_description_has_not_is_ruled_out_where_it_has_the_parent() {
        assertThat(refused(new Operation.Get(at("./DevInfo/Colour")))).isEqualTo(404);
        assertThat(refused(new Operation.Add(at("./DevInfo/Colour"), Value.text("red")))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DevInfo/Ext/Colour")))).isZero();
        assertThat(refused(new Operation.Get(at("./Vendor/x")))).isZero();
    }

    @Test
    void what_stands_far_below_a_missing_node_or_below_a_leaf_is_ruled_out_too() {
        assertThat(refused(new Operation.Get(at("./DevInfo/Colour/Hue/Tone")))).isEqualTo(404);
        assertThat(refused(new Operation.Get(at("./DevInfo/Man/Name")))).isEqualTo(404);
        assertThat(refused(new Operation.Get(at("./DevInfo/Ext/Colour/Hue")))).isZero();
        assertThat(refused(new Operation.Get(at("./DevInfo/Colour?list=Struct")))).isEqualTo(404);
        assertThat(refused(new Operation.Get(at("./DMAcc/x/AppAuth/1/AAuthSecret?prop=Format")))).isZero();
    }

    @Test
    void the_top_of_the_tree_is_open_even_if_the_root_is_described() {
        DescriptionCheck whole = new DescriptionCheck(Description.of(NodeUri.ROOT,
                DescriptionNode.interior(".", Access.GET).withChildren(DescriptionNode.of("A", Format.CHR))));
        assertThat(whole.refuse(new Operation.Get(at("./B")))).isEmpty();
        assertThat(whole.refuse(new Operation.Get(at("./A")))).isPresent();
    }

    @Test
    void a_copy_is_ruled_out_by_where_it_comes_from_and_where_it_goes() {
        assertThat(refused(new Operation.Copy(at("./Level"), at("./Elsewhere")))).isZero();
        assertThat(refused(new Operation.Copy(at("./DMAcc/x/AppAuth/1/AAuthSecret"), at("./E")))).isEqualTo(405);
        assertThat(refused(new Operation.Copy(at("./DevInfo/Colour"), at("./E")))).isEqualTo(404);
        assertThat(refused(new Operation.Copy(at("./Level"), at("./DevInfo/Man")))).isEqualTo(405);
    }

    @Test
    void the_short_name_of_a_windows_node_means_the_long_one() {
        DescriptionCheck windows = new DescriptionCheck(Description.of(NodeUri.parse("./Device/Vendor/MSFT"),
                DescriptionNode.interior("BitLocker", Access.GET)
                        .withChildren(DescriptionNode.of("Status", Format.INT, Access.GET))));
        assertThat(windows.refuse(new Operation.Get(at("./Vendor/MSFT/BitLocker/Status")))).isEmpty();
        assertThat(windows.refuse(new Operation.Get(at("./Vendor/MSFT/BitLocker/State")))).isPresent();
        assertThat(windows.refuse(new Operation.Get(at("./Vendor/MSFT/Other")))).isEmpty();
        assertThat(windows.refuse(new Operation.Delete(at("./Device/Vendor/MSFT/BitLocker/Status")))).isPresent();
    }

    @Test
    void a_node_of_a_described_object_is_judged_wherever_the_object_stands() {
        assertThat(refused(new Operation.Get(byIdentifier("Man")))).isZero();
        assertThat(refused(new Operation.Replace(byIdentifier("Man"), Value.text("x")))).isEqualTo(405);
        assertThat(refused(new Operation.Get(byIdentifier("Colour")))).isEqualTo(404);
    }

    private static Address byIdentifier(String path) {
        return new Address.Relative(NodeUri.ROOT, StandardObjects.DEV_INFO_MOID, List.of(), NodeUri.parse(path),
                Address.ITSELF);
    }

    @Test
    void a_type_that_nobody_thought_of_is_that_of_the_node() {
        DescriptionCheck typed = new DescriptionCheck(Description.of(NodeUri.ROOT, DescriptionNode
                .of("Doc", Format.CHR, Access.REPLACE).withTypes(List.of("application/json"))));
        assertThat(typed.refuse(new Operation.Replace(at("./Doc"), Value.text("{}")))).isEmpty();
        Value xml = new Value(Format.CHR, "text/xml", Value.text("<a/>").data());
        assertThat(typed.refuse(new Operation.Replace(at("./Doc"), xml)).orElseThrow().status().code()).isEqualTo(415);
    }

    @Test
    void a_value_that_does_not_fit_is_ruled_out() {
        assertThat(refused(new Operation.Replace(at("./Level"), Value.of(Format.INT, "x")))).isEqualTo(415);
        assertThat(refused(new Operation.Replace(at("./Level"), Value.text("1")))).isEqualTo(415);
        assertThat(refused(new Operation.Replace(at("./Level"), Value.of(Format.INT, "1")))).isZero();
    }

    @Test
    void a_group_is_ruled_out_with_a_member() {
        Operation bad = new Operation.Delete(at("./DevInfo"));
        Operation good = new Operation.Get(at("./DevInfo"));
        assertThat(refused(new Operation.Sequence(List.of(good, bad)))).isEqualTo(405);
        assertThat(refused(new Operation.Atomic(List.of(good)))).isZero();
    }

    @Test
    void properties_and_objects_by_identifier_are_not_judged() {
        assertThat(refused(new Operation.Replace(at("./DevInfo?prop=ACL"), Value.text("Get=*")))).isZero();
        assertThat(refused(new Operation.Get(new Address.Relative(NodeUri.ROOT, "urn:x", List.of(), NodeUri.ROOT,
                Address.ITSELF)))).isZero();
    }
}
