package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.grove.tree.Acl;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real descriptions look like. */
class DdfReaderTest {

    private static Ddf read(String nodes) throws Malformed {
        return DdfReader.read(Bytes.utf8("<MgmtTree><VerDTD>1.2</VerDTD>" + nodes + "</MgmtTree>"));
    }

    private static DescriptionNode only(String node) throws Malformed {
        return read(node).description().places().getFirst().node();
    }

    private static String node(String name, String properties, String rest) {
        return "<Node><NodeName>" + name + "</NodeName><DFProperties><AccessType><Get/></AccessType>" + properties
                + "</DFProperties>" + rest + "</Node>";
    }

    @Test
    void a_byte_order_mark_and_UTF_16_are_read() throws Malformed {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><MgmtTree><VerDTD>1.2</VerDTD>"
                + node("ä", "<DFFormat><chr/></DFFormat>", "") + "</MgmtTree>";
        Bytes marked = Bytes.hex("EFBBBF").plus(Bytes.utf8(document));
        Bytes wide = Bytes.hex("FFFE").plus(Bytes.wrap(document.getBytes(StandardCharsets.UTF_16LE)));

        assertThat(DdfReader.read(marked).description().places().getFirst().node().name()).isEqualTo("ä");
        assertThat(DdfReader.read(wide)).isEqualTo(DdfReader.read(marked));
    }

    /** The form of DM 1.1: type and value stand in the node. */
    @Test
    void the_older_form_is_read() throws Malformed {
        DescriptionNode node = only("<Node><NodeName>MaxDepth</NodeName><DFProperties><DFFormat><int/></DFFormat>"
                + "<AccessType><Get/></AccessType></DFProperties><Type>text/plain</Type><Data>20</Data></Node>");

        assertThat(node.types()).containsExactly("text/plain");
        assertThat(node.initialValue()).isEqualTo(Value.of(Format.INT, "20"));
    }

    @Test
    void a_node_named_by_a_dot_is_the_root_and_nested_paths_are_not_needed() throws Malformed {
        Ddf ddf = read(
                "<Node><NodeName>.</NodeName><Path></Path><DFProperties><AccessType><Get/></AccessType><DFFormat>"
                        + "<node/></DFFormat></DFProperties><Node><NodeName>A</NodeName><Path>.</Path><DFProperties>"
                        + "<AccessType><Get/></AccessType><DFFormat><chr/></DFFormat></DFProperties></Node></Node>");

        assertThat(ddf.description().at(NodeUri.parse("./A"))).isPresent();
        assertThat(ddf.description().at(NodeUri.ROOT)).isPresent();
    }

    @Test
    void a_node_may_be_continued_elsewhere_by_its_path() throws Malformed {
        Ddf ddf = read("<Node><NodeName>A</NodeName><Path>./Vendor</Path><DFProperties><AccessType><Get/></AccessType>"
                + "<DFFormat><node/></DFFormat></DFProperties>"
                + node("", "<DFFormat><node/></DFFormat>", "") + "</Node>"
                + "<Node><NodeName>Deep</NodeName><Path>./Vendor/A/</Path><DFProperties><AccessType><Get/>"
                + "</AccessType><DFFormat><chr/></DFFormat></DFProperties></Node>"
                + "<Node><NodeName>Deeper</NodeName><Path>./Vendor/A/&lt;X></Path><DFProperties><AccessType><Get/>"
                + "</AccessType><DFFormat><chr/></DFFormat></DFProperties></Node>");

        assertThat(ddf.description().places()).hasSize(1);
        assertThat(ddf.description().at(NodeUri.parse("./Vendor/A/Deep"))).isPresent();
        assertThat(ddf.description().at(NodeUri.parse("./Vendor/A/any/Deeper"))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"One, 1, 1", "ZeroOrOne, 0, 1", "ZeroOrMore, 0, 2147483647", "OneOrMore, 1, 2147483647",
            "ZeroOrN, 0, 7", "OneOrN, 1, 7"})
    void every_occurrence_is_read(String name, int least, int most) throws Malformed {
        String n = name.endsWith("N") ? "7" : "";
        DescriptionNode node = only(node("x", "<DFFormat><chr/></DFFormat><Occurrence><" + name + ">" + n + "</" + name
                + "></Occurrence>", ""));
        assertThat(node.occurrence()).isEqualTo(new Occurrence(least, most));
    }

