package dev.grove.tools.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grove.tools.Grove;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The options of {@code grove device}, and how it ends when there is no good server; with one, see verify. */
class DeviceCommandTest {

    @TempDir
    Path folder;

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine grove = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("device"));
        all.addAll(List.of(arguments));
        int status = grove.execute(all.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void help_tells_every_option_and_the_exit_status() {
        Run help = run("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--server", "--id", "--user", "--secret", "--profile", "--encoding", "--auth",
                "--server-user", "--server-secret", "--tree", "--data", "--ui", "--ui-script", "--poll", "--once",
                "--count", "--max-msg-size", "--max-obj-size", "--trust-store", "--folder", "--verbose",
                "GROVE_DEVICE_SECRET", "Exit status: 0", "%04d");
        assertThat(help.out()).doesNotContain("%%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"|Missing required option: '--id=ID'",
            "--id x|Missing required option: '--server=URL'", "--id x --server ftp://h/|--server is a URL",
            "--id x --server http://h/ --auth md5|needs --secret", "--id a:b --server http://h/ --secret s|no colon",
            "--id x --server http://h/ --auth none --profile dm14|none of dm11, dm12, dm13, dm20, windows",
            "--id x --server http://h/ --auth none --poll soon|no duration",
            "--id x --server http://h/ --auth none --poll 1s --once|exclude each other",
            "--id x --server http://h/ --auth none --max-msg-size 0|no size",
            "--id x --server http://h/ --auth none --count 0|--count",
            "--id %d%d --server http://h/ --auth none --count 2|one number",
            "--id x --server http://h/ --auth none --server-id a=b|--server-id",
            "--id x --server http://h/ --auth none --folder ./A/../B=/tmp|--folder",
            "--id x --server http://h/ --auth none --proxy nowhere|HOST:PORT",
            "--id x --server http://h/ --auth none --ui nobody|terminal, script, none or a file",
            "--id x --server http://h/ --secret s --nonce %|base64",
            "--id x --server http://h/ --secret s --server-user s|--server-secret"})
    void wrong_options_end_with_2_and_say_what_is_wrong(String arguments, String message) {
        Run run = run(arguments == null || arguments.isBlank() ? new String[0] : arguments.split(" ", -1));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void a_server_that_refuses_ends_with_1_and_one_line() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            Run run = run("--server", "http://127.0.0.1:" + server.getAddress().getPort() + "/dm", "--id", "DEV:%02d",
                    "--count", "2", "--user", "u", "--secret", "top-secret", "-v");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("DEV:01  session ", "DEV:02  session ", "HTTP 404", "failed: no answer");
            assertThat(run.out()).as("a trace shows messages").contains("DevInfo");
            assertThat(run.out() + run.err()).doesNotContain("top-secret");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_tree_without_an_account_is_no_device() throws IOException {
        Path tree = Files.writeString(folder.resolve("t"), "./A = chr:x", StandardCharsets.UTF_8);

        Run run = run("--tree", tree.toString(), "--id", "x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("no account (DMAcc)");
    }

    @Test
    void a_tree_that_is_wrong_is_told_with_its_line() throws IOException {
        Path tree = Files.writeString(folder.resolve("t"), "./A = chr:x\n./B = nonsense", StandardCharsets.UTF_8);

        Run run = run("--tree", tree.toString(), "--id", "x", "--server", "http://127.0.0.1:1/", "--auth", "none");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("line 2").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ui-script", "--ui"})
    void a_script_that_is_wrong_is_told_with_its_line(String option) throws IOException {
        Path script = Files.writeString(folder.resolve("s"), "hello", StandardCharsets.UTF_8);

        Run run = run(option, script.toString(), "--id", "x", "--server", "http://127.0.0.1:1/", "--auth",
                "none");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("line 1");
    }
}
