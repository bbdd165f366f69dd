package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.grove.auth.Scheme;
import dev.grove.syncml.Command;
import dev.grove.syncml.Encoding;
import dev.grove.testkit.lockstep.Heard;
import dev.grove.testkit.lockstep.LockstepDevice;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Bytes that are no message, sent to a running server: an HTTP status and a line in the log that a person understands;
 * a session that was open before goes on afterwards, and a new one works.
 */
class BadBytesEndToEndTest {

    private static final int MAX_BODY = 64 << 10;
    private static final String HEADER = "02a4016a00";
    private static final String SYNC_HDR = HEADER + "6d6c";

    @TempDir
    private static Path data;
    private static ScriptedFleet fleet;
    private static int sessions;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private LockstepDevice open;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        fleet = ScriptedFleet.start(data, Map.of("max-body", Integer.toString(MAX_BODY), "max-depth", "32",
                "max-elements", "2000", "idle", "400ms"));
        fleet.knows("bystander", "basic");
        fleet.knows("worker", "basic");
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @BeforeEach
    void openSession() throws IOException, InterruptedException {
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
        fleet.job("bystander", "{\"get\":{\"uri\":\"./DevInfo/Mod\"}}");
        open = fleet.device("bystander", "b" + ++sessions);
        open.signsIn(Scheme.BASIC, ScriptedFleet.SECRET).only(Command.Get.class);
    }

    @AfterEach
    void theOthersAreAsTheyWere() throws IOException, InterruptedException {
        logger().detachAppender(log);
        open.sends(open.answer()).hasStatus("0", 200).asksNothing().isFinal();
        fleet.manages("worker");
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.grove.server");
    }

    static Stream<Arguments> documents() {
        String good = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD></SyncHdr><SyncBody/></SyncML>";
        return Stream.of(
                Arguments.of("an empty body", 400, ""),
                Arguments.of("no document", 400, "hello"),
                Arguments.of("another document", 400, "<html><body/></html>"),
                Arguments.of("a document that breaks off", 400, good.substring(0, 40)),
                Arguments.of("a document that breaks off in a name", 400, good.substring(0, 12)),
                Arguments.of("a second document behind it", 400, good + good),
                Arguments.of("an end of something else", 400, "<SyncML><SyncHdr></SyncBody></SyncML>"),
                Arguments.of("too many bytes", 413, good + " ".repeat(MAX_BODY)),
                Arguments.of("too deep", 400, "<SyncML>" + "<a>".repeat(100)),
                Arguments.of("too many elements", 400, "<SyncML>" + "<a/>".repeat(3000) + "</SyncML>"),
                Arguments.of("an entity that holds itself", 400, "<!DOCTYPE SyncML [<!ENTITY a \"&a;&a;\">]>"
                        + "<SyncML>&a;</SyncML>"),
                Arguments.of("a billion laughs", 400, "<!DOCTYPE SyncML [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;\">]><SyncML>&c;</SyncML>"),
                Arguments.of("a file of the server", 400, "<!DOCTYPE SyncML [<!ENTITY f SYSTEM "
                        + "\"file:///etc/passwd\">]><SyncML><SyncHdr><SessionID>&f;</SessionID></SyncHdr></SyncML>"),
                Arguments.of("a character that is none", 400, "<SyncML><SyncHdr>&#0;</SyncHdr></SyncML>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void what_is_no_xml_message_is_refused(String what, int status, String xml) {
        assertRefused(fleet.device("stranger", Encoding.XML).sendsBytes(Bytes.utf8(xml)), status);
    }

    static Stream<Arguments> binaries() {
        return Stream.of(
                Arguments.of("nothing behind the header", HEADER),
                Arguments.of("another version of WBXML", "f3a4016a006d01"),
                Arguments.of("a header that breaks off", "02a4"),
                Arguments.of("a string table that ends behind the body", "02a4016aff7f6d01"),
                Arguments.of("a string table as long as an integer can be", "02a4016a8fffffff7f6d01"),
                Arguments.of("a reference behind the string table", "02a4016a0361620071" + "6d6c71831001010101"),
                Arguments.of("a reference without a string table", SYNC_HDR + "718300010101"),
                Arguments.of("a text without an end", SYNC_HDR + "7103312e32"),
                Arguments.of("opaque data that end behind the body", SYNC_HDR + "71c37f312e320101"),
                Arguments.of("a length of five bytes", SYNC_HDR + "71c38fffffff7f31010101"),
                Arguments.of("a length of six bytes", SYNC_HDR + "71c3818181818101310101"),
                Arguments.of("an entity that is no character", SYNC_HDR + "7102ffffff7f010101"),
                Arguments.of("an unknown code page", HEADER + "6d00076c010101"),
                Arguments.of("a reserved extension", SYNC_HDR + "c2010101"),
                Arguments.of("too deep", HEADER + "6d" + "48".repeat(100)),
                Arguments.of("elements without end", SYNC_HDR + "71"),
                Arguments.of("too many elements", HEADER + "6d6b" + "05".repeat(3000) + "0101"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("binaries")
    void what_is_no_wbxml_message_is_refused(String what, String hex) {
        assertRefused(fleet.device("stranger", Encoding.WBXML).sendsBytes(Bytes.hex(hex)), 400);
    }

    private void assertRefused(Heard heard, int status) {
        heard.hasHttpStatus(status);
        String said = heard.packet().map(packet -> packet.body().utf8()).orElse("");
        assertThat(said).isNotBlank().doesNotContain("root:", "Exception", "dev.grove");
        assertThat(log.list).as("the log").anySatisfy(
                line -> assertThat(line.getFormattedMessage()).startsWith("request refused: ").contains(said.strip()));
    }

    /** [RFC 9110 §15.5.9]: a body that does not come is waited for only so long. */
    @Test
    void a_body_that_does_not_come_is_given_up() throws IOException {
        try (Socket socket = new Socket(fleet.address().getHost(), fleet.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /dm HTTP/1.1\r\nHost: x\r\nContent-Type: " + Encoding.XML.mediaType()
                    + "\r\nContent-Length: 500\r\n\r\n<SyncML>").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 408 ");
        }
        assertThat(log.list).anySatisfy(line -> assertThat(line.getFormattedMessage()).contains("request refused"));
    }
}