    @Test
    void an_N_that_was_forgotten_is_any_number() throws Malformed {
        assertThat(only(node("x", "<DFFormat><chr/></DFFormat><Occurrence><OneOrN/></Occurrence>", "")).occurrence())
                .isEqualTo(Occurrence.ONE_OR_MORE);
        assertThatExceptionOfType(Malformed.class).isThrownBy(
                () -> only(node("x", "<Occurrence><OneOrN>many</OneOrN></Occurrence>", "")));
    }

    @Test
    void the_identifier_of_an_interior_node_may_stand_in_a_MIME_element_but_a_media_type_is_none() throws Malformed {
        assertThat(only(node("x", "<DFFormat><node/></DFFormat><DFType><MIME>com.microsoft/1.3/MDM/X</MIME></DFType>",
                "")).types()).containsExactly("com.microsoft/1.3/MDM/X");
        assertThat(only(node("x", "<DFFormat><node/></DFFormat><DFType><MIME>text/plain</MIME></DFType>", ""))
                .types()).isEmpty();
    }

    @Test
    void every_format_and_access_type_is_read() throws Malformed {
        for (Format format : Format.values()) {
            assertThat(only(node("x", "<DFFormat><" + format.wireName() + "/></DFFormat>", "")).formats())
                    .containsExactly(format);
        }
        assertThat(only("<Node><NodeName>x</NodeName><DFProperties><AccessType><Replace/><Get/><Exec/><Delete/><Copy/>"
                + "<Add/></AccessType><DFFormat><chr/></DFFormat></DFProperties></Node>").access())
                .containsExactlyInAnyOrder(Access.values());
    }

    /** Two nodes: an interior one that can be read, and a number with all access types and a value. */
    @Test
    void the_binary_trees_of_a_maker_are_read() throws Malformed {
        Ddf ddf = DdfReader
                .read(Bytes.hex("01016A00" + "5E" + "5D" + "5CC30141" + "01" + "57C30105" + "01" + "5AC3020008"
                        + "01" + "56C30A746578742F706C61696E" + "01" + "5D" + "5CC30142" + "01" + "57C30104" + "01"
                        + "5AC302001F"
                        + "01" + "56C30A746578742F706C61696E" + "01" + "48C3023230" + "01" + "01" + "01" + "01"));

        DescriptionNode a = ddf.description().places().getFirst().node();
        assertThat(a).isEqualTo(DescriptionNode.interior("A", Access.GET).withChildren(
                DescriptionNode.of("B", Format.INT, Access.ADD, Access.DELETE, Access.EXEC, Access.GET, Access.REPLACE)
                        .withTypes(List.of("text/plain")).withDefault("20")));
    }

    @Test
    void elements_of_other_namespaces_are_passed_over() throws Malformed {
        assertThat(only("<x:Note xmlns:x='urn:x'>n</x:Note>" + node("x",
                "<DFFormat><chr/></DFFormat><x:Odd xmlns:x='urn:x'><x:Value>1</x:Value></x:Odd>",
                "<x:More xmlns:x='urn:x'/>"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>", "<MgmtTree/>", "", "<MgmtTree>",
            "<MgmtTree><Node><NodeName>a</NodeName><Path>a/../b</Path></Node></MgmtTree>"})
    void what_is_no_description_is_malformed(String document) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> DdfReader.read(Bytes.utf8(document)));
    }

    @Test
    void a_factory_fresh_tree_has_the_named_nodes_with_their_defaults() throws Malformed {
        Ddf ddf = read(node("Cfg", "<DFFormat><node/></DFFormat><Scope><Permanent/></Scope>",
                node("Level", "<DefaultValue>7</DefaultValue><DFFormat><int/></DFFormat>", "")
                        + node("Maybe", "<DFFormat><int/></DFFormat><Occurrence><ZeroOrOne/></Occurrence>", "")
                        + node("", "<DFFormat><node/></DFFormat>", "")));

        Tree tree = DescribedTree.of(ddf.description(), Instant.EPOCH);

        assertThat(tree.uris(NodeUri.ROOT)).extracting(NodeUri::toString).containsExactly(".", "./Cfg",
                "./Cfg/Level");
        assertThat(tree.at(NodeUri.parse("./Cfg/Level")).orElseThrow().value()).isEqualTo(Value.of(Format.INT, "7"));
        assertThat(tree.at(NodeUri.parse("./Cfg")).orElseThrow().permanent()).isTrue();
        assertThat(tree.root().acl()).isEqualTo(Acl.ROOT);
    }
}
