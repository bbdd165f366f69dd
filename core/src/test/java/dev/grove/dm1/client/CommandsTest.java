package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.AlertCode;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Delete;
import dev.grove.syncml.Command.Exec;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Data;
import dev.grove.syncml.Element;
import dev.grove.syncml.Item;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.Acl;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.ManagementObject;
import dev.grove.tree.Mounts;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How commands become operations, and outcomes Status and Results ([REPPRO 1.2 §6.6, §7], [DMPRO 1.3 §8.5]). */
class CommandsTest {

    // ---- items

    @Test
    void several_items_with_one_code_share_a_Status_without_addresses() {
        assertThat(answers(Say.get("1", "./A/B", "./A/C"))).containsExactly("Status 1/1 Get 200",
                "Results 1/1 ./A/B=b ./A/C=c");
    }

    @Test
    void several_items_with_different_codes_get_a_Status_each() {
        assertThat(answers(Say.get("1", "./A/B", "./A/Missing", "./A/C"))).containsExactly(
                "Status 1/1 Get 200 ./A/B", "Status 1/1 Get 404 ./A/Missing", "Status 1/1 Get 200 ./A/C",
                "Results 1/1 ./A/B=b ./A/C=c");
    }

    @Test
    void the_meta_of_the_command_holds_for_its_items_and_theirs_win() {
        Add add = new Add("1", Meta.of("int", null),
                List.of(Item.at("./A/I", Meta.NONE, Data.of("7")),
                        Item.at("./A/Bool", Meta.of("bool", null), Data.of("true"))));
        TestDevice device = TestDevice.dm13().started();

        device.reply(Say.ok(1), add);

        assertThat(value(device, "./A/I").format()).isEqualTo(Format.INT);
        assertThat(value(device, "./A/Bool").format()).isEqualTo(Format.BOOL);
    }

    @Test
    void the_meta_of_a_container_holds_for_its_commands() {
        TestDevice device = TestDevice.dm13().started();

        device.reply(Say.ok(1), new Sequence("1", Meta.of("int", null), List.of(Say.add("2", "./A/I", "7"))));

        assertThat(value(device, "./A/I").format()).isEqualTo(Format.INT);
    }

    @Test
    void an_item_without_target_and_a_command_without_items_are_400() {
        assertThat(answers(new Get("1", Meta.NONE, List.of(Item.EMPTY)), new Delete("2", Meta.NONE, List.of()),
                new Exec("3", Meta.NONE, null, List.of()))).containsExactly("Status 1/1 Get 400",
                        "Status 1/2 Delete 400", "Status 1/3 Exec 400");
    }

    @Test
    void a_URI_that_is_none_is_400() {
        for (String uri : List.of("/A/B", "./A//B", "./A/../B", "./A/B/", "", "./A/%ZZ", "./A?x=1")) {
            assertThat(answers(Say.get("1", uri))).as(uri).containsExactly("Status 1/1 Get 400 " + uri);
        }
    }

    // ---- Get

    @Test
    void an_interior_node_tells_its_children_and_an_empty_one_empty_data() {
        assertThat(answers(Say.get("1", "./A"), Say.get("2", "./Empty"))).containsExactly("Status 1/1 Get 200 ./A",
                "Results 1/1 ./A(node text/plain)=B/C", "Status 1/2 Get 200 ./Empty",
                "Results 1/2 ./Empty(node text/plain)=");
    }

    @Test
    void properties_are_read_under_the_URI_that_was_asked() {
        assertThat(answers(Say.get("1", "./A/B?prop=Name"), Say.get("2", "A/B?prop=Format"),
                Say.get("3", "./A/B?prop=Nothing"))).containsExactly("Status 1/1 Get 200 ./A/B?prop=Name",
                        "Results 1/1 ./A/B?prop=Name=B", "Status 1/2 Get 200 A/B?prop=Format",
                        "Results 1/2 A/B?prop=Format=chr", "Status 1/3 Get 406 ./A/B?prop=Nothing");
    }

    @Test
    void structure_is_listed_without_data_and_with() {
        assertThat(answers(Say.get("1", "./A?list=Struct"))).containsExactly("Status 1/1 Get 200 ./A?list=Struct",
                "Results 1/1 ./A(node) ./A/B ./A/C");
        assertThat(answers(Say.get("1", "./A?list=StructData"))).containsExactly(
                "Status 1/1 Get 200 ./A?list=StructData", "Results 1/1 ./A(node) ./A/B=b ./A/C=c");
        assertThat(answers(Say.get("1", "./A?list=Other"))).containsExactly("Status 1/1 Get 406 ./A?list=Other");
    }

