package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who may do what: [TND 1.2 §7.7.1]. */
class AccessControlTest {

    /** The example of [TND 1.2 §7.7.1], in our own layout. */
    @Nested
    class TestTree {
        private final Device device = Device.oma().interior("./NodeA").acl("./NodeA", "Get=C&Replace=C")
                .leaf("./NodeA/Node1", "one").acl("./NodeA/Node1", "Get=*").interior("./NodeB")
                .acl("./NodeB", "Get=A&Replace=A").leaf("./NodeB/Node2", "two").interior("./NodeB/Node3")
                .acl("./NodeB/Node3", "Get=B&Replace=B&Delete=B").leaf("./NodeB/Node3/Node4", "four")
                .leaf("./NodeB/Node3/Node5", "five").acl("./NodeB/Node3/Node5", "Get=A&Replace=A&Get=B");

        @Test
        void any_server_can_get_Node1() {
            for (String server : new String[] {"A", "B", "C", "D"}) {
                assertThat(device.as(server).read("./NodeA/Node1")).isEqualTo("one");
            }
        }

        @Test
        void only_C_can_change_the_list_of_Node1_in_one_step() {
            for (String server : new String[] {"A", "B", "D"}) {
                assertThat(device.as(server).replace("./NodeA/Node1?prop=ACL", "Get=A")).isEqualTo(425);
            }
            assertThat(device.as("C").replace("./NodeA/Node1?prop=ACL", "Get=C")).isEqualTo(200);
        }

        @Test
        void nobody_can_delete_Node1_or_replace_its_value_directly() {
            for (String server : new String[] {"A", "B", "C", "D"}) {
                assertThat(device.as(server).delete("./NodeA/Node1")).isEqualTo(425);
                assertThat(device.as(server).replace("./NodeA/Node1", "x")).isEqualTo(425);
            }
        }

        @Test
        void C_needs_two_steps_to_change_the_value_of_Node1() {
            device.as("C");
            assertThat(device.replace("./NodeA/Node1?prop=ACL", "Get=C&Replace=C")).isEqualTo(200);
            assertThat(device.replace("./NodeA/Node1", "changed")).isEqualTo(200);
        }

        @Test
        void the_list_itself_is_not_inherited() {
            assertThat(device.as("C").read("./NodeA/Node1?prop=ACL")).isEqualTo("Get=*");
            assertThat(device.as("B").read("./NodeB/Node3/Node4?prop=ACL")).isEmpty();
        }

        @Test
        void a_list_is_not_merged_with_those_above() {
            assertThat(device.as("A").get("./NodeB/Node3")).isEqualTo(425);
            assertThat(device.as("A").get("./NodeB/Node2")).isEqualTo(200);
            assertThat(device.as("B").get("./NodeB/Node3/Node4")).isEqualTo(200);
            assertThat(device.as("A").replace("./NodeB/Node3/Node5", "x")).isEqualTo(200);
        }
    }

    @Nested
    class Rights {
        private final Device device = Device.oma().interior("./N").leaf("./N/leaf", "x").interior("./N/in");

        private Device with(String acl) {
            return device.acl("./N", acl);
        }

        @Test
        void Get_of_value_children_and_properties_needs_Get() {
            with("Replace=A");
            for (String uri : new String[] {"./N", "./N/leaf", "./N/leaf?prop=Format", "./N?prop=ACL",
                    "./N?list=Struct"}) {
                assertThat(device.get(uri)).as(uri).isEqualTo(425);
            }
            with("Get=A");
            assertThat(device.get("./N/leaf?prop=Format")).isEqualTo(200);
        }

        @Test
        void Replace_of_value_title_and_name_needs_Replace() {
            with("Get=A&Add=A&Delete=A");
            assertThat(device.replace("./N/leaf", "y")).isEqualTo(425);
            assertThat(device.replace("./N/leaf?prop=Title", "y")).isEqualTo(425);
            assertThat(device.replace("./N/leaf?prop=Name", "y")).isEqualTo(425);
            with("Replace=A");
            assertThat(device.replace("./N/leaf", "y")).isEqualTo(200);
            assertThat(device.replace("./N/leaf?prop=Title", "y")).isEqualTo(200);
            assertThat(device.replace("./N/leaf?prop=Name", "y")).isEqualTo(200);
        }

        @Test
        void Add_needs_Add_on_the_parent() {
            with("Get=A&Replace=A");
            assertThat(device.add("./N/new", "y")).isEqualTo(425);
            with("Add=A");
            assertThat(device.add("./N/new", "y")).isEqualTo(200);
        }

        @Test
        void Add_with_missing_parents_needs_Add_on_the_nearest_node_above() {
            with("Get=A");
            assertThat(device.add("./N/x/y", "y")).isEqualTo(425);
            assertThat(device.has("./N/x")).isFalse();
            with("Add=A");
            assertThat(device.add("./N/x/y", "y")).isEqualTo(200);
        }

        @Test
        void Delete_needs_Delete_on_the_node_not_on_what_is_below() {
            device.acl("./N/in", "Get=B").leaf("./N/in/below", "z").acl("./N/in/below", "Get=B");
            with("Get=A");
            assertThat(device.delete("./N/leaf")).isEqualTo(425);
            with("Delete=A");
            assertThat(device.delete("./N/in")).isEqualTo(425);
            assertThat(device.delete("./N")).isEqualTo(200);
        }

        @Test
        void Exec_needs_Exec() {
            with("Get=A");
            assertThat(device.exec("./N/leaf")).isEqualTo(425);
        }

