package dev.grove.tools;

import static dev.grove.tools.CommandRun.sample;
import static dev.grove.tools.CommandRun.sampleText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.inspect.Inspection;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeCommandTest {

    @TempDir
    private Path folder;

    @Test
    void lists_a_message_for_people() {
        CommandRun run = CommandRun.of("decode", sample("package1.xml"));
        assertThat(run).isEqualTo(new CommandRun(0, """
                XML, 1113 bytes
                Message 1 of session 17, DM/1.2 (DTD 1.2)
                  from     IMEI:490154203237518 (birch)
                  to       https://grove.example/dm
                  proves   b64, syncml:auth-md5: ********
                  takes    MaxMsgSize 16384

                    1  Alert 1201 client-initiated session
                    2  Replace
                        ./DevInfo/DevId = IMEI:490154203237518  (chr, text/plain)
                        ./DevInfo/Man = Birch & Sons

                Final: the package ends here
                """.replace("1113", Long.toString(sampleText("package1.xml").length())), ""));
    }

    @Test
    void lists_every_kind_of_command() {
        String out = CommandRun.of("decode", sample("answers.xml")).out();
        assertThat(out).contains("Status 212 Authentication accepted <- header of message 1")
                .contains("Status 404 Not found  HRESULT 0x86000002 <- Exec, command 4 of message 1")
                .contains("Results to command 5 of message 1").contains("00000010: 10 11 12 13 14 15 16 17")
                .contains("Atomic, 2 commands").contains("| two\n").contains("8  Exec  correlator c-1  ./B")
                .contains("Alert 1226 generic alert  correlator c-0").contains("importance warning")
                .contains("Put (not a command of device management)")
                .contains("No Final: the package goes on");
    }

    /** Their token table is no standard's: public identifier 1, the format a number, the access types a bit mask. */
    @Test
    void reads_the_binary_trees_of_motorola_phones() throws IOException {
        Path tree = Files.write(folder.resolve("uri.wbxml"), HexFormat.of().parseHex("01016a005e5d5cc303555249"
                + "0157c30105015ac302000801" + "5d5cc301440157c30104015ac302000801" + "48c302323001010101"));

        assertThat(CommandRun.of("decode", tree.toString()).out()).startsWith("WBXML 1.1, unknown, UTF-8")
                .contains("URI/  (node, Get)").contains("D  (int, Get").contains("default = 20");
        assertThat(CommandRun.of("encode", "--to", "xml", tree.toString()).out())
                .startsWith("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>URI</NodeName>");
        assertThat(CommandRun.of("encode", "--to", "wbxml", "--hex", tree.toString()).status()).isZero();
    }

    @Test
    void lists_trees_and_descriptions_node_by_node() {
        assertThat(CommandRun.of("decode", sample("tree.xml")).out())
                .contains("Account/  (node, urn:oma:mo:oma-dm-dmacc:1.0)").contains("ACL = Get=*&Replace=grove")
                .contains("  ServerID = grove  (chr, text/plain)");
        assertThat(CommandRun.of("decode", sample("description.xml")).out())
                .contains("./Vendor / Lamp  (int, text/plain, Get Replace, ZeroOrOne, Permanent)")
                .contains("# How bright the lamp is, in percent.").contains("default = 50")
                .contains("Value = [0-100]");
    }

    @Test
    void lists_a_tree_inside_of_a_message() {
        String wbxml = CommandRun.of("encode", "--to", "wbxml", "--hex", sample("bootstrap.xml")).out();
        String fromWbxml = CommandRun.withInput(wbxml, "decode", "-").out();
        String fromXml = CommandRun.of("decode", sample("bootstrap.xml")).out();
        assertThat(fromXml).contains("Management tree, DTD 1.2").contains("w7/");
        assertThat(fromWbxml).contains("dmtnds+wbxml").contains("Management tree, DTD 1.2").contains("w7/");
    }

    @ParameterizedTest
    @CsvSource({"package1.xml, c2VjcmV0LWRpZ2VzdC0xNg==", "answers.xml, bm9uY2UtMQ==", "answers.xml, open sesame",
            "tree.xml, open sesame", "bootstrap.xml, open sesame", "provisioning.xml, open sesame"})
    void masks_secrets_unless_told_otherwise(String file, String secret) {
        for (String form : new String[] {"text", "json", "xml"}) {
            CommandRun masked = CommandRun.of("decode", "--to", form, sample(file));
            assertThat(masked.status()).isZero();
            assertThat(masked.out()).as(form).contains("********").doesNotContain(secret);
            assertThat(CommandRun.of("decode", "--show-secrets", "--to", form, sample(file)).out()).as(form)
                    .contains(secret);
        }
    }

    @Test
    void writes_json_for_programs() {
        String out = CommandRun.of("decode", "--to", "json", sample("answers.xml")).out();
        assertThat(out).contains("\"kind\" : \"syncml\"").contains("\"status\" : 404")
                .contains("\"originalError\" : \"0x86000002\"").contains("\"msgRef\" : \"1\"")
                .contains("\"valueBase64\" : \"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\"").contains("\"final\" : false");
        assertThat(CommandRun.of("decode", "--to", "json", sample("tree.xml")).out()).contains("\"kind\" : \"tree\"")
                .contains("\"Type\" : {\n                \"MIME\" : \"text/plain\"")
                .contains("\"name\" : \"ServerID\"");
        assertThat(CommandRun.of("decode", "--to", "json", sample("provisioning.xml")).out())
                .contains("\"kind\" : \"xml\"").contains("\"value\" : \"birch\"");
    }

    @Test
    void writes_indented_xml_that_says_the_same() {
        String xml = CommandRun.of("decode", "--to", "xml", "--show-secrets", sample("answers.xml")).out();
        assertThat(xml).startsWith("<SyncML xmlns=\"SYNCML:SYNCML1.2\">\n  <SyncHdr>\n    <VerDTD>1.2</VerDTD>\n");
        assertThat(listing(xml)).isEqualTo(listing(sampleText("answers.xml")));
    }

    @Test
    void reads_utf_16_whatever_the_declaration_says() {
        String text = sampleText("package1.xml");
        for (var charset : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16LE}) {
            byte[] bytes = charset.equals(StandardCharsets.UTF_16LE)
                    ? ("\uFEFF" + text).getBytes(charset)
                    : text.getBytes(charset);
            CommandRun run = CommandRun.withInput(bytes, "decode", "-");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("Birch & Sons");
        }
    }

    @Test
    void reads_hexadecimal_dumps_and_base64() throws IOException {
        Path wbxml = folder.resolve("message.wbxml");
        assertThat(CommandRun.of("encode", "--to", "wbxml", "-o", wbxml.toString(), sample("package1.xml")).status())
                .isZero();
        byte[] bytes = Files.readAllBytes(wbxml);
        String expected = CommandRun.of("decode", wbxml.toString()).out();
        String dump = Inspection.dump(Bytes.copyOf(bytes));
        assertThat(listing(dump)).isEqualTo(withoutFirstLine(expected));
        assertThat(listing(Base64.getMimeEncoder().encodeToString(bytes))).isEqualTo(withoutFirstLine(expected));
        assertThat(CommandRun.withInput(dump, "decode", "-").out()).startsWith("WBXML 1.3, ")
                .contains(bytes.length + " bytes (from hexadecimal)\n");
    }

    @Test
    void reads_unescaped_ampersands_as_some_servers_send_them() {
        String text = sampleText("package1.xml").replace("&amp;", "&");
        assertThat(CommandRun.withInput(text, "decode", "-").out()).contains("Birch & Sons");
    }

    @Test
    void shows_wbxml_token_by_token() {
        String hex = CommandRun.of("encode", "--to", "wbxml", "--hex", sample("package1.xml")).out();
        CommandRun run = CommandRun.withInput(hex, "decode", "--hex", "-");
        assertThat(run.out()).contains("000000  03 a4 01 6a 00           WBXML 1.3, -//SYNCML//DTD SyncML 1.2//EN")
                .contains("000005  6d                       <SyncML>").contains("\"DM/1.2\"");
        assertThat(CommandRun.of("decode", "--hex", sample("package1.xml")).status()).isEqualTo(2);
    }

    @Test
    void shortens_long_values_on_demand() {
        String out = CommandRun.of("decode", "--limit", "5", sample("package1.xml")).out();
        assertThat(out).contains("Birch… (7 more characters)");
        assertThat(CommandRun.of("decode", "--limit", "-1", sample("package1.xml")).status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<SyncML", "<SyncML><SyncHdr/></SyncML>", "<a>&unknown;</a>", "03a4016a006d",
            "03a4016a006d6c", "0", "00000000: 0300 zz", "<a><b></a></b>", "A4Q="})
    void tells_what_is_wrong_in_one_line(String input) {
        for (String form : new String[] {"text", "json"}) {
            CommandRun run = CommandRun.withInput(input, "decode", "--to", form, "-");
            assertThat(run.status()).as(run.out()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("grove: standard input:").contains("broken rule: ").endsWith("\n");
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void names_file_offset_path_and_rule() throws IOException {
        Path file = folder.resolve("broken.wbxml");
        Files.write(file, HexFormat.of().parseHex("03a4016a006d6c7103312e32"));
        CommandRun run = CommandRun.of("decode", file.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("grove: " + file + ": malformed at offset 9 in SyncML/SyncHdr/VerDTD, broken "
                + "rule: a string ends with a NUL inside the document (WBXML 5.8.4.1)\n");
    }

    @Test
    void tells_that_a_file_is_missing_in_one_line() {
        CommandRun run = CommandRun.of("decode", folder.resolve("none").toString());
        assertThat(run).isEqualTo(new CommandRun(2, "", "grove: " + folder.resolve("none")
                + ": there is no such file\n"));
        assertThat(CommandRun.of("decode", folder.toString()).status()).isEqualTo(2);
    }

    @Test
    void refuses_a_document_that_is_too_long() {
        CommandRun run = CommandRun.of("decode", "--max-bytes", "100", sample("package1.xml"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("at most 100 bytes");
    }

    private static String listing(String input) {
        CommandRun run = CommandRun.withInput(input, "decode", "--show-secrets", "-");
        assertThat(run.status()).as(run.err()).isZero();
        return withoutFirstLine(run.out()).replace("c2VjcmV0LWRpZ2VzdC0xNg==", "********");
    }

    private static String withoutFirstLine(String text) {
        return text.substring(text.indexOf('\n') + 1);
    }
}
