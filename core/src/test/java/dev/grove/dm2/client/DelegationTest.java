package dev.grove.dm2.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.access.Delegation.Part;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.access.Delegation;
import dev.grove.dm2.access.DelegationObject;
import dev.grove.dm2.client.Step.Wish;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may do what, and how that is handed on ([DM 2.0 §10, §12.3]). */
@Tag("DM-MEC-001-C-O")
@Tag("DM-STDOBJ-003-C-O")
class DelegationTest {

    private static final String DMS1 = "serverid:dms1";
    private static final String DMS2 = "serverid:dms2";
    private static final Part CAM = Part.root(TestDevice.DCMO, "cam");
    private static final String RULES = DelegationObject.MOID + "/" + TestDevice.DCMO + "/cam/";

    private final TestDevice device = new TestDevice();

    private int put(String to, String mediaType, String body) {
        device.session("[\"HGET\",\"https://" + device.context().server().serverId() + ".example.com/r\",\"" + to
                + "\"]");
        return TestDevice.response(device.answered(200, TestDevice.packet(mediaType, body))).statuses().getFirst()
                .code().code();
    }

    /** Wants these permissions for all of the camera. */
    private int delegate(String permissions) {
        return put(RULES + "1/Permissions", TestDevice.OBJECTS, "{\"ClientURI\":\"" + RULES
                + "1/Permissions\",\"MOData\":{\"Permissions\":" + permissions + "}}");
    }

    private static String grant(String authority, int rights) {
        return "{\"MAID\":\"" + authority + "\",\"AR\":" + rights + "}";
    }

    // ---- rules as a value

    @Test
    void the_nearest_rule_counts_alone() {
        Delegation rules = Delegation.NONE.with(CAM, DMS1, 15).with(new Part(TestDevice.DCMO, "cam", List.of("A")),
                DMS2, 3);
        assertThat(rules.rightsAt(CAM, DMS1)).isEqualTo(15);
        assertThat(rules.rightsAt(new Part(TestDevice.DCMO, "cam", List.of("A", "x")), DMS1)).isZero();
        assertThat(rules.rightsAt(new Part(TestDevice.DCMO, "cam", List.of("A", "x")), DMS2)).isEqualTo(3);
        assertThat(rules.rightsAt(new Part(TestDevice.DCMO, "cam", List.of("B")), DMS1)).isEqualTo(15);
        assertThat(rules.rightsAt(Part.root(TestDevice.DCMO, "mic"), DMS1)).isZero();
        assertThat(rules.allows(Right.READ, CAM, DMS1)).as("A is below, and not theirs").isFalse();
        assertThat(rules.allows(Right.READ, new Part(TestDevice.DCMO, "cam", List.of("B")), DMS1)).isTrue();
    }

    @Test
    void everyone_is_every_server() {
        Delegation rules = Delegation.NONE.with(CAM, Delegation.EVERYONE, 1).with(CAM, DMS1, 14);
        assertThat(rules.rightsAt(CAM, DMS1)).isEqualTo(15);
        assertThat(rules.rightsAt(CAM, DMS2)).isEqualTo(1);
    }

    @Test
    void a_path_may_mean_all_nodes_of_a_place() {
        Delegation rules = Delegation.NONE.with(CAM, DMS1, 15)
                .with(new Part(TestDevice.DCMO, "cam", List.of("*", "Key")), DMS1, 0);
        assertThat(rules.rightsAt(new Part(TestDevice.DCMO, "cam", List.of("a", "Key")), DMS1)).isZero();
        assertThat(rules.rightsAt(new Part(TestDevice.DCMO, "cam", List.of("a", "Name")), DMS1)).isEqualTo(15);
    }

