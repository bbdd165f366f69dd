package dev.grove.verify.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.syncml.Transcoder;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code wbxml2xml} and {@code xml2wbxml} of libwbxml 0.11 read what Grove writes and write what Grove reads.
 *
 * <p>Where libwbxml errs, seen by hand, and Grove differs on purpose: it names token 0x30 {@code Reserved for future
 * use}, which is no XML; it knows no page 2 inside of a message, so an in-line tree becomes {@code unknown} elements;
 * it
 * puts binary opaques, control characters and bytes that are no UTF-8 into the XML as they are, whatever the format; it
 * refuses attributes and processing instructions; it drops {@code Data} that is white space unless told to keep it; and
 * without iconv it refuses ISO-8859-1. The opaques that it writes for the data of items are texts to Grove's reader.
 */
class LibwbxmlInteropTest {

    private static final Path GOLDEN = Path.of("../core/src/test/resources/golden");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void needs_libwbxml() {
        boolean present = Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "wbxml2xml")));
        assumeTrue(present, "wbxml2xml is not installed (Debian: libwbxml2-utils): no second opinion on WBXML");
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            List<Path> strict = files.filter(file -> file.toString().endsWith(".strict.xml")).sorted().toList();
            assertThat(strict).hasSizeGreaterThan(40);
            return strict.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void reads_the_wbxml_of_grove_as_the_same_message(Path example) throws Exception {
        Message message = SyncmlCodec.decode(bytes(example), Encoding.XML, Limits.DEFAULT);
        Bytes wbxml = SyncmlCodec.encode(message, Encoding.WBXML);

        Bytes xml = run(wbxml, "wbxml2xml", "-m", "0", "-k");
        assertThat(SyncmlCodec.decode(xml, Encoding.XML, Limits.DEFAULT)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writes_wbxml_that_grove_reads_as_the_same_message(Path example) throws Exception {
        Bytes xml = bytes(example);
        Bytes numeric = run(xml, "xml2wbxml", "-k", "-n", "-v", "1.3");
        Bytes withTable = run(xml, "xml2wbxml", "-k", "-v", "1.1");

        String expected = Transcoder.indented(xml, Limits.DEFAULT);
        assertThat(Transcoder.indented(numeric, Limits.DEFAULT)).isEqualTo(expected);
        assertThat(Transcoder.indented(withTable, Limits.DEFAULT)).isEqualTo(expected);
        Message message = SyncmlCodec.decode(xml, Encoding.XML, Limits.DEFAULT);
        assertThat(SyncmlCodec.encode(SyncmlCodec.decode(withTable, Encoding.WBXML, Limits.DEFAULT), Encoding.XML))
                .isEqualTo(SyncmlCodec.encode(message, Encoding.XML));
    }

    @Test
    void agrees_on_a_tree_embedded_in_a_message() throws Exception {
        Bytes message = hex("wbxml-1.3/8-m2-nested-tnds.hex");
        String ours = Transcoder.indented(message, Limits.DEFAULT);

        Bytes theirs = run(message, "wbxml2xml", "-m", "0");
        assertThat(Transcoder.indented(theirs, Limits.DEFAULT)).isEqualTo(ours);
        Bytes written = run(Transcoder.transcode(message, Encoding.XML, Limits.DEFAULT), "xml2wbxml", "-v", "1.3");
        assertThat(Transcoder.indented(written, Limits.DEFAULT)).isEqualTo(ours);
    }

    @Test
    void both_refuse_a_document_that_is_cut_off() throws Exception {
        Bytes message = hex("wbxml-1.3/8-m1-package-1.hex");
        Bytes cut = message.slice(0, message.length() - 3);

        assertThat(exitStatus(cut, "wbxml2xml")).isNotZero();
        assertThatThrownBy(() -> SyncmlCodec.decode(cut, Encoding.WBXML, Limits.DEFAULT))
                .isInstanceOf(Malformed.class);
    }

    private static Bytes bytes(Path file) throws IOException {
        return Bytes.wrap(Files.readAllBytes(file));
    }

    private static Bytes hex(String golden) throws IOException {
        return Bytes.hex(Files.readString(GOLDEN.resolve(golden)).replaceAll("\\s", ""));
    }

    /** What the program makes of the document. */
    private Bytes run(Bytes document, String... command) throws Exception {
        assertThat(exitStatus(document, command)).as(String.join(" ", command)).isZero();
        return bytes(folder.resolve("out"));
    }

    private int exitStatus(Bytes document, String... command) throws Exception {
        Files.write(folder.resolve("in"), document.toArray());
        List<String> line = Stream.concat(Stream.of(command), Stream.of("-o", "out", "in")).toList();
        Process process = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
