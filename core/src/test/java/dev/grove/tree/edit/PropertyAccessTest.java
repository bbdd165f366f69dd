package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of properties, [TND 1.2 §7.7], row by row. */
class PropertyAccessTest {

    private static final Instant LATER = Instant.parse("2026-07-11T16:38:17.9Z");

    private final Device device = Device.open().interior("./In", "urn:oma:mo:oma-fumo:1.0")
            .put("./In/leaf", new Value(Format.BIN, "image/png", Bytes.hex("00010203"))).leaf("./In/text", "four");

    @ParameterizedTest
    @CsvSource({"./In/leaf?prop=ACL, ''", "./In/leaf?prop=Format, bin", "./In?prop=Format, node",
            "./In/leaf?prop=Name, leaf", ".?prop=Name, .", "./In/leaf?prop=Type, image/png",
            "./In?prop=Type, urn:oma:mo:oma-fumo:1.0", "./In/leaf?prop=Size, 4", "./In/leaf?prop=Title, ''",
            "./In/leaf?prop=TStamp, 20260101T000000Z", "./In/leaf?prop=VerNo, 0", "./In/text?prop=Size, 4"})
    void every_property_can_be_read(String uri, String value) {
        Outcome outcome = device.outcome(new Operation.Get(Address.parse(uri)));
        assertThat(outcome.results()).containsExactly(new Outcome.Result(uri, Value.text(value)));
    }

    @Test
    void an_interior_node_has_no_Size() {
        assertThat(device.get("./In?prop=Size")).isEqualTo(406);
    }

    @Test
    void an_unknown_property_is_406_in_every_command() {
        assertThat(device.get("./In?prop=Colour")).isEqualTo(406);
        assertThat(device.replace("./In?prop=Colour", "red")).isEqualTo(406);
        assertThat(device.add("./In?prop=Colour", "red")).isEqualTo(406);
        assertThat(device.delete("./In?prop=Colour")).isEqualTo(406);
    }

    @Test
    void a_property_that_the_device_has_not_is_406() {
        Device plain = Device.open(TreeSetup.of(TreeRules.OMA.without(NodePart.TITLE, NodePart.SIZE)))
                .leaf("./leaf", "x");
        assertThat(plain.get("./leaf?prop=Title")).isEqualTo(406);
        assertThat(plain.replace("./leaf?prop=Title", "t")).isEqualTo(406);
        assertThat(plain.get("./leaf?prop=Size")).isEqualTo(406);
        assertThat(plain.get("./leaf?prop=Format")).isEqualTo(200);
    }