    // ---- changes

    @Test
    @Tag("DM-PRO-C-006")
    @Tag("DM-PRO-C-008")
    void nodes_are_added_replaced_deleted_and_copied() {
        TestDevice device = TestDevice.dm13().started();

        assertThat(Transcript.of(device.reply(Say.ok(1), Say.add("1", "./A/N", "n"), Say.add("2", "./A/N", "n"),
                Say.replace("3", "./A/B", "new"), Say.replace("4", "./A/Missing", "x"), Say.delete("5", "./A/C"),
                Say.delete("6", "./A/C"), Say.copy("7", "./A/B", "./A/N")))).containsExactly(
                        "Status 1/0 SyncHdr 200", "Status 1/1 Add 200 ./A/N", "Status 1/2 Add 418 ./A/N",
                        "Status 1/3 Replace 200 ./A/B", "Status 1/4 Replace 404 ./A/Missing",
                        "Status 1/5 Delete 200 ./A/C", "Status 1/6 Delete 404 ./A/C",
                        "Status 1/7 Copy 200 ./A/N ./A/B", "Final");
        assertThat(value(device, "./A/N").text()).isEqualTo("new");
    }

    @Test
    void an_interior_node_is_added_without_data() {
        TestDevice device = TestDevice.dm13().started();

        device.reply(Say.ok(1), new Add("1", Meta.NONE,
                List.of(Item.at("./A/X", Meta.of("node", "urn:oma:mo:x-test:1.0"), null))));

        assertThat(value(device, "./A/X")).isEqualTo(Value.interior("urn:oma:mo:x-test:1.0"));
    }

    @Test
    void binary_data_is_base64_in_XML() {
        TestDevice device = TestDevice.dm13().started();

        device.reply(Say.ok(1), new Add("1", Meta.NONE, List.of(
                Item.at("./A/X", Meta.of("bin", "application/octet-stream"), Data.of("AQID")))));

        assertThat(value(device, "./A/X").data().hex()).isEqualTo("010203");
    }

    @Test
    void a_format_that_nobody_knows_or_that_the_profile_lacks_is_415() {
        Item unknown = Item.at("./A/X", Meta.of("colour", null), Data.of("red"));
        Item date = Item.at("./A/Y", Meta.of("date", null), Data.of("20261121"));

        assertThat(answers(new Add("1", Meta.NONE, List.of(unknown)))).containsExactly("Status 1/1 Add 415 ./A/X");
        assertThat(answers(new TestDevice(Profile.DM_1_1), new Add("1", Meta.NONE, List.of(date))))
                .containsExactly("Status 1/1 Add 415 ./A/Y");
    }

    @Test
    void what_is_no_base64_is_415() {
        assertThat(answers(new Add("1", Meta.of("b64", null), List.of(Item.at("./A/X", Meta.NONE, Data.of("%%%"))))))
                .containsExactly("Status 1/1 Add 415 ./A/X");
    }

    @Test
    void what_the_ACL_does_not_allow_is_425() {
        assertThat(answers(Say.replace("1", "./DevInfo/Man", "x"), Say.delete("2", "./DevDetail")))
                .containsExactly("Status 1/1 Replace 425 ./DevInfo/Man", "Status 1/2 Delete 425 ./DevDetail");
    }

    // ---- relative addressing (DMPRO 5.2)

    @Test
    @Tag("DM-PRO-C-012")
    void a_node_is_found_by_the_identifier_of_its_object() {
        TestDevice device = TestDevice.dm13().withTree(withObject());

        assertThat(answers(device, relativeReplace("MOID=urn%3Aoma%3Amo%3Ax-test%3A1.0", "E/G")))
                .containsExactly("Status 1/1 Replace 200 E/G");
        assertThat(value(device, "./A/M1/E/G").text()).isEqualTo("new");
    }

