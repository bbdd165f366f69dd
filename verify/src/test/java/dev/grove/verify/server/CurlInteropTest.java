package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code curl} proves a DM 2.0 device by HTTP Digest and Basic, as its authors understand the RFCs. */
class CurlInteropTest {

    @TempDir
    private Path data = Path.of("");

    @BeforeAll
    static void needsCurl() {
        assumeTrue(Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "curl"))),
                "curl is not installed: no second opinion on HTTP Digest");
    }

    @ParameterizedTest
    @CsvSource({"digest-sha256, --digest", "digest-md5, --digest", "basic, --basic",
            "'digest-sha256,digest-md5,basic', --anyauth"})
    @Tag("DM-SEC-001-S-M")
    @Tag("DM-SEC-002-S-M")
    void proves_a_device(String offered, String way) throws Exception {
        try (ServerApp server = start(Map.of("http-auth", offered))) {
            assertThat(status(server, way, "u:p")).isEqualTo("200");
            assertThat(status(server, way, "IMEI:1:p")).as("no colon in a user name").isEqualTo("401");
            assertThat(status(server, way, "u:wrong")).isEqualTo("401");
            assertThat(status(server, way, "nobody:p")).isEqualTo("401");
        }
    }

    @Test
    void proves_nothing_in_a_way_that_is_not_offered() throws Exception {
        try (ServerApp server = start(Map.of("http-auth", "digest-sha256"))) {
            assertThat(status(server, "--basic", "u:p")).isEqualTo("401");
        }
    }

    /** Two requests on one connection: the second counts the nonce on, and is not taken for a repetition. */
    @Test
    void counts_a_nonce_over_several_requests() throws Exception {
        try (ServerApp server = start(Map.of())) {
            String at = server.dmUrl() + "/dm2";
            assertThat(curl(List.of("--digest", "-u", "u:p", at, "-o", "/dev/null", at))).isEqualTo("200200");
        }
    }

    private ServerApp start(Map<String, String> options) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of("data", data.toString(), "dm-listen", "127.0.0.1:0",
                "api-listen", "127.0.0.1:0", "store", "memory"));
        all.putAll(options);
        ServerApp server = ServerApp.start(Config.of(Settings.of(all)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            new ApiClient(http, server.apiUrl(), server.token()).addDevice("IMEI:1");
        }
        return server;
    }

    private static String status(ServerApp server, String way, String login) throws IOException, InterruptedException {
        return curl(List.of(way, "-u", login, server.dmUrl() + "/dm2"));
    }

    /** The HTTP statuses of the last answers. */
    private static String curl(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}",
                "-H", "Content-Type: " + RawDevice.INITIATION, "-H", "OMADM-DevID: IMEI:1", "--data-binary",
                "{\"Alert\":[{\"AlertType\":\"urn:oma:at:dm:2.0:ClientInitiatedMgmt\"}]}"));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
