package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.edit.SubtreeFormat.SubtreeNode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real documents look like, and what no document may look like. */
class TndsTest {

    private static SubtreeNode only(String node) throws Malformed {
        List<SubtreeNode> nodes = Tnds.XML
                .read(Bytes.utf8("<MgmtTree><VerDTD>1.2</VerDTD>" + node + "</MgmtTree>"));
        assertThat(nodes).hasSize(1);
        return nodes.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " xmlns='syncml:dmddf1.2'", " xmlns='syncml:dmddf'", " xmlns='syncml:dmddf1.3'"})
    void any_namespace_that_stands_for_the_DTD_is_read(String namespace) throws Malformed {
        assertThat(Tnds.XML.read(Bytes.utf8("<MgmtTree" + namespace
                + "><VerDTD>1.3</VerDTD><Node><NodeName> A </NodeName></Node></MgmtTree>")).getFirst().name())
                .isEqualTo("A");
    }

    @Test
    void all_properties_are_read() throws Malformed {
        SubtreeNode node = only("<Node><NodeName>x</NodeName><RTProperties><ACL>Get=*&amp;Add=A</ACL><Format><int/>"
                + "</Format><Name>x</Name><Size>1</Size><Title>T</Title><TStamp>20260101T000000Z</TStamp><Type><MIME>"
                + "text/plain</MIME></Type><VerNo>3</VerNo></RTProperties><Value> 5 </Value></Node>");

        assertThat(node.properties()).isEqualTo(Map.of(NodePart.ACL, "Get=*&Add=A", NodePart.NAME, "x",
                NodePart.SIZE, "1", NodePart.TITLE, "T", NodePart.TSTAMP, "20260101T000000Z", NodePart.TYPE,
                "text/plain", NodePart.VERNO, "3"));
        assertThat(node.format()).isEqualTo(Format.INT);
        assertThat(node.value()).isEqualTo(Bytes.utf8("5"));
    }

    @Test
    void a_text_keeps_its_blanks_and_its_mark_up() throws Malformed {
        assertThat(only("<Node><NodeName>x</NodeName><Value> a  b </Value></Node>").value())
                .isEqualTo(Bytes.utf8(" a  b "));
        assertThat(only("<Node><NodeName>x</NodeName><Value><![CDATA[<a>&</a>]]></Value></Node>").value())
                .isEqualTo(Bytes.utf8("<a>&</a>"));
    }

    @Test
    void a_binary_value_is_base64_in_XML_and_raw_in_WBXML() throws Malformed {
        SubtreeNode node = new SubtreeNode("x", null, Format.BIN, Map.of(NodePart.FORMAT, "bin"), Bytes.hex("00FF3C"),
                List.of());
        Bytes xml = Tnds.XML.write(List.of(node)).data();
        Bytes wbxml = Tnds.WBXML.write(List.of(node)).data();

        assertThat(xml.utf8()).contains("<Value>AP88</Value>");
        assertThat(wbxml.hex()).contains("c303" + "00ff3c");
        assertThat(Tnds.XML.read(xml).getFirst().value()).isEqualTo(Bytes.hex("00FF3C"));
        assertThat(Tnds.XML.read(wbxml).getFirst().value()).isEqualTo(Bytes.hex("00FF3C"));
    }

    @Test
    void without_a_format_the_rest_decides() throws Malformed {
        assertThat(only("<Node><NodeName>x</NodeName><Value>1</Value></Node>").format()).isNull();
        assertThat(only("<Node><NodeName>x</NodeName><Node><NodeName>y</NodeName></Node></Node>").format())
                .isEqualTo(Format.NODE);
        assertThat(only("<Node><NodeName>x</NodeName><RTProperties><Type><DDFName>urn:x:1.0</DDFName></Type>"
                + "</RTProperties></Node>").format()).isEqualTo(Format.NODE);
    }

    @Test
    void a_name_may_be_empty_or_missing() throws Malformed {
        assertThat(only("<Node><NodeName/></Node>").name()).isEmpty();
        assertThat(only("<Node><RTProperties/></Node>").name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A/B", "./A/B", "/A/B", "A/B/", "./A/B/"})
    void a_path_is_read_whatever_stands_around_it(String path) throws Malformed {
        assertThat(only("<Node><NodeName>x</NodeName><Path>" + path + "</Path></Node>").path())
                .isEqualTo(NodeUri.parse("A/B"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Node><NodeName>a/b</NodeName></Node>", "<Node><NodeName>..</NodeName></Node>",
            "<Node><NodeName>x</NodeName><Path>a/../b</Path></Node>",
            "<Node><NodeName>x</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>!</Value></Node>",
            ""})
    void what_is_no_sub_tree_is_malformed(String node) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> only(node));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<SyncML/>", "<MgmtTree/>", "<MgmtTree><VerDTD>2.0</VerDTD><Node/></MgmtTree>",
            "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>", "", "text"})
    void what_is_no_TNDS_is_malformed(String document) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> Tnds.XML.read(Bytes.utf8(document)));
    }

    @Test
    void it_knows_its_media_types() {
        assertThat(Tnds.XML.isDocument("application/vnd.syncml.dmtnds+xml")).isTrue();
        assertThat(Tnds.XML.isDocument("Application/vnd.syncml.dmtnds+wbxml; charset=utf-8")).isTrue();
        assertThat(Tnds.XML.isDocument("text/xml")).isFalse();
        assertThat(Tnds.XML.isDocument("")).isFalse();
    }
}