    @Test
    void Windows_has_no_properties_at_all() {
        Device windows = new Device(TreeSetup.of(TreeRules.WINDOWS)).leaf("./leaf", "x");
        for (NodePart part : NodePart.PROPERTIES) {
            assertThat(windows.get("./leaf?prop=" + part.wireName())).isEqualTo(406);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Format", "Size", "TStamp", "Type", "VerNo"})
    void properties_that_only_the_device_sets_are_405_to_replace(String property) {
        assertThat(device.replace("./In/leaf?prop=" + property, "1")).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACL", "Format", "Name", "Size", "Title", "TStamp", "Type", "VerNo"})
    void Add_Delete_Copy_and_Exec_of_a_property_are_405(String property) {
        String uri = "./In/leaf?prop=" + property;
        assertThat(device.add(uri, "x")).isEqualTo(405);
        assertThat(device.delete(uri)).isEqualTo(405);
        assertThat(device.copy(uri, "./In/text")).isEqualTo(405);
        assertThat(device.exec(uri)).isEqualTo(405);
    }

    @Test
    void a_property_of_a_missing_node_is_404() {
        assertThat(device.get("./no?prop=ACL")).isEqualTo(404);
        assertThat(device.replace("./no?prop=Title", "t")).isEqualTo(404);
    }

    @Test
    void Title_has_255_bytes_at_most() {
        assertThat(device.replace("./In?prop=Title", "ü".repeat(127))).isEqualTo(200);
        assertThat(device.read("./In?prop=Title")).isEqualTo("ü".repeat(127));
        assertThat(device.replace("./In?prop=Title", "ü".repeat(128))).isEqualTo(413);
    }

    @Test
    void a_change_of_value_name_title_or_list_is_a_new_version_with_its_time() {
        device.at(LATER);
        device.replace("./In/text", "new");
        assertThat(device.read("./In/text?prop=VerNo")).isEqualTo("1");
        assertThat(device.read("./In/text?prop=TStamp")).isEqualTo("20260711T163817Z");
        device.replace("./In/text?prop=Title", "t");
        assertThat(device.read("./In/text?prop=VerNo")).isEqualTo("2");
        device.replace("./In/text?prop=ACL", "Get=*&Replace=*");
        assertThat(device.read("./In/text?prop=VerNo")).isEqualTo("3");
        device.replace("./In/text?prop=Name", "neu");
        assertThat(device.read("./In/neu?prop=VerNo")).isEqualTo("4");
    }

    @Test
    void the_version_follows_FFFF_by_0() {
        device.tree = device.tree.change(NodeUri.parse("./In/text"),
                node -> node.withVersion(Device.START, 0xFFFF));
        device.replace("./In/text", "again");
        assertThat(device.read("./In/text?prop=VerNo")).isEqualTo("0");
    }

    @Test
    void children_that_come_and_go_do_not_change_the_version_of_the_parent() {
        device.at(LATER).add("./In/new", "x");
        device.delete("./In/new");
        assertThat(device.read("./In?prop=VerNo")).isEqualTo("0");
        assertThat(device.read("./In?prop=TStamp")).isEqualTo("20260101T000000Z");
    }

    @Test
    void a_new_node_has_all_properties_at_once() {
        device.at(LATER).add("./In/new", Value.of(Format.INT, "12"));
        assertThat(device.read("./In/new?prop=Name")).isEqualTo("new");
        assertThat(device.read("./In/new?prop=Format")).isEqualTo("int");
        assertThat(device.read("./In/new?prop=Type")).isEqualTo("text/plain");
        assertThat(device.read("./In/new?prop=Size")).isEqualTo("2");
        assertThat(device.read("./In/new?prop=VerNo")).isEqualTo("0");
        assertThat(device.read("./In/new?prop=TStamp")).isEqualTo("20260711T163817Z");
        assertThat(device.read("./In/new?prop=Title")).isEmpty();
        assertThat(device.read("./In/new?prop=ACL")).isEmpty();
    }

    // ---- rename, [TND 1.2 §7.7.3]

    @Test
    void rename_keeps_everything_below_and_the_place_among_siblings() {
        assertThat(device.leaf("./Z", "z").replace("./In?prop=Name", "Out")).isEqualTo(200);
        assertThat(device.read(".")).isEqualTo("Out/Z");
        assertThat(device.read("./Out/text")).isEqualTo("four");
        assertThat(device.has("./In")).isFalse();
    }

    @Test
    void rename_onto_a_sibling_is_418_and_to_the_same_name_nothing() {
        assertThat(device.replace("./In/leaf?prop=Name", "text")).isEqualTo(418);
        assertThat(device.replace("./In/leaf?prop=Name", "leaf")).isEqualTo(200);
    }

    @Test
    void rename_of_a_permanent_node_or_the_root_is_405() {
        device.permanent("./In");
        assertThat(device.replace("./In?prop=Name", "Out")).isEqualTo(405);
        assertThat(device.replace(".?prop=Name", "Out")).isEqualTo(405);
    }

    @Test
    void rename_to_too_long_a_name_is_414_below_as_well() {
        Device narrow = Device.open(TreeSetup.of(TreeRules.OMA).with(new TreeLimits(0, 14, 5, 0))).interior("./a")
                .interior("./a/12345").leaf("./a/12345/12345", "x");
        assertThat(narrow.replace("./a?prop=Name", "123456")).isEqualTo(414);
        assertThat(narrow.replace("./a?prop=Name", "1234")).isEqualTo(414);
        assertThat(narrow.replace("./a?prop=Name", "12")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "./a", "a?b", "a%", "%0", "\u0007"})
    void rename_to_what_is_no_name_is_400(String name) {
        assertThat(device.replace("./In?prop=Name", name)).isEqualTo(400);
    }
}