    @Test
    void a_relative_URI_that_cannot_be_resolved_is_400_or_404_and_without_the_feature_406() {
        assertThat(answers(TestDevice.dm13().withTree(withObject()), relativeReplace("F=Camera", "E/G")))
                .containsExactly("Status 1/1 Replace 400 E/G");
        assertThat(answers(TestDevice.dm13().withTree(withObject()),
                relativeReplace("MOID=urn%3Aoma%3Amo%3Ax-other%3A1.0", "E/G")))
                .containsExactly("Status 1/1 Replace 400 E/G");
        assertThat(answers(TestDevice.dm13().withTree(withObject()),
                relativeReplace("MOID=urn%3Aoma%3Amo%3Ax-test%3A1.0&F=None", "E/G")))
                .containsExactly("Status 1/1 Replace 404 E/G");
        assertThat(answers(new TestDevice(Profile.DM_1_2).withTree(withObject()),
                relativeReplace("MOID=urn%3Aoma%3Amo%3Ax-test%3A1.0", "E/G")))
                .containsExactly("Status 1/1 Replace 406 E/G");
    }

    @Test
    void Delete_without_part_B_removes_the_object() {
        TestDevice device = TestDevice.dm13().withTree(withObject());
        Item item = new Item(null, null, null, ".?MOID=urn%3Aoma%3Amo%3Ax-test%3A1.0", Meta.NONE, null, false);

        assertThat(answers(device, new Delete("1", Meta.NONE, List.of(item)))).containsExactly("Status 1/1 Delete 200");
        assertThat(device.tree().has(NodeUri.parse("./A/M1"))).isFalse();
    }

    private static Replace relativeReplace(String query, String path) {
        return new Replace("1", Meta.NONE, List.of(new Item(new Location(path), null, null, ".?" + query, Meta.NONE,
                Data.of("new"), false)));
    }

    private static Tree withObject() {
        Tree tree = TestDevice.sampleTree();
        tree = tree.with(NodeUri.parse("./A/M1"), Node.interior("urn:oma:mo:x-test:1.0", TestDevice.NOW));
        tree = TestDevice.withLeaf(tree, "./A/M1/F", Value.text("Camera"));
        return TestDevice.withLeaf(tree, "./A/M1/E/G", Value.text("g"));
    }

    // ---- Exec

    @Test
    void Exec_is_done_at_once_or_accepted_for_later() {
        List<String> done = new ArrayList<>();
        TestDevice device = TestDevice.dm13().withMounts(Mounts.NONE.with(NodeUri.parse("./A/Run"), new Runner(done)));

        assertThat(answers(device,
                new Exec("1", Meta.NONE, null, List.of(Item.at("./A/Run/Now", Meta.NONE, Data.of("argument")))),
                Say.exec("2", "./A/Run/Later", "abc"), Say.exec("3", "./A/B", "abc"))).containsExactly(
                        "Status 1/1 Exec 200 ./A/Run/Now", "Status 1/2 Exec 202 ./A/Run/Later",
                        "Status 1/3 Exec 405 ./A/B");
        assertThat(done).containsExactly("./Now argument null", "./Later null abc");
    }

    /** Two nodes to be executed. */
    private record Runner(List<String> done) implements ManagementObject {
        @Override
        public DescriptionNode describe() {
            return DescriptionNode.interior("Run", Access.GET).withChildren(
                    DescriptionNode.of("Now", Format.NULL, Access.EXEC),
                    DescriptionNode.of("Later", Format.NULL, Access.EXEC));
        }

        @Override
        public Optional<Live> read(NodeUri path) {
            return Optional.of(path.isRoot()
                    ? new Live.Interior("", List.of("Now", "Later"))
                    : new Live.Leaf(new Value(Format.NULL, "", Bytes.EMPTY)));
        }

        @Override
        public StatusCode check(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public StatusCode apply(Change change) {
            return StatusCode.COMMAND_NOT_ALLOWED;
        }

        @Override
        public Outcome exec(NodeUri path, @Nullable Value argument, @Nullable String correlator) {
            done.add(path + " " + (argument == null ? "null" : argument.text()) + " " + correlator);
            return Outcome.of(path.name().equals("Now") ? StatusCode.OK : StatusCode.ACCEPTED_FOR_PROCESSING);
        }
    }

    // ---- ids and unknown commands

    @Test
    void a_command_without_an_id_of_its_own_is_400_and_not_done() {
        TestDevice device = TestDevice.dm13();

        assertThat(answers(device, Say.delete("", "./A/B"), Say.delete("0", "./A/B"), Say.get("7", "./A/B"),
                Say.delete("7", "./A/B"))).containsExactly("Status 1/ Delete 400 ./A/B",
                        "Status 1/0 Delete 400", "Status 1/7 Get 200 ./A/B", "Results 1/7 ./A/B=b",
                        "Status 1/7 Delete 400 ./A/B");
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
    }