    @Test
    void stands_in_the_tree_as_it_is() {
        Delegation rules = Delegation.NONE.with(CAM, DMS1, 15).with(CAM, "appid:radio", 4)
                .with(new Part(TestDevice.DCMO, "cam", List.of("A", "*")), Delegation.EVERYONE, 0);
        Tree tree = DelegationObject.into(device.tree, rules, TestDevice.NOW);
        assertThat(DelegationObject.in(tree)).isEqualTo(rules);
        assertThat(DelegationObject.into(tree, rules, TestDevice.NOW)).isSameAs(tree);
        assertThat(tree.at(NodeUri.parse("./DacMO/" + TestDevice.DCMO))).map(Node::type)
                .hasValue("urn:oma:mo:oma-dm-dacmo:1.0");
    }

    @Test
    void a_change_keeps_the_names_of_nodes() {
        Delegation rules = Delegation.NONE.with(CAM, DMS1, 15).with(CAM, DMS2, 1);
        Tree tree = DelegationObject.into(device.tree, rules, TestDevice.NOW);
        Tree less = DelegationObject.into(tree, Delegation.NONE.with(CAM, DMS2, 3), TestDevice.NOW);
        String place = "./DacMO/" + TestDevice.DCMO + "/cam/1/Permissions/";
        assertThat(tree.at(NodeUri.parse(place + "2/MAID")).orElseThrow().value().text()).isEqualTo(DMS2);
        assertThat(less.at(NodeUri.parse(place + "2/AR")).orElseThrow().value().text()).isEqualTo("3");
        assertThat(less.has(NodeUri.parse(place + "1"))).isFalse();
    }

    // ---- §12.3.1

