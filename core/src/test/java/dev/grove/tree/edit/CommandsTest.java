package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Address;
import dev.grove.tree.Format;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The commands on a tree without descriptions, row by row ([REPPRO 1.2 §6.6]). */
class CommandsTest {

    @Nested
    class Get {
        private final Device device = Device.open().interior("./A").leaf("./A/One", "1").leaf("./A/Two", "2")
                .interior("./Empty");

        @Test
        void reads_a_leaf_with_its_format_and_type() {
            device.put("./A/N", new Value(Format.INT, "text/plain", Bytes.utf8("42")));

            Outcome outcome = device.outcome(new Operation.Get(Address.parse("A/N")));

            assertThat(outcome).isEqualTo(Outcome.ok("./A/N", Value.of(Format.INT, "42")));
        }

        @Test
        void reads_the_names_of_children_joined_by_slashes() {
            Outcome outcome = device.outcome(new Operation.Get(Address.parse("./A")));

            assertThat(outcome.results()).containsExactly(
                    new Outcome.Result("./A", new Value(Format.NODE, "text/plain", Bytes.utf8("One/Two"))));
        }

        @Test
        void reads_an_empty_interior_node_as_empty_data() {
            assertThat(device.read("./Empty")).isEmpty();
            assertThat(device.get("./Empty")).isEqualTo(200);
        }

        @Test
        void reads_the_root() {
            assertThat(device.read(".")).isEqualTo("A/Empty");
        }

        @Test
        void answers_404_for_a_missing_node() {
            assertThat(device.get("./A/Three")).isEqualTo(404);
            assertThat(device.get("./A/One/x")).isEqualTo(404);
        }

        @Test
        void leaves_the_tree_as_it_is() {
            var before = device.tree;
            device.get("./A?list=StructData");
            assertThat(device.tree).isSameAs(before);
        }
    }

    @Nested
    class Add {
        private final Device device = Device.open().interior("./A").leaf("./A/Leaf", "x");

        @Test
        void makes_a_leaf_and_an_interior_node() {
            assertThat(device.add("./A/New", "text")).isEqualTo(200);
            assertThat(device.addInterior("./A/In")).isEqualTo(200);

            assertThat(device.read("./A/New")).isEqualTo("text");
            assertThat(device.read("./A")).isEqualTo("Leaf/New/In");
            assertThat(device.node("./A/New").permanent()).isFalse();
        }

        @Test
        void keeps_the_object_identifier_of_an_interior_node() {
            device.add("./A/Obj", Value.interior("urn:oma:mo:oma-fumo:1.0"));
            assertThat(device.read("./A/Obj?prop=Type")).isEqualTo("urn:oma:mo:oma-fumo:1.0");
        }

        @Test
        void takes_the_default_media_type_of_an_interior_node_for_no_identifier() {
            device.add("./A/Obj", new Value(Format.NODE, "text/plain", Bytes.EMPTY));
            assertThat(device.read("./A/Obj?prop=Type")).isEmpty();
        }

        @Test
        void answers_418_for_a_node_that_is_there() {
            assertThat(device.add("./A/Leaf", "y")).isEqualTo(418);
            assertThat(device.read("./A/Leaf")).isEqualTo("x");
            assertThat(device.addInterior(".")).isEqualTo(418);
        }

        @Test
        void answers_405_below_a_leaf() {
            assertThat(device.add("./A/Leaf/Child", "y")).isEqualTo(405);
        }

        @Test
        void makes_missing_interior_nodes_on_the_way() {
            assertThat(device.add("./A/x/y/z", "deep")).isEqualTo(200);
            assertThat(device.read("./A/x/y/z")).isEqualTo("deep");
            assertThat(device.node("./A/x").isInterior()).isTrue();
        }

