package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.StandardObjects;
import dev.grove.mo.Tnds;
import dev.grove.tree.Address;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Outcome;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeRules.Feature;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** TNDS documents in Add and Replace, and the Inbox ([REPPRO 1.2 §6.6], [STDOBJ 1.2 §5]). */
class SubtreeDocumentsTest {

    private static final TreeSetup SETUP = TreeSetup.of(TreeRules.OMA).with(Tnds.XML);

    private final Device device = Device.open(SETUP).interior("./OperatorX");

    private static Value document(String nodes) {
        return new Value(Format.XML, "application/vnd.syncml.dmtnds+xml",
                Bytes.utf8("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>" + nodes + "</MgmtTree>"));
    }

    private static String node(String name, String properties, String content) {
        return "<Node><NodeName>" + name + "</NodeName><RTProperties>" + properties + "</RTProperties>" + content
                + "</Node>";
    }

    private static String interior(String name, String content) {
        return node(name, "<Format><node/></Format><Type><DDFName/></Type>", content);
    }

    private static String leaf(String name, String text) {
        return node(name, "<Format><chr/></Format><Type><MIME>text/plain</MIME></Type>",
                "<Value>" + text + "</Value>");
    }

    private Outcome add(String uri, Value value) {
        return device.outcome(new Operation.Add(Address.parse(uri), value));
    }

    private Outcome replace(String uri, Value value) {
        return device.outcome(new Operation.Replace(Address.parse(uri), value));
    }

    @Nested
    class Add {