    @Test
    void deals_out_what_nobody_has_made_as_in_the_example() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        assertThat(device.text("./DacMO/" + TestDevice.ACCOUNT + "/dms1/1/Permissions/1/MAID")).isEqualTo(DMS1);
        assertThat(device.text("./DacMO/" + TestDevice.ACCOUNT + "/dms1/1/Permissions/1/AR")).isEqualTo("15");
        assertThat(device.text("./DacMO/" + TestDevice.ACCOUNT + "/dms2/1/Permissions/1/MAID")).isEqualTo(DMS2);
        String devInfo = "./DacMO/" + TestDevice.DEV_INFO + "/DevInfo/1/Permissions/";
        assertThat(device.text(devInfo + "1/MAID")).isEqualTo("*");
        assertThat(device.text(devInfo + "1/AR")).isEqualTo("1");
        assertThat(device.text(devInfo + "2/MAID")).isEqualTo(DMS1);
        assertThat(device.text(devInfo + "2/AR")).isEqualTo("15");
    }

    @Test
    void shows_a_server_the_rules_that_concern_it() {
        device.delegating("dms2").servedBy(TestDevice.server("dms1", Set.of("*")));
        Wish wish = device.session("[\"GET\",\"" + DelegationObject.MOID + "/*/\"]");
        assertThat(TestDevice.data(wish, 0)).contains("\"DevInfo\"", "\"dms1\"").doesNotContain("\"cam\"",
                "\"dms2\":{");
    }

    @Test
    void grants_everything_without_the_mechanism() {
        device.servedBy(TestDevice.server("dms1", Set.of()));
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(200);
        assertThat(device.has("./DacMO")).isFalse();
    }

    // ---- delegating

    @Test
    void hands_rights_on() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        assertThat(delegate("{\"1\":" + grant(DMS1, 15) + ",\"2\":" + grant(DMS2, 3) + "}")).isEqualTo(200);
        assertThat(device.rules().rightsAt(CAM, DMS2)).isEqualTo(3);
        device.servedBy(TestDevice.server("dms2", Set.of("*")));
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(200);
        assertThat(device.status("[\"DELETE\",\"" + TestDevice.DCMO + "/cam/Enabled\"]")).isEqualTo(200);
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/mic/\"]")).isEqualTo(403);
    }

    @Test
    void changes_one_number() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        assertThat(put(RULES + "1/Permissions/1/AR", "text/plain", "9")).isEqualTo(200);
        assertThat(device.rules().rightsAt(CAM, DMS1)).isEqualTo(9);
        assertThat(device.status("[\"DELETE\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(403);
    }

    @Test
    void hands_on_a_part_alone() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        assertThat(put(RULES + "2", TestDevice.OBJECTS, "{\"ClientURI\":\"" + RULES + "2\",\"MOData\":{\"2\":{"
                + "\"Path\":\"/Enabled\",\"Permissions\":{\"1\":" + grant(DMS2, 3) + "}}}}")).isEqualTo(200);
        device.servedBy(TestDevice.server("dms2", Set.of("*")));
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/Enabled\"]")).isEqualTo(200);
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(403);
        device.servedBy(TestDevice.server("dms1", Set.of("*")));
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/Enabled\"]")).isEqualTo(403);
    }

    @Test
    void does_not_hand_on_without_the_right_to() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        device.servedBy(TestDevice.server("dms2", Set.of("*")));
        Tree before = device.tree;
        assertThat(delegate("{\"1\":" + grant(DMS2, 15) + "}")).isIn(403, 404);
        assertThat(device.tree).isEqualTo(before);
        device.servedBy(TestDevice.server("dms1", Set.of("*")));
        assertThat(delegate("{\"1\":" + grant(DMS1, 15) + ",\"2\":" + grant(DMS2, 7) + "}")).isEqualTo(200);
        device.servedBy(TestDevice.server("dms2", Set.of("*")));
        assertThat(delegate("{\"1\":" + grant(DMS2, 15) + "}")).as("7 is without 8").isEqualTo(403);
        assertThat(device.rules().rightsAt(CAM, DMS2)).isEqualTo(7);
    }

    @Test
    void does_not_hand_on_to_a_server_whose_bootstrap_does_not_name_the_object() {
        device.delegating("dms1").servedBy(TestDevice.server("dms2", Set.of(TestDevice.RADIO)))
                .servedBy(TestDevice.server("dms1", Set.of("*"))).begin(Dm2Trigger.CLIENT);
        assertThat(delegate("{\"1\":" + grant(DMS1, 15) + ",\"2\":" + grant(DMS2, 1) + "}")).isEqualTo(403);
        assertThat(delegate("{\"1\":" + grant(DMS1, 15) + ",\"2\":" + grant("serverid:stranger", 1) + "}"))
                .isEqualTo(403);
        assertThat(delegate("{\"1\":" + grant(DMS1, 15) + ",\"2\":" + grant("appid:camera", 1) + "}")).isEqualTo(200);
    }

    @Test
    void the_bootstrap_is_the_outer_bound_whatever_the_rules_say() {
        device.delegating("dms1").servedBy(TestDevice.server("dms1", Set.of(TestDevice.RADIO)));
        assertThat(device.status("[\"GET\",\"" + TestDevice.DCMO + "/cam/\"]")).isEqualTo(403);
        assertThat(device.status("[\"GET\",\"" + TestDevice.RADIO + "//Name\"]")).isEqualTo(200);
        assertThat(device.status("[\"GET\",\"" + TestDevice.ACCOUNT + "/dms1/ServerID\"]")).isEqualTo(200);
    }

    @Test
    void takes_no_rules_that_are_none() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        Tree before = device.tree;
        for (String permissions : List.of("{\"1\":" + grant(DMS1, 16) + "}", "{\"1\":" + grant("dms1", 1) + "}",
                "{\"1\":{\"MAID\":\"" + DMS1 + "\"}}", "{\"1\":{\"AR\":1}}", "\"x\"")) {
            assertThat(delegate(permissions)).as(permissions).isEqualTo(415);
        }
        assertThat(put(DelegationObject.MOID + "/" + TestDevice.DCMO + "/tv/1/Permissions/1", TestDevice.OBJECTS,
                "{\"ClientURI\":\"x/y/\",\"MOData\":{\"1\":" + grant(DMS1, 1) + "}}")).isEqualTo(404);
        assertThat(device.tree).isEqualTo(before);
    }

    @Test
    void rules_are_not_deleted() {
        device.delegating("dms1").begin(Dm2Trigger.CLIENT);
        assertThat(device.status("[\"DELETE\",\"" + RULES + "1\"]")).isEqualTo(405);
        assertThat(device.rules().rightsAt(CAM, DMS1)).isEqualTo(15);
    }
}
