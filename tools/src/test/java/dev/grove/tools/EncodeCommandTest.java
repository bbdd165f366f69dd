package dev.grove.tools;

import static dev.grove.tools.CommandRun.sample;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"package1.xml", "answers.xml", "tree.xml"})
    void loses_nothing_on_the_way_to_wbxml_and_back(String file) throws IOException {
        Path wbxml = folder.resolve("there");
        Path xml = folder.resolve("back");
        run("encode", "--to", "wbxml", "-o", wbxml.toString(), sample(file));
        run("encode", "--to", "xml", "-o", xml.toString(), wbxml.toString());
        String direct = run("encode", "--to", "xml", sample(file)).out().strip();
        String attribute = " xmlns:msft=\"http://schemas.microsoft.com/MobileDevice/MDM\""
                + " msft:originalerror=\"0x86000002\"";
        assertThat(Files.readString(xml)).isEqualTo(direct.replace(attribute, ""));
    }

    @Test
    void names_the_document_type_by_number_or_by_text() {
        assertThat(hex("package1.xml")).startsWith("03a4016a006d");
        assertThat(hex("package1.xml", "--public-id", "text")).startsWith("0300006a1e"
                + HexFormat.of().formatHex("-//SYNCML//DTD SyncML 1.2//EN".getBytes(StandardCharsets.US_ASCII)));
        assertThat(hex("package1.xml", "--wbxml-version", "1.2")).startsWith("02a4016a006d");
        assertThat(hex("tree.xml")).startsWith("0300006a1b");
    }

    @Test
    void writes_a_tree_inside_of_a_message_as_a_document_of_its_own() {
        String hex = hex("bootstrap.xml");
        assertThat(hex).contains(HexFormat.of().formatHex("dmtnds+wbxml".getBytes(StandardCharsets.US_ASCII)))
                .contains("0300006a1b2d2f2f4f4d41");
    }

    @Test
    void carries_binary_values_in_both_spellings() {
        String message = CommandRun.sampleText("package1.xml").replace(
                "<Data>Birch &amp; Sons</Data>",
                "<Meta><Format xmlns=\"syncml:metinf\">bin</Format></Meta><Data>AAH/</Data>");
        String hex = CommandRun.withInput(message, "encode", "--to", "wbxml", "--hex", "-").out();
        assertThat(hex).contains("4fc3030001ff01");
        String xml = CommandRun.withInput(hex, "encode", "--to", "xml", "-").out();
        assertThat(xml).contains("<Format xmlns=\"syncml:metinf\">b64</Format></Meta><Data>AAH/</Data>");
    }

    @Test
    void writes_raw_bytes_to_the_standard_output() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.ISO_8859_1));
        try {
            assertThat(CommandRun.of("encode", "--to", "wbxml", sample("package1.xml")).status()).isZero();
        } finally {
            System.setOut(before);
        }
        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(hex("package1.xml"));
    }

    @Test
    void says_what_wbxml_cannot_hold() {
        assertThat(run("encode", "--to", "wbxml", "--hex", sample("answers.xml")).err())
                .isEqualTo("grove: note: WBXML has no place for attributes; left out: 1\n");
        CommandRun other = CommandRun.of("encode", "--to", "wbxml", "--hex", sample("provisioning.xml"));
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("in wap-provisioningdoc, broken rule: the root element");
    }

    @Test
    void refuses_wrong_options_and_malformed_documents_with_status_2() {
        assertThat(CommandRun.of("encode", sample("package1.xml")).status()).isEqualTo(2);
        assertThat(CommandRun.of("encode", "--to", "wbxml", "--wbxml-version", "1.4", sample("package1.xml"))
                .status()).isEqualTo(2);
        CommandRun malformed = CommandRun.withInput("<a>", "encode", "--to", "wbxml", "-");
        assertThat(malformed.status()).isEqualTo(2);
        assertThat(malformed.err().lines()).hasSize(1);
        CommandRun unwritable = CommandRun.of("encode", "--to", "xml", "-o", folder.resolve("no/file").toString(),
                sample("package1.xml"));
        assertThat(unwritable.status()).isEqualTo(2);
        assertThat(unwritable.err()).contains("cannot be written");
    }

    @Test
    void indents_xml_on_demand() {
        assertThat(run("encode", "--to", "xml", "--pretty", sample("tree.xml")).out())
                .startsWith("<MgmtTree xmlns=\"syncml:dmddf1.2\">\n  <VerDTD>");
    }

    private static String hex(String file, String... options) {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"encode", "--to", "wbxml", "--hex", sample(file)}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return run(arguments).out().strip();
    }

    private static CommandRun run(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }
}
