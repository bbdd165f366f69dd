package dev.grove.dm2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm2.ClientUris.Found;
import dev.grove.mo.NodeBuilder;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes ClientURIs mean: every example of [DM 2.0 §6.1.3], and the rules of §6.1.2. */
class ClientUrisGoldenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final String MOID = "urn:oma:mo:moid:1.0";

    /** Figure 5: the instances "left" and "right" of one object. */
    private static final Tree TREE = Tree.empty(NOW).with(NodeUri.parse("./left"), instance("GPS", "0xA1", "12.1",
            "12.2")).with(NodeUri.parse("./Vendor"), Node.interior("", NOW))
            .with(NodeUri.parse("./Vendor/right"), instance("Temperature", "0xB2", "12.1", "12.3"));

    private static Node instance(String id, String setting, String first, String second) {
        return NodeBuilder.dynamic(MOID, NOW).leaf("ID", id).leaf("Setting", setting)
                .interior("Data", data -> data.interior("1", one -> one.leaf("Date", first).leaf("Value", "a"))
                        .interior("2", two -> two.leaf("Date", second).leaf("Value", "b")))
                .build();
    }

    private static ClientUris in(Tree tree, Predicate<NodeUri> readable) {
        return new ClientUris(ObjectIndex.of(tree), tree, readable);
    }

    private static Found find(String uri) {
        return in(TREE, leaf -> true).find(ClientUri.parse(uri));
    }

    private static List<String> uris(Found found) {
        return found instanceof Found.Nodes(var hits) ? hits.stream().map(hit -> hit.uri().toString()).toList()
                : List.of();
    }

    private static int status(Found found) {
        return found instanceof Found.Nothing(var outcome) ? outcome.status().code() : 200;
    }

    @ParameterizedTest
    @Tag("DM-OBJ-001-C-M")
    @Tag("DM-OBJ-002-C-O")
    @CsvSource(delimiter = '|', value = {"urn:oma:mo:moid:1.0/left/ | ./left",
            "urn:oma:mo:moid:1.0/(x)/Data/1/Value?nv=(x)/ID:GPS | ./left/Data/1/Value",
            "urn:oma:mo:moid:1.0/right/Data/(x)/Value?nv=(x)/Date:12.1 | ./Vendor/right/Data/1/Value",
            "urn:oma:mo:moid:1.0/(x)/Data/(y)/Value?nv=(x)/ID:GPS&nv=(y)/Date:12.2 | ./left/Data/2/Value",
            "urn:oma:mo:moid:1.0/*/Setting | ./left/Setting, ./Vendor/right/Setting",
            "urn:oma:mo:moid:1.0/(x)/Data/*/Value?nv=(x)/ID:GPS | ./left/Data/1/Value, ./left/Data/2/Value",
            "urn:oma:mo:moid:1.0/*/Data/*/Value | ./left/Data/1/Value, ./left/Data/2/Value,"
                    + " ./Vendor/right/Data/1/Value, ./Vendor/right/Data/2/Value"})
    void resolves_the_examples(String uri, String nodes) {
        assertThat(uris(find(uri))).containsExactly(nodes.split(", "));
    }

    /** The text says that this one identifies the ID node; by the rules of §6.1.2 it is the root of the instance. */
    @Test
    void resolves_the_example_with_a_slip_by_the_rules() {
        assertThat(uris(find("urn:oma:mo:moid:1.0/(x)/?nv=(x)/ID:Temperature"))).containsExactly("./Vendor/right");
        assertThat(uris(find("urn:oma:mo:moid:1.0/(x)/ID?nv=(x)/ID:Temperature")))
                .containsExactly("./Vendor/right/ID");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"urn:oma:mo:moid:1.0// | 400",
            "urn:oma:mo:moid:1.0/(x)/Data/*/Value?nv=(x)/ID:GPS&nv=(x)/Setting:0xB2 | 404",
            "urn:oma:mo:moid:1.0/middle/ | 404", "urn:oma:mo:moid:2.0/*/ | 404", "urn:oma:mo:moid:2.0// | 404",
            "urn:oma:mo:moid:1.0/*/None | 404", "urn:oma:mo:moid:1.0/left/Data/3 | 404",
            "urn:oma:mo:moid:1.0/left/ID/x | 404", "urn:oma:mo:moid:1.0/left/ID/* | 404",
            "urn:oma:mo:moid:1.0/(x)/ID?nv=(x)/Data/1/Date:12.1 | 400",
            "urn:oma:mo:moid:1.0/(x)/ID?nv=(x)/Data:12.1 | 404",
            "urn:oma:mo:moid:1.0/left/Data/(x)?nv=(x)/Date:13 | 404", "urn:oma:mo:moid:1.0/left/(x)?nv=(x):0 | 404"})
    void what_is_not_there_is_404_and_what_is_ambiguous_400(String uri, int status) {
        assertThat(status(find(uri))).isEqualTo(status);
    }

    @Test
    void a_variable_may_stand_for_several_nodes_of_one_instance_no_more_than_for_several_instances() {
        Tree twice = TREE.with(NodeUri.parse("./left/Data/2/Date"),
                TREE.at(NodeUri.parse("./left/Data/1/Date")).orElseThrow());
        ClientUri uri = ClientUri.parse(MOID + "/left/Data/(x)/Value?nv=(x)/Date:12.1");
        assertThat(status(in(twice, leaf -> true).find(uri))).isEqualTo(400);
        // With a wildcard before it, a variable stands for one node in each instance.
        assertThat(uris(find(MOID + "/*/Data/(x)/Value?nv=(x)/Date:12.1")))
                .containsExactly("./left/Data/1/Value", "./Vendor/right/Data/1/Value");
    }

    @Test
    void a_variable_may_stand_for_the_leaf_itself() {
        assertThat(uris(find(MOID + "/left/(x)?nv=(x):GPS"))).containsExactly("./left/ID");
    }

    @Test
    void what_the_requester_may_not_read_fulfils_no_condition() {
        ClientUri uri = ClientUri.parse(MOID + "/(x)/Setting?nv=(x)/ID:GPS");
        assertThat(status(in(TREE, leaf -> !leaf.name().equals("ID")).find(uri))).isEqualTo(404);
        assertThat(uris(in(TREE, leaf -> leaf.name().equals("ID")).find(uri))).containsExactly("./left/Setting");
    }

    // ---- nodes that are not there yet

    private static List<String> orNew(String uri) {
        return uris(in(TREE, leaf -> true).findOrNew(ClientUri.parse(uri)));
    }

    @Test
    void names_at_the_end_may_be_new() {
        assertThat(orNew(MOID + "/left/Data/3")).containsExactly("./left/Data/3");
        assertThat(orNew(MOID + "/left/Data/3/Value")).containsExactly("./left/Data/3/Value");
        assertThat(orNew(MOID + "/left/New/a/b")).containsExactly("./left/New/a/b");
        assertThat(orNew(MOID + "/left/ID")).containsExactly("./left/ID");
        assertThat(orNew(MOID + "/*/Data/3")).containsExactly("./left/Data/3", "./Vendor/right/Data/3");
    }

    @Test
    void instances_variables_wildcards_and_what_stands_below_leaves_are_never_new() {
        assertThat(orNew(MOID + "/middle/a")).isEmpty();
        assertThat(orNew(MOID + "/left/Data/(x)/Value?nv=(x)/Date:13")).isEmpty();
        assertThat(orNew(MOID + "/left/None/*")).isEmpty();
        assertThat(status(in(TREE, leaf -> true).findOrNew(ClientUri.parse(MOID + "//a")))).isEqualTo(400);
    }

    // ---- names of instances

    @Test
    void instances_of_one_name_are_told_apart_by_the_names_above() {
        Node object = Node.interior(MOID, NOW);
        Tree tree = Tree.empty(NOW).with(NodeUri.parse("./b"), Node.interior("", NOW))
                .with(NodeUri.parse("./b/x"), object).with(NodeUri.parse("./a"), Node.interior("", NOW))
                .with(NodeUri.parse("./a/x"), object).with(NodeUri.parse("./*"), object)
                .with(NodeUri.parse("./b/y"), Node.interior("urn:other", NOW));

        ObjectIndex index = ObjectIndex.of(tree);

        assertThat(index.of(MOID).stream().map(one -> one.miid() + " " + one.root()))
                .containsExactly("~* ./*", "x ./a/x", "b~x ./b/x");
        assertThat(uris(in(tree, leaf -> true).find(ClientUri.parse(MOID + "/b~x/")))).containsExactly("./b/x");
        assertThat(index.addressOf(NodeUri.parse("./b/x"))).contains(ClientUri.parse(MOID + "/b~x/"));
        assertThat(index.addressOf(NodeUri.parse("./a"))).isEmpty();
    }

    @Test
    void a_node_belongs_to_the_innermost_object_around_it() {
        Tree tree = TREE.with(NodeUri.parse("./left/Data"), Node.interior("urn:inner", NOW));

        assertThat(ObjectIndex.of(tree).addressOf(NodeUri.parse("./left/Data/1")))
                .contains(ClientUri.parse("urn:inner/Data/1"));
        assertThat(ObjectIndex.of(tree).addressOf(NodeUri.parse("./left/ID")))
                .contains(ClientUri.parse(MOID + "/left/ID"));
    }

    // ---- other names for the same

    private static final Tree STANDARD = Tree.empty(NOW)
            .with(NodeUri.parse("./DevInfo"), NodeBuilder.permanent("urn:oma:mo:oma-dm-devinfo:1.2", NOW)
                    .leaf("DevID", "IMEI:1").build())
            .with(NodeUri.parse("./dms1"), NodeBuilder.dynamic("urn:oma:mo:oma-dm-dmacc:2.0", NOW)
                    .leaf("SrvID", "DMS_ID1")
                    .interior("Auth", auth -> auth.interior("Noti", noti -> noti.leaf("Secret", "s"))).build());

    @ParameterizedTest
    @CsvSource({"oma:mo:oma-dm-devinfo:1.0//, ./DevInfo", "urn:oma:mo:oma-dm-devinfo:1.1//DevId, ./DevInfo/DevID",
            "urn:oma:mo:oma-dm-devinfo:1.2/DevInfo/DevID, ./DevInfo/DevID",
            "urn:oma:mo:oma-dm-dmacc:1.2/dms1/Auth/Noti/Secret, ./dms1/Auth/Noti/Secret",
            "urn:oma:mo:oma-dm-dmacc:2.0/dms1/AuthNoti/AuthSecret, ./dms1/Auth/Noti/Secret",
            "urn:oma:mo:oma-dm-dmacc:2.0/dms1/Credentials/Noti/AuthSecret, ./dms1/Auth/Noti/Secret",
            "urn:oma:mo:oma-dm-dmacc:2.0/(x)/AuthNoti/AuthSecret?nv=(x)/ServerID:DMS_ID1, ./dms1/Auth/Noti/Secret"})
    void the_names_that_the_text_has_for_one_thing_are_all_taken(String uri, String node) {
        assertThat(uris(in(STANDARD, leaf -> true).find(ClientUri.parse(uri)))).containsExactly(node);
        assertThat(uris(in(STANDARD, leaf -> true).findOrNew(ClientUri.parse(uri)))).containsExactly(node);
    }

    @Test
    void a_new_node_is_put_where_the_table_of_the_object_has_it() {
        assertThat(uris(in(STANDARD, leaf -> true)
                .findOrNew(ClientUri.parse("urn:oma:mo:oma-dm-dmacc:2.0/dms1/AuthTrsp/AuthSecret"))))
                .containsExactly("./dms1/Auth/Trsp/Secret");
    }

    @Test
    void an_account_of_dm_1_is_another_object_and_an_exact_identifier_comes_first() {
        Tree both = STANDARD.with(NodeUri.parse("./old"), Node.interior("urn:oma:mo:oma-dm-dmacc:1.0", NOW))
                .with(NodeUri.parse("./info"), Node.interior("urn:oma:mo:oma-dm-devinfo:1.0", NOW));

        assertThat(uris(in(both, leaf -> true).find(ClientUri.parse("urn:oma:mo:oma-dm-dmacc:2.0//"))))
                .containsExactly("./dms1");
        assertThat(uris(in(both, leaf -> true).find(ClientUri.parse("urn:oma:mo:oma-dm-devinfo:1.0//"))))
                .containsExactly("./info");
        assertThat(status(in(both, leaf -> true).find(ClientUri.parse("urn:oma:mo:oma-dm-devinfo:1.1//"))))
                .isEqualTo(StatusCode.BAD_REQUEST.code());
    }

    @Test
    void names_are_the_same_percent_encoded_or_not() {
        Tree tree = Tree.empty(NOW).with(NodeUri.parse("./a%20b"), NodeBuilder.dynamic("m", NOW).leaf("c d", "1")
                .build());

        assertThat(uris(in(tree, leaf -> true).find(ClientUri.parse("m/a b/c%20d")))).containsExactly("./a%20b/c d");
    }
}