    @Test
    void a_container_without_an_id_is_not_done_either() {
        assertThat(answers(new Sequence("", Meta.NONE, List.of(Say.delete("2", "./A/B"))))).containsExactly(
                "Status 1/ Sequence 400", "Status 1/2 Delete 215 ./A/B");
    }

    @Test
    void commands_of_data_synchronization_are_406_and_others_400() {
        assertThat(answers(unknown("1", "Put"), unknown("2", "Sync"), unknown("3", "Nonsense"))).containsExactly(
                "Status 1/1 Put 406", "Status 1/2 Sync 406", "Status 1/3 Nonsense 400");
    }

    private static Command unknown(String id, String name) {
        return new Unknown(id, new Element("SYNCML:SYNCML1.2", name, List.of(
                new Element.Child(new Element("SYNCML:SYNCML1.2", "CmdID", List.of(new Element.Text(Data.of(id))))))));
    }

    @Test
    void alerts_that_only_a_client_sends_are_405_and_unknown_ones_406() {
        assertThat(answers(Say.alert("1", 1226, "x"), Say.alert("2", 1201), Say.alert("3", 1299),
                new Command.Alert("4", AlertCode.ABSENT, null, List.of()))).containsExactly(
                        "Status 1/1 Alert 405", "Status 1/2 Alert 405", "Status 1/3 Alert 406",
                        "Status 1/4 Alert 412");
    }

    @Test
    void Results_of_a_server_get_no_Status() {
        assertThat(answers(new Command.Results("1", "1", "1", Meta.NONE, null, null, List.of(Item.of("x"))),
                Say.get("2", "./A/B"))).containsExactly("Status 1/2 Get 200 ./A/B", "Results 1/2 ./A/B=b");
    }

    @Test
    void a_failing_command_in_a_Sequence_does_not_stop_the_others() {
        assertThat(answers(new Sequence("1", Meta.NONE,
                List.of(Say.delete("2", "./A/Missing"), Say.get("3", "./A/B"))))).containsExactly(
                        "Status 1/1 Sequence 200", "Status 1/2 Delete 404 ./A/Missing",
                        "Status 1/3 Get 200 ./A/B", "Results 1/3 ./A/B=b");
    }

    @Test
    void a_Sequence_in_a_Sequence_is_500() {
        assertThat(answers(new Sequence("1", Meta.NONE, List.of(
                new Sequence("2", Meta.NONE, List.of(Say.get("3", "./A/B"))), Say.get("4", "./A/C"))))).containsExactly(
                        "Status 1/1 Sequence 200", "Status 1/2 Sequence 500", "Status 1/3 Get 215 ./A/B",
                        "Status 1/4 Get 200 ./A/C", "Results 1/4 ./A/C=c");
    }

    // ---- several servers

    @Test
    void each_server_sees_what_its_ACL_lets_it_see() {
        Tree tree = TestDevice.withLeaf(TestDevice.sampleTree(), "./P", Value.text("secret"));
        tree = tree.change(NodeUri.parse("./P"),
                node -> node.withAcl(Acl.parse("Get=first&Replace=first")));
        TestDevice first = TestDevice.dm13().withTree(tree).with(ClientAccount.open("first", TestDevice.URL));
        TestDevice second = TestDevice.dm13().withTree(tree).with(ClientAccount.open("second", TestDevice.URL));

        assertThat(answers(first, Say.get("1", "./P"), Say.replace("2", "./P", "x"))).containsExactly(
                "Status 1/1 Get 200 ./P", "Results 1/1 ./P=secret", "Status 1/2 Replace 200 ./P");
        assertThat(answers(second, Say.get("1", "./P"), Say.replace("2", "./P", "x"))).containsExactly(
                "Status 1/1 Get 425 ./P", "Status 1/2 Replace 425 ./P");
    }

    // ---- help

    private static Value value(TestDevice device, String uri) {
        return device.tree().at(NodeUri.parse(uri)).orElseThrow().value();
    }

    private static List<String> answers(Command... commands) {
        return answers(TestDevice.dm13(), commands);
    }

    /** What comes back, without the Status of the header and the end of the package. */
    static List<String> answers(TestDevice device, Command... commands) {
        device.start();
        Command[] body = new Command[commands.length + 1];
        body[0] = Say.ok(1);
        System.arraycopy(commands, 0, body, 1, commands.length);
        List<String> lines = Transcript.of(device.reply(body));
        assertThat(lines).startsWith("Status 1/0 SyncHdr 200").endsWith("Final");
        return lines.subList(1, lines.size() - 1);
    }
}
