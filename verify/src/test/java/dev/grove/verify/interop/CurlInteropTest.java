package dev.grove.verify.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device of DM 2.0 that is nothing but {@code curl}: HTTP Digest, cookies, forms, all of another program. */
class CurlInteropTest {

    private static final String STARTED = "{\"Alert\":[{\"AlertType\":\"urn:oma:at:dm:2.0:ClientInitiatedMgmt\"}]}";

    @TempDir
    Path data;

    @Test
    void plays_a_whole_session() throws IOException, InterruptedException {
        assumeThat(isThere()).as("the program curl is not installed here").isTrue();
        try (ServerApp server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0", "store", "memory"))))) {
            api(server, "/devices", "{\"id\":\"IMEI:1\",\"credentials\":{\"client\":{\"userName\":\"u\","
                    + "\"secret\":\"p\"}}}");
            api(server, "/devices/IMEI:1/jobs", "{\"operations\":[{\"get\":{\"uri\":"
                    + "\"urn:oma:mo:oma-dm-devinfo:1.2//Man\"}},{\"replace\":{\"uri\":\"urn:x:y:1.0/i/A\","
                    + "\"value\":\"new\"}}]}");
            String url = server.dmUrl() + "/dm2";

            String commands = curl("-H", "Content-Type: application/vnd.oma.dm.initiation+json", "-d", STARTED, url);
            assertThat(commands).startsWith("{\"CMD\":[[\"GET\",").contains("[\"HGET\",");
            String address = commands.substring(commands.indexOf("http://"), commands.indexOf("\"",
                    commands.indexOf("http://")));
            assertThat(curl(address)).isEqualTo("new");
            String end = curl("-F", "=[200,200];type=application/vnd.oma.dm.response+json".replace("[200,200]",
                    "{\"Status\":[200,200]}"), "-F", "0=Vendor;type=text/plain", url);

            assertThat(end).isEqualTo("{\"CMD\":[[\"END\"]]}");
            assertThat(told(server, "/devices/IMEI:1/jobs/1")).contains("\"state\":\"done\"", "\"value\":\"Vendor\"");
        }
    }

    private String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "20",
                "--digest", "--user", "u:p", "--cookie", data.resolve("jar").toString(), "--cookie-jar",
                data.resolve("jar").toString(), "-H", "OMADM-DevID: IMEI:1"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    private static boolean isThere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("curl", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static void api(ServerApp server, String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + server.token()).POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    private static String told(ServerApp server, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(server.apiUrl() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + server.token()).build(), BodyHandlers.ofString()).body();
        }
    }
}
