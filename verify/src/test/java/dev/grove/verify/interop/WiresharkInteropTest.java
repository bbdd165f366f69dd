package dev.grove.verify.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wireshark's dissector of WSP sees in Grove's datagrams what Grove means. It knows the number 0x44; that of DM 2.0,
 * 0x58, it shows as a number.
 */
class WiresharkInteropTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void needs_tshark() {
        boolean present = Stream.of("tshark", "text2pcap").allMatch(program -> Stream
                .of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, program))));
        if ("required".equals(System.getenv("GROVE_TEST_TSHARK"))) {
            assertThat(present).as("tshark and text2pcap are installed").isTrue();
        }
        assumeTrue(present, "tshark is not installed (Debian: tshark): no second opinion on WAP push");
    }

    @Test
    @Tag("DM-MEC-004-S-M")
    void a_trigger_is_dissected_as_a_push_to_device_management() throws Exception {
        Bytes trigger = TriggerMessage.of("com.mgmtsrv.manage", 0x1234, UiMode.BACKGROUND)
                .sign("4rv5HfqPfCpL/DPUP8fLvQ==", Bytes.hex("00000000")).encode();

        assertThat(dissected(new Packet(TriggerMessage.MEDIA_TYPE, trigger))).contains("Wireless Session Protocol",
                "Transaction ID: 0x2a", "PDU Type: Push (0x06)", "Headers Length: 3",
                "Content-Type: application/vnd.syncml.notification",
                "X-Wap-Application-Id: x-wap-application:syncml.dm").doesNotContain("Malformed");
    }

    @Test
    @Tag("DM-MEC-004-S-M")
    void a_notification_of_DM_2_0_is_dissected_with_its_number() throws Exception {
        Bytes bytes = Dm2NotificationCodec.encode(new Dm2Notification("grove", List.of(), 7, null, true), null);

        assertThat(dissected(new Packet(Dm2Notification.MEDIA_TYPE, bytes))).contains("PDU Type: Push (0x06)", "0x58",
                "X-Wap-Application-Id: x-wap-application:syncml.dm").doesNotContain("Malformed");
    }

    private String dissected(Packet notification) throws Exception {
        Bytes push = WapPush.of(0x2A, notification).encode();
        assertThat(ShortMessage.split(ShortMessage.Ports.PUSH, 1, push)).hasSize(1);
        Files.writeString(folder.resolve("push.txt"),
                "000000 " + HexFormat.ofDelimiter(" ").formatHex(push.toArray()) + "\n");
        run("text2pcap", "-q", "-u", "9200," + WapPush.PORT, "push.txt", "push.pcap");
        return run("tshark", "-n", "-r", "push.pcap", "-V");
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