        @Test
        void answers_404_for_a_missing_parent_where_the_device_makes_none() {
            Device strict = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.IMPLICIT_PARENTS))).interior("./A");
            assertThat(strict.add("./A/x/y", "deep")).isEqualTo(404);
            assertThat(strict.has("./A/x")).isFalse();
            assertThat(strict.add("./A/x", "near")).isEqualTo(200);
        }

        @Test
        void names_the_interior_node_that_could_not_be_made() {
            Outcome outcome = device.outcome(
                    new Operation.Add(Address.parse("./A/Leaf/x/y"), Value.text("")));
            assertThat(outcome).isEqualTo(Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "./A/Leaf/x"));
        }

        @Test
        void answers_415_for_data_that_is_not_of_its_format() {
            assertThat(device.add("./A/i", Value.of(Format.INT, "many"))).isEqualTo(415);
            assertThat(device.add("./A/b", Value.of(Format.BOOL, "1"))).isEqualTo(415);
            assertThat(device.add("./A/n", Value.of(Format.NODE, "child"))).isEqualTo(415);
            assertThat(device.read("./A")).isEqualTo("Leaf");
        }

        @Test
        void answers_420_when_the_tree_is_full() {
            Device small = Device.open(TreeSetup.of(TreeRules.OMA).with(new TreeLimits(0, 0, 0, 3))).interior("./A");
            assertThat(small.add("./A/1", "")).isEqualTo(200);
            assertThat(small.add("./A/2", "")).isEqualTo(420);
            assertThat(small.delete("./A/1")).isEqualTo(200);
            assertThat(small.add("./A/2", "")).isEqualTo(200);
        }

        @Test
        void leaves_no_implicit_node_behind_when_the_last_one_fails() {
            assertThat(device.add("./A/x/y", Value.of(Format.INT, "no"))).isEqualTo(415);
            assertThat(device.has("./A/x")).isFalse();
        }
    }

    @Nested
    class Replace {
        private final Device device = Device.open().interior("./A").leaf("./A/Leaf", "x").leaf("./A/Int", Format.INT,
                "1");

        @Test
        void changes_the_value() {
            assertThat(device.replace("./A/Leaf", "y")).isEqualTo(200);
            assertThat(device.read("./A/Leaf")).isEqualTo("y");
        }

        @Test
        void empties_a_value() {
            assertThat(device.replace("./A/Int", new Value(Format.CHR, "", Bytes.EMPTY))).isEqualTo(200);
            assertThat(device.read("./A/Int")).isEmpty();
            assertThat(device.read("./A/Int?prop=Format")).isEqualTo("int");
        }

        @Test
        void answers_404_for_a_missing_node_and_makes_none() {
            assertThat(device.replace("./A/New", "y")).isEqualTo(404);
            assertThat(device.has("./A/New")).isFalse();
        }

        @Test
        void adds_a_missing_node_under_the_rules_of_Windows() {
            Device windows = Device.open(TreeSetup.of(TreeRules.WINDOWS));
            assertThat(windows.replace("./Device/Vendor/MSFT/x", "y")).isEqualTo(200);
            assertThat(windows.read("./Device/Vendor/MSFT/x")).isEqualTo("y");
        }

        @Test
        void finds_a_name_in_another_percent_encoding_under_the_rules_of_Windows() {
            Device windows = Device.open(TreeSetup.of(TreeRules.WINDOWS)).interior("./MS DM Server");
            assertThat(windows.replace("./MS%20DM%20Server/x", "y")).isEqualTo(200);
            assertThat(windows.read(".")).isEqualTo("MS DM Server");
            assertThat(device.leaf("./a b", "1").get("./a%20b")).isEqualTo(404);
        }

        @Test
        void answers_405_for_an_interior_node() {
            assertThat(device.replace("./A", "y")).isEqualTo(405);
            assertThat(device.replace(".", "y")).isEqualTo(405);
        }

        @Test
        void keeps_format_and_type_if_none_is_given() {
            device.put("./A/v", new Value(Format.INT, "application/x-count", Bytes.utf8("1")));
            assertThat(device.replace("./A/v", new Value(Format.CHR, "", Bytes.utf8("2")))).isEqualTo(200);
            assertThat(device.node("./A/v").value())
                    .isEqualTo(new Value(Format.INT, "application/x-count", Bytes.utf8("2")));
        }

        @Test
        void changes_format_and_type_of_a_dynamic_leaf() {
            Value bool = new Value(Format.BOOL, "text/x-flag", Bytes.utf8("true"));
            assertThat(device.replace("./A/Int", bool)).isEqualTo(200);
            assertThat(device.node("./A/Int").value()).isEqualTo(bool);
        }

        @Test
        void answers_405_for_another_format_or_type_of_a_permanent_leaf() {
            device.permanent("./A/Int");
            assertThat(device.replace("./A/Int", Value.of(Format.BOOL, "true"))).isEqualTo(405);
            assertThat(device.replace("./A/Int", new Value(Format.INT, "text/xml", Bytes.utf8("2")))).isEqualTo(405);
            assertThat(device.replace("./A/Int", Value.of(Format.INT, "2"))).isEqualTo(200);
        }

        @Test
        void answers_415_for_another_format_of_a_permanent_leaf_on_Windows() {
            Device windows = Device.open(TreeSetup.of(TreeRules.WINDOWS)).leaf("./x", Format.INT, "1")
                    .permanent("./x");
            assertThat(windows.replace("./x", Value.of(Format.BOOL, "true"))).isEqualTo(415);
        }

        @Test
        void takes_base64_and_binary_for_each_other_and_stores_what_the_leaf_is() {
            Value raw = Value.binary(Bytes.hex("00FF"));
            device.put("./A/bin", raw);
            assertThat(device.replace("./A/bin", new Value(Format.B64, "application/octet-stream", Bytes.hex("01"))))
                    .isEqualTo(200);
            assertThat(device.node("./A/bin").value()).isEqualTo(Value.binary(Bytes.hex("01")));
        }

        @Test
        void answers_415_for_data_that_is_not_of_the_format() {
            assertThat(device.replace("./A/Int", Value.of(Format.INT, "x"))).isEqualTo(415);
            assertThat(device.replace("./A/Int", Value.of(Format.INT, "2147483648"))).isEqualTo(415);
            assertThat(device.read("./A/Int")).isEqualTo("1");
        }

        @Test
        void without_a_format_what_is_no_value_of_the_leaf_is_text_unless_the_leaf_is_permanent() {
            Value plain = new Value(Format.CHR, "", Bytes.utf8("x"));
            assertThat(device.replace("./A/Int", plain)).isEqualTo(200);
            assertThat(device.node("./A/Int").value()).isEqualTo(Value.text("x"));
            device.leaf("./A/Int", Format.INT, "1").permanent("./A/Int");
            assertThat(device.replace("./A/Int", plain)).isEqualTo(415);
        }
    }

    @Nested
    class Delete {
        private final Device device = Device.open().interior("./A").leaf("./A/Leaf", "x").interior("./A/B")
                .leaf("./A/B/C", "y");

        @Test
        void takes_a_node_with_all_below() {
            assertThat(device.delete("./A/B")).isEqualTo(200);
            assertThat(device.read("./A")).isEqualTo("Leaf");
        }

        @Test
        void answers_404_for_a_missing_node() {
            assertThat(device.delete("./A/X")).isEqualTo(404);
        }

        @Test
        void answers_405_for_the_root_whatever_the_ACL_says() {
            assertThat(device.delete(".")).isEqualTo(405);
            assertThat(Device.oma().delete(".")).isEqualTo(405);
        }

        @Test
        void answers_405_for_a_permanent_node() {
            device.permanent("./A/Leaf");
            assertThat(device.delete("./A/Leaf")).isEqualTo(405);
        }

        @Test
        void answers_405_for_an_ancestor_of_a_permanent_node_and_changes_nothing() {
            device.permanent("./A/B/C");
            var before = device.tree;
            assertThat(device.delete("./A")).isEqualTo(405);
            assertThat(device.tree).isEqualTo(before);
        }
    }

    @Nested
    class Copy {
        private final Device device = Device.open().interior("./A").leaf("./A/From", "x").leaf("./A/To", "y")
                .leaf("./A/Int", Format.INT, "3");

        @Test
        void overwrites_the_target_and_leaves_the_source_independent() {
            assertThat(device.copy("./A/From", "./A/To")).isEqualTo(200);
            device.replace("./A/From", "later");
            assertThat(device.read("./A/To")).isEqualTo("x");
        }

        @Test
        void makes_a_missing_target() {
            assertThat(device.copy("./A/Int", "./A/New")).isEqualTo(200);
            assertThat(device.node("./A/New").value()).isEqualTo(Value.of(Format.INT, "3"));
        }

        @Test
        void answers_404_for_a_missing_source() {
            assertThat(device.copy("./A/X", "./A/To")).isEqualTo(404);
        }

        @Test
        void answers_403_for_anything_but_leaves() {
            device.interior("./A/In");
            assertThat(device.copy("./A/In", "./A/To")).isEqualTo(403);
            assertThat(device.copy("./A/From", "./A/In")).isEqualTo(403);
        }

        @Test
        void answers_403_where_it_would_have_to_convert() {
            assertThat(device.copy("./A/From", "./A/Int")).isEqualTo(403);
        }

        @Test
        void answers_406_where_there_is_no_Copy() {
            Device without = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.COPY))).leaf("./a", "1");
            assertThat(without.copy("./a", "./b")).isEqualTo(406);
        }
    }

    @Nested
    class Others {
        private final Device device = Device.open().leaf("./a", "1");

        @Test
        void Exec_of_a_plain_node_answers_405_and_of_a_missing_one_404() {
            assertThat(device.exec("./a")).isEqualTo(405);
            assertThat(device.exec("./b")).isEqualTo(404);
        }

        @Test
        void Exec_answers_406_where_there_is_none() {
            Device without = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.EXEC))).leaf("./a", "1");
            assertThat(without.exec("./a")).isEqualTo(406);
        }

        @Test
        void user_interactions_are_not_for_the_tree() {
            assertThat(device.status(new Operation.Display("hello", Operation.UiOptions.NONE))).isEqualTo(406);
        }

        @Test
        void a_Sequence_goes_on_after_a_failure_and_answers_for_each() {
            Applied applied = device.apply(new Operation.Sequence(List.of(
                    new Operation.Replace(Address.parse("./nothing"), Value.text("x")),
                    new Operation.Add(Address.parse("./b"), Value.text("2")),
                    new Operation.Get(Address.parse("./b")))));

            assertThat(applied.outcome().status()).isEqualTo(StatusCode.OK);
            assertThat(applied.parts()).extracting(part -> part.outcome().status().code())
                    .containsExactly(404, 200, 200);
            assertThat(applied.parts().get(2).outcome().results().getFirst().value()).isEqualTo(Value.text("2"));
        }
    }

    @Nested
    class Limits {
        private final Device device = Device
                .open(TreeSetup.of(TreeRules.OMA).with(new TreeLimits(3, 12, 5, 0)));

        @Test
        void a_URI_may_reach_each_limit() {
            assertThat(device.add("./a/b/c", "")).isEqualTo(200);
            assertThat(device.add("./abcde/abcdef".substring(0, 7), "")).isEqualTo(200);
            assertThat(device.add("./12345/12345", "")).isEqualTo(200);
        }

        @Test
        void too_deep_too_long_and_too_long_a_segment_are_414() {
            assertThat(device.add("./a/b/c/d", "")).isEqualTo(414);
            assertThat(device.add("./12345/12345/1", "")).isEqualTo(414);
            assertThat(device.add("./123456", "")).isEqualTo(414);
            assertThat(device.get("./a/b/c/d")).isEqualTo(414);
            assertThat(device.delete("./123456")).isEqualTo(414);
            assertThat(device.copy("./123456", "./a")).isEqualTo(414);
            assertThat(device.exec("./123456")).isEqualTo(414);
            assertThat(device.replace("./123456", "")).isEqualTo(414);
        }

        @Test
        void characters_are_counted_not_bytes() {
            assertThat(device.add("./äöüßé", "")).isEqualTo(200);
            assertThat(device.add("./😀😀😀😀😀", "")).isEqualTo(200);
        }

        @Test
        void the_query_part_counts_in_the_whole() {
            device.add("./12345", "");
            assertThat(device.get("./12345?prop=ACL")).isEqualTo(414);
        }

        @Test
        void without_limits_a_URI_still_has_an_end() {
            assertThat(Device.open().get("./" + "a/".repeat(5000) + "a")).isEqualTo(414);
        }
    }
}