        @Test
        void makes_all_nodes_below_the_target() {
            Outcome outcome = add("./OperatorX",
                    document(interior("E-Mail", leaf("Name", "mail") + interior("POP3", leaf("Port", "110")))));

            assertThat(outcome.status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/E-Mail")).isEqualTo("Name/POP3");
            assertThat(device.read("./OperatorX/E-Mail/POP3/Port")).isEqualTo("110");
        }

        @Test
        void with_an_empty_name_means_the_target_itself() {
            assertThat(add("./New", document(interior("", leaf("a", "1")))).status().code()).isEqualTo(200);
            assertThat(device.read("./New/a")).isEqualTo("1");
        }

        @Test
        void of_a_missing_target_by_its_own_name_means_the_target_itself() {
            assertThat(add("./New", document(interior("New", leaf("a", "1")))).status().code()).isEqualTo(200);
            assertThat(device.read("./New")).isEqualTo("a");
        }

        @Test
        void takes_the_flat_form_with_paths_in_any_order() {
            String flat = "<Node><NodeName>1</NodeName><Path>dms1/AppAddr</Path><RTProperties><Format><node/></Format>"
                    + "<Type><DDFName/></Type></RTProperties></Node>"
                    + "<Node><NodeName>Addr</NodeName><Path>dms1/AppAddr/1</Path><Value>http://x</Value></Node>"
                    + interior("dms1", "") + "<Node><NodeName>AppAddr</NodeName><Path>dms1</Path><RTProperties><Format>"
                    + "<node/></Format></RTProperties></Node>";
            assertThat(add("./OperatorX", document(flat)).status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/dms1/AppAddr/1/Addr")).isEqualTo("http://x");
        }

        @Test
        void takes_documents_without_properties_as_well_as_it_can() {
            assertThat(add("./OperatorX", document("<Node><NodeName>A</NodeName><Node><NodeName>b</NodeName>"
                    + "<Value>1</Value></Node></Node>")).status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/A/b?prop=Format")).isEqualTo("chr");
        }

        @Test
        void fails_as_a_whole_with_the_code_of_the_node_that_failed() {
            device.leaf("./OperatorX/there", "x");
            var before = device.tree;
            Outcome outcome = add("./OperatorX", document(interior("fine", leaf("a", "1")) + leaf("there", "y")));
            assertThat(outcome.status().code()).isEqualTo(418);
            assertThat(outcome.detail()).isEqualTo("./OperatorX/there");
            assertThat(device.tree).isEqualTo(before);

            assertThat(add("./OperatorX", document(node("i", "<Format><int/></Format><Type><MIME/></Type>",
                    "<Value>many</Value>"))).status().code()).isEqualTo(415);
            device.acl("./OperatorX", "Get=*");
            assertThat(add("./OperatorX", document(leaf("n", "1"))).status().code()).isEqualTo(425);
        }

        @Test
        void sets_the_lists_in_the_document_last() {
            String acl = "<ACL>Get=B</ACL><Format><node/></Format><Type><DDFName/></Type>";
            device.acl(".", "Add=A&Get=*");
            assertThat(add("./OperatorX", document(node("mine", acl, leaf("a", "1")))).status().code())
                    .as("the list takes Add from A, but only when all is there").isEqualTo(200);
            assertThat(device.node("./OperatorX/mine").acl()).hasToString("Get=B");
        }

        @Test
        void cannot_set_a_list_that_the_server_could_not_set_by_command() {
            device.acl(".", "Add=A&Get=*");
            assertThat(add("./OperatorX", document(node("l",
                    "<ACL>Get=B</ACL><Format><chr/></Format><Type><MIME/></Type>", "<Value>1</Value>"))).status()
                    .code()).isEqualTo(425);
            assertThat(device.has("./OperatorX/l")).isFalse();
        }

        @Test
        void keeps_titles() {
            add("./OperatorX", document(node("t", "<Format><chr/></Format><Title>Hi</Title><Type><MIME/></Type>",
                    "<Value>1</Value>")));
            assertThat(device.read("./OperatorX/t?prop=Title")).isEqualTo("Hi");
        }

        @Test
        void is_415_where_the_device_has_no_TNDS_and_400_if_the_document_is_malformed() {
            Device plain = Device.open(TreeSetup.of(TreeRules.OMA.without(Feature.TNDS)).with(Tnds.XML));
            assertThat(plain.add("./x", document(leaf("a", "1")))).isEqualTo(415);
            assertThat(add("./x", new Value(Format.XML, "application/vnd.syncml.dmtnds+xml", Bytes.utf8("<Mgmt")))
                    .status().code()).isEqualTo(400);
        }
    }

    @Nested
    class Replace {

        Replace() {
            device.interior("./OperatorX/M").leaf("./OperatorX/M/keep", "k").leaf("./OperatorX/M/change", "old")
                    .interior("./OperatorX/M/gone").leaf("./OperatorX/M/gone/too", "x").leaf("./OperatorX/beside", "b");
        }

        @Test
        void makes_the_sub_tree_as_the_document_says_and_leaves_the_rest() {
            device.at(Device.START.plus(Duration.ofDays(1)));
            Outcome outcome = replace("./OperatorX/M",
                    document(interior("", leaf("keep", "k") + leaf("change", "new") + interior("fresh", ""))));

            assertThat(outcome.status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/M")).isEqualTo("keep/change/fresh");
            assertThat(device.read("./OperatorX/M/change")).isEqualTo("new");
            assertThat(device.read("./OperatorX")).isEqualTo("M/beside");
            assertThat(device.read("./OperatorX/M/keep?prop=VerNo")).as("not touched").isEqualTo("0");
            assertThat(device.read("./OperatorX/M/change?prop=VerNo")).isEqualTo("1");
        }

        @Test
        void with_what_was_read_changes_nothing() {
            device.acl("./OperatorX/M/gone", "Get=*&Add=A&Replace=A").put("./OperatorX/M/bin",
                    Value.binary(Bytes.hex("00")));
            var before = device.tree;
            Value read = device.outcome(new Operation.Get(Address.parse("./OperatorX/M?list=TNDS"))).results()
                    .getFirst().value();
            assertThat(replace("./OperatorX/M", read).status().code()).isEqualTo(200);
            assertThat(device.tree).isEqualTo(before);
        }

        @Test
        void restores_what_was_read_after_changes() {
            Value read = device.outcome(new Operation.Get(Address.parse("./OperatorX/M?list=TNDS"))).results()
                    .getFirst().value();
            device.delete("./OperatorX/M/gone");
            device.replace("./OperatorX/M/change", "other");
            device.add("./OperatorX/M/new", "n");
            assertThat(replace("./OperatorX/M", read).status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/M/gone/too")).isEqualTo("x");
            assertThat(device.read("./OperatorX/M/change")).isEqualTo("old");
            assertThat(device.has("./OperatorX/M/new")).isFalse();
        }

        @Test
        void of_a_missing_node_is_404() {
            assertThat(replace("./none", document(interior("", ""))).status().code()).isEqualTo(404);
            assertThat(replace("./OperatorX", document(interior("none", ""))).status().code()).isEqualTo(404);
        }

        @Test
        void of_a_named_child_replaces_that_child_only() {
            assertThat(replace("./OperatorX", document(interior("M", leaf("only", "1")))).status().code())
                    .isEqualTo(200);
            assertThat(device.read("./OperatorX/M")).isEqualTo("only");
            assertThat(device.has("./OperatorX/beside")).isTrue();
        }

        @Test
        void that_would_delete_a_permanent_node_or_one_it_may_not_is_refused_as_a_whole() {
            device.permanent("./OperatorX/M/gone/too");
            assertThat(replace("./OperatorX/M", document(interior("", leaf("keep", "changed")))).status().code())
                    .isEqualTo(405);
            device.acl("./OperatorX/M", "Get=A&Replace=A&Add=A");
            var before = device.tree;
            assertThat(replace("./OperatorX/M", document(interior("", leaf("keep", "changed")))).status().code())
                    .isEqualTo(425);
            assertThat(device.tree).isEqualTo(before);
        }

        @Test
        void with_a_bad_value_changes_nothing() {
            var before = device.tree;
            Outcome outcome = replace("./OperatorX/M", document(interior("", leaf("keep", "changed")
                    + node("i", "<Format><int/></Format><Type><MIME/></Type>", "<Value>x</Value>"))));
            assertThat(outcome.status().code()).isEqualTo(415);
            assertThat(device.tree).isEqualTo(before);
        }

        @Test
        void turns_a_leaf_into_an_interior_node_and_back() {
            assertThat(replace("./OperatorX/M", document(interior("", interior("keep", leaf("in", "1"))
                    + leaf("gone", "now a leaf")))).status().code()).isEqualTo(200);
            assertThat(device.read("./OperatorX/M/keep/in")).isEqualTo("1");
            assertThat(device.read("./OperatorX/M/gone")).isEqualTo("now a leaf");
        }

        @Test
        void in_an_Atomic_is_taken_back_with_the_rest() {
            var before = device.tree;
            device.apply(new Operation.Atomic(List.of(
                    new Operation.Replace(Address.parse("./OperatorX/M"), document(interior("", ""))),
                    new Operation.Delete(Address.parse("./none")))));
            assertThat(device.tree).isEqualTo(before);
        }
    }

    @Nested
    class TheInbox {

        private static final String NAP = "urn:oma:mo:oma-connmo-nap:1.0";
        private final Description known = StandardObjects.description().and(Description.of(NodeUri.ROOT,
                DescriptionNode.interior("ConnMO", Access.GET).withChildren(DescriptionNode.interior("NAP", Access.GET,
                        Access.ADD).withChildren(
                                DescriptionNode.interior("", Access.GET, Access.ADD)
                                        .withOccurrence(Occurrence.ZERO_OR_MORE).withTypes(List.of(NAP))))));

        private Device withInbox() {
            Description wide = new Description(known.places().stream().map(place -> new Description.Place(
                    place.parent(), place.node().name().equals("Inbox") ? place.node()
                            : StandardObjects.widened(place.node(), Access.ADD)))
                    .toList());
            return Device.open(SETUP.with(wide)).interior("./Inbox").permanent("./Inbox").interior("./DMAcc")
                    .interior("./ConnMO").interior("./ConnMO/NAP").interior("./ConnMO/NAP/exampleNet");
        }

        private static String object(String name, String moid, String content) {
            return node(name, "<Format><node/></Format><Type><DDFName>" + moid + "</DDFName></Type>", content);
        }

        @Test
        void puts_each_object_where_such_objects_are_and_mends_references() {
            Device device = withInbox();
            Outcome outcome = device.outcome(new Operation.Add(Address.parse("./Inbox"),
                    document(object("exampleNet", NAP, "")
                            + object("dms1", StandardObjects.DM_ACC_MOID, leaf("ServerID", "dms.example")
                                    + leaf("PrefConRef", "./Inbox/exampleNet")))));

            assertThat(outcome.status().code()).as(outcome.detail()).isEqualTo(200);
            assertThat(device.read("./DMAcc/dms1/ServerID")).isEqualTo("dms.example");
            assertThat(device.read("./ConnMO/NAP")).as("the name was taken").isEqualTo("exampleNet/1");
            assertThat(device.read("./DMAcc/dms1/PrefConRef")).isEqualTo("./ConnMO/NAP/1");
        }

        @Test
        void names_an_object_that_has_no_name() {
            Device device = withInbox();
            assertThat(device.add("./Inbox", document(object("", StandardObjects.DM_ACC_MOID, "")))).isEqualTo(200);
            assertThat(device.read("./DMAcc")).isEqualTo("1");
        }

        @Test
        void answers_404_for_an_object_that_belongs_nowhere_and_changes_nothing() {
            Device device = withInbox();
            var before = device.tree;
            assertThat(device.add("./Inbox", document(object("dms1", StandardObjects.DM_ACC_MOID, "")
                    + object("x", "urn:unknown:1.0", "")))).isEqualTo(404);
            assertThat(device.tree).isEqualTo(before);
        }

        @Test
        void is_closed_to_servers_without_Add_on_it() {
            Device device = withInbox().acl("./Inbox", "Add=B");
            assertThat(device.add("./Inbox", document(object("dms1", StandardObjects.DM_ACC_MOID, ""))))
                    .isEqualTo(425);
        }

        @Test
        void is_never_read() {
            Device device = withInbox();
            assertThat(device.get("./Inbox")).isEqualTo(405);
            assertThat(device.get("./Inbox/anything")).isEqualTo(405);
            assertThat(device.get("./Inbox?prop=ACL")).isEqualTo(405);
            assertThat(device.get("./Inbox?list=Struct")).isEqualTo(405);
            assertThat(device.read(".")).contains("Inbox");
        }
    }
}
