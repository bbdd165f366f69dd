package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.AllowedValues;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a description adds to the rules: access types, occurrence, scope, formats, values ([TND 1.2 §8.5]). */
class DescribedNodesTest {

    private static final Access[] ALL = {Access.ADD, Access.DELETE, Access.GET, Access.REPLACE};

    /** {@code ./Lamp/<X>/…}, the example of the sheet: at most two, each with Level, Mode, Key, Serial, Ext. */
    private static final DescriptionNode LAMP = DescriptionNode.interior("Lamp", Access.GET)
            .withScope(Scope.PERMANENT)
            .withChildren(DescriptionNode.interior("", ALL).withOccurrence(new Occurrence(0, 2)).withChildren(
                    DescriptionNode.of("Level", Format.INT, ALL).withDefault("50")
                            .withAllowed(new AllowedValues.Ranges(
                                    List.of(new AllowedValues.Range(BigDecimal.ZERO, new BigDecimal("100"))))),
                    DescriptionNode.of("Name", Format.CHR, ALL).withMaxBytes(5),
                    DescriptionNode.of("Icon", Format.BIN, ALL).withTypes(List.of("image/png")),
                    DescriptionNode.of("Native", Format.B64, ALL),
                    DescriptionNode.of("Key", Format.CHR, Access.ADD, Access.REPLACE),
                    DescriptionNode.of("Serial", Format.CHR, Access.GET).withScope(Scope.PERMANENT).withDefault("S-1"),
                    DescriptionNode.of("Born", Format.DATE, Access.GET, Access.REPLACE),
                    DescriptionNode.of("Keep", Format.CHR, Access.ADD, Access.GET),
                    DescriptionNode.interior("Ext", Access.GET, Access.ADD)));

    private final Device device = Device
            .open(TreeSetup.of(TreeRules.OMA).with(Description.of(NodeUri.ROOT, LAMP))).interior("./Lamp");

    @Nested
    class AccessTypes {

        @Test
        void a_command_that_the_node_does_not_support_is_405() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Key", "k")).isEqualTo(200);
            assertThat(device.get("./Lamp/a/Key")).isEqualTo(405);
            assertThat(device.delete("./Lamp/a/Key")).isEqualTo(405);
            assertThat(device.replace("./Lamp/a/Key", "kk")).isEqualTo(200);
            assertThat(device.exec("./Lamp/a/Key")).isEqualTo(405);
            assertThat(device.copy("./Lamp/a/Key", "./x")).isEqualTo(405);
            assertThat(device.add("./Lamp/a/Born", Value.of(Format.DATE, "2026-01-01"))).isEqualTo(405);
        }

        @Test
        void the_list_of_a_node_can_be_changed_without_Replace_in_its_access_type() {
            assertThat(device.replace("./Lamp?prop=ACL", "Get=*&Replace=A")).isEqualTo(200);
        }

