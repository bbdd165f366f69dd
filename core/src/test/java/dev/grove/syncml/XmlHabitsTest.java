package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.syncml.Command.Add;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Atomic;
import dev.grove.syncml.Command.Get;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Command.Unknown;
import dev.grove.syncml.Element.Child;
import dev.grove.syncml.Element.Text;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices and servers in the field write in XML, and what nobody should. */
class XmlHabitsTest {

    private static final String HEADER = "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
            + "<SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>t</LocURI></Target>"
            + "<Source><LocURI>s</LocURI></Source></SyncHdr>";
    private static final String START = "<SyncML xmlns='SYNCML:SYNCML1.2'>" + HEADER + "<SyncBody>";
    private static final String GET = "<Get><CmdID>1</CmdID><Item><Target><LocURI>./Ä</LocURI></Target></Item></Get>";
    private static final String END = "</SyncBody></SyncML>";
    private static final Get GET_READ = new Get("1", Meta.NONE, List.of(Item.at("./Ä", Meta.NONE, null)));

    private static Message read(Bytes document) throws Malformed {
        return SyncmlCodec.decode(document, Encoding.XML, Limits.DEFAULT);
    }

    private static Message read(String document) throws Malformed {
        return read(Bytes.utf8(document));
    }

    private static Message body(String commands) throws Malformed {
        return read(START + commands + END);
    }

    private static Item firstItem(String commands) throws Malformed {
        return ((Command.WithItems) body(commands).body().getFirst()).items().getFirst();
    }

