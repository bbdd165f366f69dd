package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscoderTest {

    private static final String TREE = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>dms1"
            + "</NodeName><RTProperties><Format><node/></Format><Type>"
            + "<DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type>"
            + "</RTProperties><Node><NodeName>AppID</NodeName><RTProperties><Format><chr/></Format>"
            + "<Type><MIME>text/plain"
            + "</MIME></Type></RTProperties><Value>w7</Value></Node></Node></MgmtTree>";
    // [TNDS 1.2 §9], made by libwbxml.
    private static final Bytes TREE_IN_WBXML = Bytes
            .hex("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e00"
                    + "0002607703312e32000164" + "6603646d73310001"
                    + "6f5c250175510375726e3a6f6d613a6d6f3a6f6d612d646d2d646d61"
                    + "63633a312e30000101016466034170704944"
                    + "00016f5c0b01756103746578742f706c61696e000101017603773700010101" + "01");

    private static Bytes wbxml(String document) throws Malformed {
        return Transcoder.transcode(Bytes.utf8(document), Encoding.WBXML, Limits.DEFAULT);
    }

    private static String xml(Bytes document) throws Malformed {
        return Transcoder.transcode(document, Encoding.XML, Limits.DEFAULT).utf8();
    }

    private static String item(String item) {
        return "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncBody><Add><CmdID>1</CmdID><Item>" + item
                + "</Item></Add></SyncBody></SyncML>";
    }

    private static String meta(String format, String type) {
        return "<Meta><Format xmlns=\"syncml:metinf\">" + format + "</Format><Type xmlns=\"syncml:metinf\">" + type
                + "</Type></Meta>";
    }

    @ParameterizedTest
    @CsvSource({"'',XML", "3c,XML", "003c,XML", "0a3c,XML", "efbbbf,XML", "fffe,XML", "03a401,WBXML", "00a401,WBXML",
            "02,WBXML", "00,WBXML"})
    void knows_the_spelling_by_the_first_bytes(String hex, Encoding encoding) {
        assertThat(Transcoder.encodingOf(Bytes.hex(hex))).isEqualTo(encoding);
    }

    @Test
    void transcodes_trees_as_libwbxml_does() throws Malformed {
        Bytes written = wbxml(TREE);

        assertThat(written.slice(1, written.length())).isEqualTo(TREE_IN_WBXML.slice(1, TREE_IN_WBXML.length()));
        assertThat(xml(TREE_IN_WBXML)).isEqualTo(TREE);
    }

    @Test
    void embeds_trees_as_documents_and_rewrites_their_type() throws Malformed {
        String inXml = item(meta("xml", "application/vnd.syncml.dmtnds+xml") + "<Data>" + TREE + "</Data>");
        Bytes inWbxml = wbxml(inXml);

        assertThat(inWbxml.hex()).contains(Bytes.utf8("application/vnd.syncml.dmtnds+wbxml").hex())
                .contains("4fc38101" + "03" + TREE_IN_WBXML.slice(1, TREE_IN_WBXML.length()).hex());
        assertThat(xml(inWbxml)).isEqualTo(inXml);
    }

    @Test
    void takes_the_type_of_an_embedded_tree_from_the_command_too() throws Malformed {
        Bytes inWbxml = wbxml(
                "<SyncML><SyncBody><Add>" + meta("xml", "application/vnd.syncml.dmtnds+xml") + "<Item><Data>"
                        + TREE + "</Data></Item></Add></SyncBody></SyncML>");

        assertThat(xml(inWbxml))
                .contains("<Item><Meta><Type xmlns=\"syncml:metinf\">application/vnd.syncml.dmtnds+xml<")
                .contains(TREE);
    }

    @Test
    void spells_binary_as_base64_and_changes_the_format() throws Malformed {
        String bin = item(meta("bin", "a/b") + "<Data>AP8Q</Data>");
        String b64 = item(meta("b64", "a/b") + "<Data>AP8Q</Data>");

        assertThat(wbxml(bin).hex()).contains("4fc30300ff1001");
        assertThat(xml(wbxml(bin))).isEqualTo(b64);
        assertThat(wbxml(b64).hex()).contains(Bytes.utf8("AP8Q").hex());
        assertThat(xml(wbxml(b64))).isEqualTo(b64);
        assertThat(xml(wbxml(item("<Data>a</Data>")))).isEqualTo(item("<Data>a</Data>"));
    }

    @Test
    void makes_a_format_for_bytes_that_have_none() throws Malformed {
        Bytes message = Bytes.hex("03a4016a00" + "6d6b4554" + "4fc30100" + "0101010101".substring(2) + "01");

        assertThat(xml(message)).isEqualTo("<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncBody><Add><Item><Meta>"
                + "<Format xmlns=\"syncml:metinf\">b64</Format></Meta><Data>AA==</Data></Item></Add>"
                + "</SyncBody></SyncML>");
    }

    @Test
    void keeps_attributes_where_xml_stays_xml() throws Malformed {
        String document = "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncBody><Status>"
                + "<Data xmlns:msft=\"http://schemas.microsoft.com"
                + "/MobileDevice/MDM\" msft:originalerror=\"0x86000002\">404</Data></Status></SyncBody></SyncML>";

        assertThat(xml(Bytes.utf8(document))).isEqualTo(document);
        assertThat(xml(wbxml(document))).doesNotContain("0x86000002").contains("<Data>404</Data>");
    }

    @Test
    void indents_elements_and_leaves_texts_alone() throws Malformed {
        assertThat(Transcoder.indented(Bytes.utf8("<SyncML><SyncBody><Final/><Add><Item><Data> x </Data></Item></Add>"
                + "</SyncBody></SyncML>"), Limits.DEFAULT)).isEqualTo("""
                        <SyncML xmlns="SYNCML:SYNCML1.2">
                          <SyncBody>
                            <Final/>
                            <Add>
                              <Item>
                                <Data> x </Data>
                              </Item>
                            </Add>
                          </SyncBody>
                        </SyncML>
                        """);
    }

    @Test
    void keeps_the_version_of_the_namespace_and_of_the_public_id() throws Malformed {
        String old = "<SyncML xmlns=\"SYNCML:SYNCML1.1\"><SyncHdr><VerDTD>1.1</VerDTD></SyncHdr></SyncML>";

        assertThat(wbxml(old).hex()).startsWith("039f53");
        assertThat(xml(wbxml(old))).isEqualTo(old);
    }

    @Test
    void names_the_place_of_an_error_in_an_embedded_document() throws Malformed {
        String type = meta("xml", "application/vnd.syncml.dmtnds+wbxml");
        Bytes message = wbxml(item(type + "<Data>" + TREE + "</Data>"));
        String broken = message.hex().replace("6603646d7331", "66c37f646d31");

        assertThatThrownBy(() -> Transcoder.transcode(Bytes.hex(broken), Encoding.XML, Limits.DEFAULT))
                .isInstanceOfSatisfying(Malformed.class, e -> {
                    assertThat(e.path()).isEqualTo("SyncML/SyncBody/Add/Item/Data/MgmtTree/Node/NodeName");
                    assertThat(e.rule()).startsWith("in the embedded document");
                });
    }

    @Test
    void counts_the_elements_of_embedded_documents_too() throws Malformed {
        Bytes message = wbxml(item(meta("xml", "application/vnd.syncml.dmtnds+xml") + "<Data>" + TREE + "</Data>"));

        assertThatThrownBy(() -> Transcoder.transcode(message, Encoding.XML, new Limits(10_000, 20, 20, 1000)))
                .isInstanceOf(Malformed.class).hasMessageContaining("elements");
    }

    @Test
    void refuses_documents_of_other_families() {
        assertThatThrownBy(() -> wbxml("<html/>")).isInstanceOf(Malformed.class)
                .hasMessageContaining("SyncML or MgmtTree");
        assertThatThrownBy(() -> xml(Bytes.hex("03016a0005"))).isInstanceOf(Malformed.class);
    }
}
