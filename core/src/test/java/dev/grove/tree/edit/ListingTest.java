package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.Tnds;
import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ?list=}, [TND 1.2 §7.6]. */
class ListingTest {

    private final Device device = filled(Device.open(TreeSetup.of(TreeRules.OMA).with(Tnds.XML)));

    private static Device filled(Device device) {
        return device.interior("./A", "urn:test:a:1.0").leaf("./A/x", "1").interior("./A/in")
                .leaf("./A/in/y", Format.INT, "2").put("./A/in/z", Value.binary(Bytes.hex("00FF")));
    }

    private Outcome list(String uri) {
        return device.outcome(new Operation.Get(Address.parse(uri)));
    }

    private List<SubtreeNode> tnds(String uri) throws Malformed {
        Outcome outcome = list(uri);
        assertThat(outcome.status().code()).isEqualTo(200);
        return Tnds.XML.read(outcome.results().getFirst().value());
    }

    @Test
    void Struct_has_every_node_from_the_start_on_with_format_and_type_and_no_data() {
        assertThat(list("./A?list=Struct").results()).containsExactly(
                new Outcome.Result("./A", Value.interior("urn:test:a:1.0")),
                new Outcome.Result("./A/x", Value.text("")), new Outcome.Result("./A/in", Value.interior("")),
                new Outcome.Result("./A/in/y", Value.of(Format.INT, "")),
                new Outcome.Result("./A/in/z", Value.binary(Bytes.EMPTY)));
    }

    @Test
    void StructData_has_the_values_too() {
        assertThat(list("./A/in?list=StructData").results()).containsExactly(
                new Outcome.Result("./A/in", Value.interior("")),
                new Outcome.Result("./A/in/y", Value.of(Format.INT, "2")),
                new Outcome.Result("./A/in/z", Value.binary(Bytes.hex("00FF"))));
    }

    @Test
    void a_leaf_lists_itself() {
        assertThat(list("./A/x?list=StructData").results())
                .containsExactly(new Outcome.Result("./A/x", Value.text("1")));
    }

    @Test
    void nodes_that_the_server_may_not_get_are_left_out_and_those_below_judged_for_themselves() {
        device.acl("./A/in", "Get=B").acl("./A/in/y", "Get=*");
        assertThat(list("./A?list=Struct").results()).extracting(Outcome.Result::uri)
                .containsExactly("./A", "./A/x", "./A/in/y");
        assertThat(device.get("./A/in?list=Struct")).isEqualTo(425);
    }

    @Test
    void TNDS_is_one_result_with_the_start_node_and_its_media_type() throws Malformed {
        Outcome outcome = list("./A?list=TNDS");
        assertThat(outcome.results()).hasSize(1);
        assertThat(outcome.results().getFirst().uri()).isEqualTo("./A");
        assertThat(outcome.results().getFirst().value().type()).isEqualTo("application/vnd.syncml.dmtnds+xml");
        assertThat(outcome.results().getFirst().value().format()).isEqualTo(Format.XML);

        SubtreeNode top = tnds("./A?list=TNDS").getFirst();
        assertThat(top.name()).isEqualTo("A");
        assertThat(top.format()).isEqualTo(Format.NODE);
        assertThat(top.properties()).containsEntry(NodePart.TYPE, "urn:test:a:1.0").containsEntry(NodePart.VERNO, "0")
                .containsEntry(NodePart.TSTAMP, "20260101T000000Z").doesNotContainKeys(NodePart.NAME, NodePart.SIZE);
        assertThat(top.children()).extracting(SubtreeNode::name).containsExactly("x", "in");
        assertThat(top.children().get(1).children().get(1).value()).isEqualTo(Bytes.hex("00FF"));
    }

    @Test
    void TNDS_with_plus_has_these_parts_only() throws Malformed {
        device.acl("./A/x", "Get=*");
        SubtreeNode leaf = tnds("./A/x?list=TNDS+ACL+Value").getFirst();
        assertThat(leaf.properties().keySet()).isEqualTo(Set.of(NodePart.ACL));
        assertThat(leaf.value()).isEqualTo(Bytes.utf8("1"));
        assertThat(tnds("./A/x?list=TNDS+Name+Size+Format").getFirst().properties())
                .containsEntry(NodePart.NAME, "x").containsEntry(NodePart.SIZE, "1");
    }

    @Test
    void TNDS_with_minus_has_all_but_these_parts() throws Malformed {
        SubtreeNode leaf = tnds("./A/x?list=TNDS-Value-TStamp-VerNo").getFirst();
        assertThat(leaf.value()).isNull();
        assertThat(leaf.format()).isEqualTo(Format.CHR);
        assertThat(leaf.properties().keySet()).isEqualTo(Set.of(NodePart.TYPE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Frob", "", "TNDS+ACL-Value", "TNDS-ACL+Value", "TNDS+", "TNDS+Colour", "TNDSx", "Tree"})
    void any_other_form_is_406(String form) {
        assertThat(device.get("./A?list=" + form)).isEqualTo(406);
    }

    @Test
    void a_form_that_the_device_has_not_is_406() {
        Device plain = filled(Device.open(TreeSetup.of(
                TreeRules.OMA.without(Feature.LIST_STRUCT_DATA, Feature.TNDS).without(NodePart.TITLE))
                .with(Tnds.XML)));
        assertThat(plain.get("./A?list=Struct")).isEqualTo(200);
        assertThat(plain.get("./A?list=StructData")).isEqualTo(406);
        assertThat(plain.get("./A?list=TNDS")).isEqualTo(406);
        Device untitled = filled(Device.open(TreeSetup.of(TreeRules.OMA.without(NodePart.TITLE)).with(Tnds.XML)));
        assertThat(untitled.get("./A?list=TNDS+Title")).isEqualTo(406);
        assertThat(untitled.get("./A?list=TNDS+Type")).isEqualTo(200);
    }

    @Test
    void a_list_is_for_Get_only_and_of_nodes_that_are_there() {
        assertThat(device.get("./none?list=Struct")).isEqualTo(404);
        assertThat(device.replace("./A?list=Struct", "x")).isEqualTo(405);
        assertThat(device.delete("./A?list=Struct")).isEqualTo(405);
        assertThat(device.add("./A?list=TNDS", "x")).isEqualTo(405);
    }

    @Test
    void in_TNDS_a_node_below_one_that_is_left_out_stands_by_its_path() throws Malformed {
        device.acl("./A/in", "Get=B").acl("./A/in/y", "Get=*");
        List<SubtreeNode> nodes = tnds("./A?list=TNDS");
        assertThat(nodes).hasSize(2);
        assertThat(nodes.getFirst().children()).extracting(SubtreeNode::name).containsExactly("x");
        assertThat(nodes.get(1).name()).isEqualTo("y");
        assertThat(nodes.get(1).path()).hasToString("./A/in");
    }
}