        @Test
        void a_secret_is_left_out_of_lists() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Key", "k");
            assertThat(device.outcome(new Operation.Get(
                    Address.parse("./Lamp?list=StructData"))).results())
                    .extracting(Outcome.Result::uri)
                    .containsExactly("./Lamp", "./Lamp/a", "./Lamp/a/Serial");
        }

        /** The table of [TND 1.2 §8.5]: a node that lacks Delete goes with its parent, not alone. */
        @Test
        void a_node_without_Delete_is_deleted_with_its_ancestor_only() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Keep", "x");
            assertThat(device.delete("./Lamp/a/Keep")).isEqualTo(405);
            assertThat(device.delete("./Lamp/a")).isEqualTo(200);
        }
    }

    @Nested
    class Places {

        @Test
        void a_node_that_the_description_does_not_have_is_405_below_a_described_one() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Colour", "red")).isEqualTo(405);
        }

        @Test
        void below_Ext_anything_may_stand() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Ext/Colour/Hue", "red")).isEqualTo(200);
        }

        @Test
        void outside_of_descriptions_anything_may_stand_unless_the_device_has_nothing_else() {
            assertThat(device.add("./Free", "x")).isEqualTo(200);
            Device closed = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.UNDESCRIBED_NODES))
                    .with(Description.of(NodeUri.ROOT, LAMP))).interior("./Lamp");
            assertThat(closed.add("./Free", "x")).isEqualTo(404);
            assertThat(closed.addInterior("./Lamp/a")).isEqualTo(200);
        }

        @Test
        void one_more_than_the_occurrence_allows_is_405() {
            assertThat(device.addInterior("./Lamp/a")).isEqualTo(200);
            assertThat(device.addInterior("./Lamp/b")).isEqualTo(200);
            assertThat(device.addInterior("./Lamp/c")).isEqualTo(405);
            device.delete("./Lamp/a");
            assertThat(device.addInterior("./Lamp/c")).isEqualTo(200);
        }

        @Test
        void a_permanent_node_can_be_neither_added_nor_deleted_but_comes_and_goes_with_its_object() {
            assertThat(device.delete("./Lamp")).isEqualTo(405);
            device.addInterior("./Lamp/a");
            assertThat(device.read("./Lamp/a/Serial")).isEqualTo("S-1");
            assertThat(device.delete("./Lamp/a/Serial")).isEqualTo(405);
            assertThat(device.delete("./Lamp/a")).isEqualTo(200);
        }

        @Test
        void a_named_node_keeps_its_name_and_an_un_named_one_can_change_it() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Name", "x");
            assertThat(device.replace("./Lamp/a/Name?prop=Name", "Nom")).isEqualTo(405);
            assertThat(device.replace("./Lamp/a?prop=Name", "b")).isEqualTo(200);
        }

        @Test
        void an_object_brings_its_description_along_by_its_identifier() {
            DescriptionNode object = DescriptionNode.interior("", ALL).withTypes(List.of("urn:test:lamp:1.0"))
                    .withChildren(DescriptionNode.of("Level", Format.INT, Access.GET));
            Device elsewhere = Device.open(TreeSetup.of(TreeRules.OMA)
                    .with(Description.of(NodeUri.parse("./Usual"), object))).interior("./Odd", "urn:test:lamp:1.0")
                    .leaf("./Odd/Level", Format.INT, "1");
            assertThat(elsewhere.replace("./Odd/Level", Value.of(Format.INT, "2"))).isEqualTo(405);
            assertThat(elsewhere.get("./Odd/Level")).isEqualTo(200);
        }

        @Test
        void where_case_does_not_count_a_name_is_found_in_any_and_kept_as_it_is() {
            DescriptionNode loose = LAMP.withNameCase(NameCase.INSENSITIVE);
            Device any = Device.open(TreeSetup.of(TreeRules.OMA).with(Description.of(NodeUri.ROOT, loose)))
                    .interior("./Lamp");
            assertThat(any.addInterior("./LAMP/a")).isEqualTo(200);
            assertThat(any.read(".")).isEqualTo("Lamp");
            assertThat(any.get("./lamp/a")).isEqualTo(200);
            assertThat(device.get("./lamp")).isEqualTo(404);
        }
    }

    @Nested
    class Values {

        private int level(String text) {
            return device.replace("./Lamp/a/Level", new Value(Format.CHR, "", Bytes.utf8(text)));
        }

        @Test
        void the_default_value_is_that_of_a_node_added_without_one() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Level", new Value(Format.CHR, "", Bytes.EMPTY))).isEqualTo(200);
            assertThat(device.node("./Lamp/a/Level").value()).isEqualTo(Value.of(Format.INT, "50"));
        }

        @Test
        void what_is_not_allowed_is_415() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Level", Value.of(Format.INT, "1"));
            assertThat(level("100")).isEqualTo(200);
            assertThat(level("101")).isEqualTo(415);
            assertThat(level("-1")).isEqualTo(415);
            assertThat(level("bright")).isEqualTo(415);
            assertThat(device.read("./Lamp/a/Level")).isEqualTo("100");
        }

        @Test
        void another_format_or_type_than_the_described_is_415() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Level", Value.text("50"))).isEqualTo(415);
            assertThat(device.add("./Lamp/a/Icon", new Value(Format.BIN, "image/gif", Bytes.EMPTY))).isEqualTo(415);
            assertThat(device.add("./Lamp/a/Icon", new Value(Format.BIN, "image/png", Bytes.EMPTY))).isEqualTo(200);
            assertThat(device.addInterior("./Lamp/a/Name")).isEqualTo(415);
        }

        @Test
        void too_long_a_value_is_413() {
            device.addInterior("./Lamp/a");
            assertThat(device.add("./Lamp/a/Name", "123456")).isEqualTo(413);
            assertThat(device.add("./Lamp/a/Name", "12345")).isEqualTo(200);
        }

        @Test
        void format_and_type_that_are_not_given_come_from_the_description() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Icon", new Value(Format.CHR, "", Bytes.hex("00")));
            assertThat(device.node("./Lamp/a/Icon").value())
                    .isEqualTo(new Value(Format.BIN, "image/png", Bytes.hex("00")));
        }

        /** [TND 1.2 §7.7.2]: base64 on the wire is binary in the tree, unless the leaf is natively base64. */
        @Test
        void base64_is_binary_unless_the_description_says_otherwise() {
            device.addInterior("./Lamp/a");
            device.add("./Lamp/a/Icon", new Value(Format.B64, "image/png", Bytes.hex("00")));
            device.add("./Lamp/a/Native", new Value(Format.B64, "text/plain", Bytes.hex("00")));
            device.add("./free", new Value(Format.B64, "text/plain", Bytes.hex("00")));
            assertThat(device.read("./Lamp/a/Icon?prop=Format")).isEqualTo("bin");
            assertThat(device.read("./Lamp/a/Native?prop=Format")).isEqualTo("b64");
            assertThat(device.read("./free?prop=Format")).isEqualTo("bin");
        }

        @Test
        void kinds_of_allowed_values_are_told_apart() {
            AllowedValues enumeration = new AllowedValues.OneOf(Map.of("0", "off", "1", "on"));
            assertThat(enumeration.allows("1")).isTrue();
            assertThat(enumeration.allows("2")).isFalse();
            AllowedValues flags = new AllowedValues.Flags(Map.of(1L, "a", 4L, "b"));
            assertThat(flags.allows("5")).isTrue();
            assertThat(flags.allows("0")).isTrue();
            assertThat(flags.allows("2")).isFalse();
            assertThat(flags.allows("-1")).isFalse();
            AllowedValues list = new AllowedValues.ListOf(enumeration, ";");
            assertThat(list.allows("0;1;0")).isTrue();
            assertThat(list.allows("0;2")).isFalse();
        }
    }
}