        @Test
        void Copy_needs_Get_on_the_source_and_Replace_on_the_target_or_Add_on_its_parent() {
            device.leaf("./N/in/other", "o");
            with("Replace=A&Add=A");
            assertThat(device.copy("./N/leaf", "./N/in/other")).isEqualTo(425);
            with("Get=A");
            assertThat(device.copy("./N/leaf", "./N/in/other")).isEqualTo(425);
            assertThat(device.copy("./N/leaf", "./N/in/new")).isEqualTo(425);
            with("Get=A&Replace=A");
            assertThat(device.copy("./N/leaf", "./N/in/other")).isEqualTo(200);
            with("Get=A&Add=A");
            assertThat(device.copy("./N/leaf", "./N/in/new")).isEqualTo(200);
        }

        @Test
        void the_list_of_an_interior_node_is_changed_with_Replace_on_it_or_on_its_parent() {
            assertThat(device.replace("./N/in?prop=ACL", "Get=A")).isEqualTo(425);
            device.acl("./N/in", "Replace=A");
            assertThat(device.replace("./N/in?prop=ACL", "Get=B")).isEqualTo(200);
            with("Replace=A");
            assertThat(device.replace("./N/in?prop=ACL", "Get=A")).isEqualTo(200);
        }

        @Test
        void the_list_of_a_leaf_is_changed_with_Replace_on_its_parent_only() {
            device.acl("./N/leaf", "Get=A&Replace=A");
            assertThat(device.replace("./N/leaf?prop=ACL", "Get=*")).isEqualTo(425);
            with("Replace=A");
            assertThat(device.replace("./N/leaf?prop=ACL", "Get=*")).isEqualTo(200);
        }

        @Test
        void the_list_of_the_root_is_changed_with_Replace_on_the_root_and_never_emptied() {
            assertThat(device.replace(".?prop=ACL", "Get=*")).isEqualTo(425);
            device.acl(".", "Add=*&Get=*&Replace=A");
            assertThat(device.replace(".?prop=ACL", "")).isEqualTo(405);
            assertThat(device.replace(".?prop=ACL", "Get=A")).isEqualTo(200);
            assertThat(device.read(".?prop=ACL")).isEqualTo("Get=A");
        }

        @Test
        void a_malformed_list_is_refused_and_the_old_one_stays() {
            with("Replace=A&Get=A");
            for (String malformed : new String[] {"Get=", "Frob=A", "Get"}) {
                assertThat(device.replace("./N?prop=ACL", malformed)).isEqualTo(400);
            }
            assertThat(device.read("./N?prop=ACL")).isEqualTo("Get=A&Replace=A");
        }

        @Test
        void an_emptied_list_inherits_again() {
            with("Get=B&Replace=A");
            assertThat(device.replace("./N?prop=ACL", "")).isEqualTo(200);
            assertThat(device.get("./N")).isEqualTo(200);
            assertThat(device.read("./N?prop=ACL")).isEmpty();
        }

        @Test
        void the_device_itself_needs_no_right() {
            with("Get=B").asDevice();
            assertThat(device.replace("./N/leaf", "y")).isEqualTo(200);
            assertThat(device.delete("./N/leaf")).isEqualTo(200);
        }

        @Test
        void without_access_control_every_server_may_do_everything() {
            Device windows = new Device(TreeSetup.of(TreeRules.WINDOWS)).leaf("./x", "1");
            assertThat(windows.replace("./x", "2")).isEqualTo(200);
            assertThat(windows.delete("./x")).isEqualTo(200);
        }
    }

    /** [TND 1.2 §7.7.1.3], [REPPRO 1.2 §6.6]. */
    @Nested
    class NewNodes {
        private final Device device = Device.oma().interior("./N");

        @Test
        void inherit_where_the_creator_can_replace_the_parent() {
            device.acl("./N", "Add=A&Replace=A&Get=*");
            device.addInterior("./N/in");
            device.add("./N/leaf", "x");
            assertThat(device.node("./N/in").acl().isEmpty()).isTrue();
            assertThat(device.node("./N/leaf").acl().isEmpty()).isTrue();
        }

        @Test
        void give_an_interior_node_to_a_creator_who_cannot_replace_the_parent() {
            device.acl("./N", "Add=A&Get=*");
            device.addInterior("./N/in");
            assertThat(device.node("./N/in").acl()).hasToString("Add=A&Delete=A&Replace=A");
            assertThat(device.get("./N/in")).as("the text gives no Get").isEqualTo(425);
            assertThat(device.delete("./N/in")).isEqualTo(200);
        }

        @Test
        void leave_a_leaf_without_a_list_even_then() {
            device.acl("./N", "Add=A&Get=*");
            device.add("./N/leaf", "x");
            assertThat(device.node("./N/leaf").acl().isEmpty()).isTrue();
        }

        @Test
        void made_implicitly_follow_the_same_rule() {
            device.acl("./N", "Add=A&Get=*");
            assertThat(device.add("./N/a/b/leaf", "x")).isEqualTo(200);
            assertThat(device.node("./N/a").acl()).hasToString("Add=A&Delete=A&Replace=A");
            assertThat(device.node("./N/a/b").acl().isEmpty()).isTrue();
        }

        @Test
        void let_everybody_get_where_the_device_adds_that() {
            Device kind = new Device(TreeSetup.of(TreeRules.OMA.with(Feature.CREATOR_LISTS_ALLOW_GET)));
            kind.addInterior("./in");
            assertThat(kind.node("./in").acl()).hasToString("Add=A&Delete=A&Get=*&Replace=A");
        }

        @Test
        void of_a_creator_that_cannot_stand_in_a_list_just_inherit() {
            device.acl("./N", "Add=*&Get=*").as("has blank");
            assertThat(device.add("./N/in", Value.interior(""))).isEqualTo(200);
            assertThat(device.node("./N/in").acl().isEmpty()).isTrue();
        }
    }
}
