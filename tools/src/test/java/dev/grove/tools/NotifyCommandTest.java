package dev.grove.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code grove notify} makes notifications, and {@code grove decode} reads them. */
class NotifyCommandTest {

    private static final String V1 = "2f4142eec2d46f1695ba01e215e980f502d0000000123412636f6d2e6d676d747372762e6d616e616"
            + "765";
    private static final String E = "IwAQFGNvbS5leGFtcGxlLmRtc2VydmVyEAMCAQAQAgAqECDFw7OggHjfuiovo+ZTmNfJHe3EFpFly8QUE"
            + "wROdnZ6ChAEVKSOABAA";

    @TempDir
    private Path folder = Path.of("");

    private String file(String content) throws IOException {
        Path file = Files.createTempFile(folder, "secret", "");
        return Files.writeString(file, content + "\n").toString();
    }

    private String v1(String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of("notify", "--server-id", "com.mgmtsrv.manage", "--id", "0x1234",
                "--mode", "background", "--initiator", "client", "--nonce", "AQIDBAUGBwgJCgsMDQ4PEA==",
                "--secret-file", file("DmSecret-42")));
        line.addAll(List.of(more));
        return run(line);
    }

    private String dm20(String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of("notify", "--kind", "dm20", "--server-id", "com.example.dmserver",
                "--id", "42", "--prefer", "wlan,cellular,any", "--timestamp", "1420070400", "--req-mos",
                "--secret-file", file("NotiSecret"), "--auth-data-file", file("NotiAuthData")));
        line.addAll(List.of(more));
        return run(line);
    }

    private static String run(List<String> line) {
        CommandRun run = CommandRun.of(line.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out();
    }

    private static String decode(String input, String... options) {
        List<String> line = new ArrayList<>(List.of("decode"));
        line.addAll(List.of(options));
        line.add("-");
        CommandRun run = CommandRun.withInput(input, line.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @Test
    void makes_a_trigger_bare_in_a_push_and_in_a_short_message() throws IOException {
        assertThat(v1()).isEqualToIgnoringNewLines(V1);
        assertThat(v1("--envelope", "wap")).isEqualToIgnoringNewLines("010603c4af87" + V1);
        assertThat(v1("--envelope", "sms")).isEqualToIgnoringNewLines("0605040b84c002010603c4af87" + V1);
        assertThat(v1("--output", "base64")).isEqualToIgnoringNewLines(Bytes.hex(V1).base64());
        assertThat(v1("--user", "someone", "--notification-version", "10", "--vendor", "cafe01")).contains("0290")
                .contains("cafe01");
    }

    @Test
    void makes_a_notification_of_DM_2_0() throws IOException {
        assertThat(dm20("--output", "base64")).isEqualToIgnoringNewLines(E);
        assertThat(dm20("--digest-of", "message"))
                .contains("ecf22e5cfe0b48695d74d0ebfa8b7831f87788c2c0b4cc410713aceff89bc0c1");
        assertThat(run(List.of("notify", "--kind", "dm20", "--id", "0x1234")))
                .isEqualToIgnoringNewLines("208030021234");
        assertThat(run(List.of("notify", "--kind", "dm20", "--id", "0010"))).as("decimal, as the help says")
                .isEqualToIgnoringNewLines("20803002000a");
    }

    @Test
    void what_it_makes_is_read_by_decode() throws IOException {
        assertThat(decode(v1("--envelope", "sms"))).isEqualTo("""
                1 short message, 55 bytes (from hexadecimal)
                Short message to port 2948, from port 49154
                WAP push 1 of application/vnd.syncml.notification
                  application = x-wap-application:syncml.dm
                Notification of DM 1.x, version 1.1
                  server = com.mgmtsrv.manage
                  session = 1234
                  mode = background
                  initiator = client
                  digest = 2f4142eec2d46f1695ba01e215e980f5  (MD5)
                """);
        assertThat(decode(dm20())).isEqualTo("""
                Notification, 75 bytes (from hexadecimal)
                Notification of DM 2.0
                  server = com.example.dmserver
                  preferred = wlan, cellular, any
                  id = 42
                  sent = 2015-01-01T00:00:00Z
                  asks for the objects that the device has
                  digest = c5c3b3a08078dfba2a2fa3e65398d7c91dedc4169165cbc41413044e76767a0a  (SHA-256)
                """);
    }

    @Test
    void a_notification_that_takes_two_short_messages_comes_back_whole() throws IOException {
        String lines = run(List.of("notify", "--kind", "dm20", "--id", "42", "--server-id", "x".repeat(150),
                "--envelope", "sms"));

        assertThat(lines.lines()).hasSize(2);
        assertThat(decode(lines)).startsWith("2 short messages, ").contains("part 1 of 2 (reference 1)",
                "WAP push 1 of application/vnd.syncml.dm.notification", "server = xxx", "id = 42");
        String base64 = run(List.of("notify", "--kind", "dm20", "--id", "42", "--server-id", "x".repeat(150),
                "--envelope", "sms", "--output", "base64"));
        assertThat(decode(base64)).isEqualTo(decode(lines).replace("(from hexadecimal)", "(from base64)"));
        assertThat(decode(lines.lines().findFirst().orElseThrow())).contains("part 1 of 2", "content = 010603d8af87")
                .doesNotContain("Notification of");
    }

    @Test
    void decode_writes_json_for_programs() throws IOException {
        assertThat(decode(v1("--envelope", "sms", "--vendor", "ca"), "--to", "json")).contains("\"kind\" : \"sms\"",
                "\"destinationPort\" : 2948", "\"contentType\" : \"application/vnd.syncml.notification\"",
                "\"protocol\" : \"dm1\"", "\"version\" : \"1.1\"", "\"sessionId\" : 4660",
                "\"sessionIdText\" : \"1234\"", "\"mode\" : \"background\"", "\"initiator\" : \"client\"",
                "\"vendorBase64\" : \"yg==\"");
        assertThat(decode(dm20("--envelope", "wap"), "--to", "json")).contains("\"kind\" : \"wap-push\"",
                "\"protocol\" : \"dm20\"", "\"notificationId\" : 42", "\"sentAt\" : \"2015-01-01T00:00:00Z\"",
                "\"requestsObjects\" : true", "\"deviceManagement\" : true");
    }

    @Test
    void decode_reads_octets_and_base64_and_a_media_type_decides() throws IOException {
        CommandRun octets = CommandRun.withInput(Bytes.hex("010603c4af87" + V1).toArray(), "decode", "-");
        assertThat(octets.out()).startsWith("WAP push, 48 bytes\n").contains("session = 1234");
        assertThat(decode(Bytes.hex(V1).base64())).startsWith("Notification, 42 bytes (from base64)");
        assertThat(decode(v1("--notification-version", "500"), "--media-type", "application/vnd.syncml.notification"))
                .contains("version 50.0");
        CommandRun wrong = CommandRun.withInput(V1, "decode", "--media-type",
                "application/vnd.syncml.dm.notification", "-");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("malformed");
    }

    @Test
    void names_of_headers_play_no_tricks_on_the_terminal() {
        String headers = "c4af87" + Bytes.utf8("X-\u001b[2J\nevil").hex() + "00" + Bytes.utf8("value").hex() + "00";
        String push = "0106" + "%02x".formatted(headers.length() / 2) + headers;
        assertThat(decode(push + V1)).contains("X-\\u001b[2J\\u000aevil = value").doesNotContain("\u001b");
    }

    @Test
    void the_experiment_is_called_one() throws IOException {
        String made = v1("--kind", "dm13", "--reason", "a new certificate", "--timestamp", "2026-05-01T12:00:00Z");

        assertThat(decode(made)).contains("Notification of DM 1.3 (experimental)", "reason = a new certificate",
                "expires = 2026-05-01T12:00:00Z", "session = 1234");
        assertThat(decode(made, "--to", "json")).contains("\"protocol\" : \"dm13\"");
    }

    @Test
    void sends_a_push_over_UDP() throws Exception {
        try (DatagramSocket device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            device.setSoTimeout(5000);
            CommandRun run = CommandRun.of("notify", "--kind", "dm20", "--id", "5", "--send",
                    "udp://127.0.0.1:" + device.getLocalPort());
            assertThat(run.status()).isZero();
            assertThat(run.err()).startsWith("sent 12 bytes to udp://127.0.0.1");
            DatagramPacket packet = new DatagramPacket(new byte[500], 500);
            device.receive(packet);
            WapPush push = WapPush.decode(Bytes.wrap(packet.getData(), 0, packet.getLength()));
            assertThat(push.isForDeviceManagement()).isTrue();
            assertThat(Dm2NotificationCodec.decode(push.body()).notification().id()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"--nonce, -, --nonce: no base64: -", "--vendor, xy, --vendor: no octets in hexadecimal: xy"})
    void octets_that_are_none_are_told_with_their_option(String option, String value, String reason)
            throws IOException {
        CommandRun run = CommandRun.of("notify", "--server-id", "a", "--secret-file", file("s"), option + "=" + value);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(reason).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --server-id a | bears a digest
            --id 1 | names its server
            --kind dm20 --id x | no number
            --kind dm20 --id 65536 | has 16 bits
            --kind dm20 --prefer any,wlan | at the end
            --kind dm20 --timestamp soon | no time
            --kind dm20 --send udp://h:1 --envelope sms | holds no short message
            --kind dm20 --send tcp://h:1 | is not udp://HOST:PORT
            --kind dm20 --send udp://h:65536 | is not udp://HOST:PORT
            --kind dm20 --id 0x10000 | has 16 bits
            --kind dm20 --id 0x | no number
            --kind dm20 --secret-file /no/such/file | cannot be read
            --kind dm20 --envelope wap --transaction-id 256 | 8 bits
            """)
    void what_cannot_be_made_is_one_line_and_status_2(String options, String reason) {
        CommandRun run = CommandRun.of(("notify " + options).split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("grove: ").contains(reason).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }
}