    private static Data data(String content) throws Malformed {
        Data data = firstItem("<Add><CmdID>1</CmdID><Item><Data>" + content + "</Data></Item></Add>").data();
        assertThat(data).isNotNull();
        return data == null ? Data.of("") : data;
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void reads_unicode_by_its_byte_order_mark_or_its_first_bytes_whatever_is_declared(String charset) throws Malformed {
        for (String declaration : List.of("", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='UTF-8' ?>\n",
                "<?xml version='1.0' encoding='utf-16'?>")) {
            for (String mark : List.of("", "\uFEFF")) {
                Bytes document = Bytes
                        .wrap((mark + declaration + START + GET + END).getBytes(Charset.forName(charset)));

                assertThat(read(document).body()).as(charset + declaration + mark.length()).containsExactly(GET_READ);
            }
        }
    }

    @Test
    void reads_declared_single_byte_encodings_and_refuses_others() throws Malformed {
        String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + START + GET + END;
        assertThat(read(Bytes.wrap(latin.getBytes(StandardCharsets.ISO_8859_1))).body()).containsExactly(GET_READ);
        String windows = latin.replace("ISO-8859-1", "windows-1252");
        assertThat(read(Bytes.wrap(windows.getBytes(StandardCharsets.ISO_8859_1))).body()).containsExactly(GET_READ);
        assertThatThrownBy(() -> read(latin.replace("ISO-8859-1", "EBCDIC-CP-US"))).isInstanceOf(Malformed.class);
    }

    @Test
    void refuses_bytes_that_are_not_utf8() {
        Bytes latin = Bytes.wrap((START + GET + END).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(latin)).isInstanceOf(Malformed.class);
    }

    @Test
    void reads_any_prefix_and_any_misspelt_namespace_and_none() throws Malformed {
        String prefixed = (START + GET + END).replace("<", "<s:").replace("<s:/", "</s:").replace("xmlns=", "xmlns:s=");
        assertThat(read(prefixed).body()).containsExactly(GET_READ);
        for (String namespace : List.of("SYNML:SYNML1.2", "syncml:SYNCML1.2", "SYNCML:SYNCML1.1", "x", "")) {
            assertThat(read((START + GET + END).replace("SYNCML:SYNCML1.2", namespace)).body())
                    .containsExactly(GET_READ);
        }
    }

    @Test
    void reads_meta_without_a_namespace_with_one_on_itself_and_with_a_metinf() throws Malformed {
        for (String meta : List.of("<Meta><Format>int</Format><Type>a/b</Type></Meta>",
                "<Meta xmlns='syncml:metinf'><Type>\n a/b\n</Type><Format>int</Format></Meta>",
                "<Meta><MetInf xmlns='syncml:metinf'><Format>int</Format><Type>a/b</Type></MetInf></Meta>",
                "<Meta xmlns:m='syncml:metinf'><m:Type>a/b</m:Type><m:Format>int</m:Format></Meta>")) {
            assertThat(firstItem("<Add><Item>" + meta + "</Item></Add>").meta()).isEqualTo(Meta.of("int", "a/b"));
        }
    }

    @Test
    void keeps_other_and_unreadable_meta_information() throws Malformed {
        Meta meta = firstItem(
                "<Add><Item><Meta><EMI xmlns='syncml:metinf'>e</EMI><Size xmlns='syncml:metinf'>many</Size>"
                        + "<MaxObjSize>12</MaxObjSize><Odd xmlns='urn:x'><In a='1'/></Odd></Meta></Item></Add>")
                .meta();

        assertThat(meta.maxObjSize()).isEqualTo(12);
        assertThat(meta.size()).isNull();
        assertThat(meta.others()).extracting(Element::name).containsExactly("EMI", "Size", "Odd");
        assertThat(meta.others().get(1)).isEqualTo(
                new Element("syncml:metinf", "Size", List.of(new Text(Data.of("many")))));
        assertThat(meta.others().get(2).namespace()).isEqualTo("urn:x");
    }

    @Test
    void joins_text_with_cdata_references_and_comments_between() throws Malformed {
        assertThat(data("a<![CDATA[<b>&]]>c&lt;&#228;&#x1F490;<!-- not this --><?nor this?> d"))
                .isEqualTo(Data.of("a<b>&c<ä\uD83D\uDC90 d"));
        assertThat(body("<Get><Cmd<!-- -->ID/></Get>".replace("<!-- -->", "")).body()).hasSize(1);
        assertThat(((Get) body("<Get><CmdID><!-- x --> 1<![CDATA[7]]> </CmdID></Get>").body().getFirst()).cmdId())
                .isEqualTo("17");
    }

    @Test
    void never_trims_data() throws Malformed {
        assertThat(data(" \n x ")).isEqualTo(Data.of(" \n x "));
        assertThat(data(" ")).isEqualTo(Data.of(" "));
        assertThat(data("")).isEqualTo(Data.of(""));
        assertThat(data("a\r\nb&#13;c")).isEqualTo(Data.of("a\nb\rc"));
    }

    @Test
    void reads_children_in_any_order() throws Malformed {
        assertThat(body("<Status><Item><Data>i</Data></Item><Data> 200 </Data><Cmd>Get</Cmd><CmdRef> 4</CmdRef>"
                + "<MsgRef>2</MsgRef><TargetRef><LocURI>./A</LocURI></TargetRef><TargetRef>./B</TargetRef>"
                + "<CmdID>9</CmdID></Status>").body()).containsExactly(
                        new Status("9", "2", "4", "Get", List.of("./A", "./B"), List.of(), null, null, StatusCode.OK,
                                null, List.of(Item.of("i"))));
        assertThat(
                body("<Results><Item/><SourceRef><LocURI>./S</LocURI></SourceRef><CmdRef>1</CmdRef></Results>").body())
                .containsExactly(new Results("", "", "1", Meta.NONE, null, "./S", List.of(Item.EMPTY)));
        assertThat(body("<Alert><Item/><Data>1226</Data><Correlator>c</Correlator></Alert>").body())
                .containsExactly(new Alert("", AlertCode.GENERIC, "c", List.of(Item.EMPTY)));
    }

    @Test
    void reads_the_header_in_any_order_with_everything_in_it() throws Malformed {
        Message message = read(
                "<SyncML><SyncBody/><SyncHdr><Meta><MaxMsgSize xmlns='syncml:metinf'>5000</MaxMsgSize></Meta>"
                        + "<Cred><Data>x</Data><Meta><Type>syncml:auth-basic</Type></Meta></Cred>"
                        + "<NoResp/><RespURI>u</RespURI>"
                        + "<Source><LocName>n</LocName><LocURI>s</LocURI></Source><Target><LocURI>t</LocURI></Target>"
                        + "<MsgID>2</MsgID><SessionID>F</SessionID><VerProto>DM/1.3</VerProto>"
                        + "<VerDTD> 1.2 </VerDTD></SyncHdr>"
                        + "</SyncML>");

        assertThat(message.header()).isEqualTo(new SyncHdr("1.2", "DM/1.3", "F", "2", new Location("t"),
                new Location("s", "n"), "u", true, new Cred(Meta.of(null, "syncml:auth-basic"), "x"),
                new Meta(null, null, null, null, null, 5000L, null, List.of())));
        assertThat(message.body()).isEmpty();
    }

    @Test
    void keeps_inline_trees_and_other_elements_as_markup() throws Malformed {
        String tree = "<VerDTD>1.2</VerDTD><Node><NodeName> a </NodeName><Value> </Value></Node></MgmtTree>";
        assertThat(data("\t<MgmtTree>\t" + tree.replace("><", ">\t<") + "\t"))
                .isEqualTo(new Data.Markup("<MgmtTree xmlns=\"syncml:dmddf1.2\">" + tree));
        assertThat(data("<wap:doc xmlns:wap='urn:w' version='1'><p a='\"&lt;&#10;' wap:b=''/> &amp; <q xmlns='urn:z'/>"
                + "</wap:doc> tail")).isEqualTo(new Data.Markup("<doc xmlns=\"urn:w\" version=\"1\">"
                        + "<p xmlns=\"SYNCML:SYNCML1.2\" a=\"&quot;&lt;&#10;\" xmlns:wap=\"urn:w\" wap:b=\"\"/> &amp; "
                        + "<q xmlns=\"urn:z\"/></doc> tail"));
    }

    @Test
    void reads_markup_back_as_it_was_written() throws Malformed {
        Message message = body(
                "<Add><Item><Data><MgmtTree><Node><NodeName>&lt;</NodeName></Node></MgmtTree></Data></Item>"
                        + "<Item><Data><a xmlns='urn:a' b='c'>x<d/></a></Data></Item></Add>");

        Bytes xml = SyncmlCodec.encode(message, Encoding.XML);
        assertThat(read(xml)).isEqualTo(message);
        Bytes wbxml = SyncmlCodec.encode(message, Encoding.WBXML);
        Message binary = SyncmlCodec.decode(wbxml, Encoding.WBXML, Limits.DEFAULT);
        assertThat(((Add) binary.body().getFirst()).items()).extracting(Item::data).containsExactly(
                ((Add) message.body().getFirst()).items().getFirst().data(),
                Data.of("<a xmlns=\"urn:a\" b=\"c\">x<d/></a>"));
    }

    @Test
    void keeps_unknown_commands_wherever_commands_stand() throws Malformed {
        Message message = body(
                "<Put><CmdID> 3 </CmdID><Item/></Put><Atomic><CmdID>4</CmdID><v:Wish xmlns:v='http://v' k='w'>"
                        + "<CmdID>5</CmdID></v:Wish></Atomic><Get xmlns='http://v'/>");

        assertThat(message.body()).extracting(Command::name).containsExactly("Put", "Atomic", "Get");
        assertThat(message.body().get(0).cmdId()).isEqualTo("3");
        assertThat(message.body().get(2)).isInstanceOf(Unknown.class);
        Command wish = ((Atomic) message.body().get(1)).commands().getFirst();
        assertThat(wish.cmdId()).isEqualTo("5");
        assertThat(((Unknown) wish).element()).isEqualTo(new Element("http://v", "Wish",
                List.of(new dev.grove.wire.Tokens.Attribute("", "", "k", "w")),
                List.of(new Child(new Element("SYNCML:SYNCML1.2", "CmdID", List.of(new Text(Data.of("5"))))))));
        assertThat(read(SyncmlCodec.encode(message, Encoding.XML))).isEqualTo(message);
    }

    @Test
    void passes_over_what_has_no_place() throws Malformed {
        assertThat(body("text<Get>text<NoResp/><Lang>de</Lang><Odd><Item/></Odd><CmdID>1</CmdID><Item><Odd/><Target>"
                + "<LocURI>./Ä</LocURI><Filter><Meta/></Filter></Target></Item></Get>").body())
                .containsExactly(GET_READ);
    }

    @Test
    void reads_and_writes_the_error_of_windows() throws Malformed {
        Message message = body("<Status xmlns:msft='http://schemas.microsoft.com/MobileDevice/MDM'><CmdID>1</CmdID>"
                + "<MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Get</Cmd>"
                + "<Data msft:originalerror='0x86000002'>404</Data></Status>");

        assertThat(((Status) message.body().getFirst()).originalError()).isEqualTo("0x86000002");
        Bytes written = SyncmlCodec.encode(message, Encoding.XML);
        assertThat(written.utf8()).contains("<Data xmlns:msft=\"http://schemas.microsoft.com/MobileDevice/MDM\" "
                + "msft:originalerror=\"0x86000002\">404</Data>");
        assertThat(read(written)).isEqualTo(message);
    }

    @Test
    void tolerates_a_document_type_and_loads_nothing() throws Malformed {
        for (String doctype : List.of("<!DOCTYPE SyncML>",
                "<!DOCTYPE SyncML PUBLIC \"-//SYNCML//DTD SyncML 1.2//EN\" \"http://127.0.0.1:9/no.dtd\">",
                "<!DOCTYPE SyncML [<!ENTITY e 'x'><!ELEMENT SyncML ANY>]>")) {
            assertThat(read(doctype + START + GET + END).body()).containsExactly(GET_READ);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE S [<!ENTITY e 'x'>]>", "<!DOCTYPE S [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
            "<!DOCTYPE S SYSTEM 'http://127.0.0.1:9/e.dtd'>", ""})
    void refuses_entities_beyond_the_five(String doctype) {
        assertThatThrownBy(() -> read(doctype + START + "<Get><CmdID>&e;</CmdID></Get>" + END))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(doctype + START + "<Add><Item><Data>&e;</Data></Item></Add>" + END))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(doctype + START + "<Add><Item><Data><a b='&e;'/></Data></Item></Add>" + END))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void reads_bare_ampersands_of_user_interactions() throws Malformed {
        Message message = body("<Alert><Data>1102</Data><Item><Data>MAXDT=20&DR=hello&amp;IT=N&</Data></Item>"
                + "<Item><Data><![CDATA[a&b]]></Data></Item></Alert>");

        assertThat(((Alert) message.body().getFirst()).items()).containsExactly(
                Item.of("MAXDT=20&DR=hello&IT=N&"), Item.of("a&b"));
    }

    @Test
    void keeps_the_last_of_what_may_stand_once() throws Malformed {
        assertThat(body("<Replace><CmdID>1</CmdID><CmdID>2</CmdID></Replace>").body())
                .containsExactly(new Replace("2", Meta.NONE, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source"})
    void names_the_part_of_the_header_that_is_missing(String part) {
        String without = HEADER.replaceAll("<" + part + ">.*</" + part + ">", "");
        assertThatThrownBy(() -> read("<SyncML>" + without + "<SyncBody/></SyncML>")).isInstanceOf(Malformed.class)
                .hasMessageContaining(part);
        String empty = HEADER.replaceAll("<" + part + ">.*</" + part + ">", "<" + part + "/>");
        assertThatThrownBy(() -> read("<SyncML>" + empty + "<SyncBody/></SyncML>")).isInstanceOf(Malformed.class)
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "<", "<SyncML", "<SyncML>", "<SyncML></SyncBody>", "<SyncML/>", "<Other/>",
            "<SyncML a='1' a='1'/>", "<SyncML><SyncHdr>&#0;</SyncHdr></SyncML>", "<SyncML>]]></SyncML>",
            "<a:SyncML/>", "<?xml version='1.0'", "<!DOCTYPE", "<SyncML><![CDATA[", "<SyncML><!-- -- --></SyncML>"})
    void refuses_what_is_no_message(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Data/>", "<Data>ok</Data>", "<Data>99</Data>", "<Data>2000</Data>",
            "<Data>4294967496</Data>", "<Data>-200</Data>"})
    void refuses_a_status_without_a_code(String data) {
        assertThatThrownBy(() -> body("<Status><CmdID>1</CmdID>" + data + "</Status>")).isInstanceOf(Malformed.class)
                .hasMessageContaining("SyncML/SyncBody");
    }

    @Test
    void takes_an_alert_without_a_readable_code() throws Malformed {
        assertThat(body("<Alert/><Alert><Data>soon</Data></Alert>").body())
                .allSatisfy(alert -> assertThat(((Alert) alert).code()).isEqualTo(AlertCode.ABSENT));
    }

    @Test
    void chooses_the_spelling_by_the_media_type() throws Malformed {
        Bytes document = Bytes.utf8(START + GET + END);

        assertThat(
                SyncmlCodec.decode(new Packet("application/vnd.syncml.DM+xml; charset=utf-8", document), Limits.DEFAULT)
                        .body())
                .containsExactly(GET_READ);
        assertThatThrownBy(() -> SyncmlCodec.decode(new Packet("text/xml", document), Limits.DEFAULT))
                .isInstanceOf(Malformed.class);
    }
}
