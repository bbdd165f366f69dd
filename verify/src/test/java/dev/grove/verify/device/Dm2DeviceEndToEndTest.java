package dev.grove.verify.device;

import static dev.grove.verify.device.RunningServer.pathOf;
import static dev.grove.verify.device.RunningServer.stateOf;
import static dev.grove.verify.device.RunningServer.statuses;
import static dev.grove.verify.device.RunningServer.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device of the command line as one of DM 2.0, against a whole server. */
class Dm2DeviceEndToEndTest {

    private static final String DEMO = "urn:grove:mo:demo:1.0";

    @TempDir
    static Path folder;
    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = RunningServer.start(folder.resolve("server"), Map.of());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    @Tag("DM-PACK-001-C-M")
    @Tag("DM-PACK-014-C-M")
    @Tag("DM-PACK-019-C-O")
    void reads_writes_and_deletes_by_the_same_jobs_as_any_device() throws Exception {
        server.knows("DM2:1", "basic");
        String job = server.job("DM2:1", get("urn:oma:mo:oma-dm-devinfo:1.2//DevID"), get(DEMO + "//Settings/Name"),
                replace(DEMO + "//Settings/Name", "Küche <&>"), get(DEMO + "//Settings/Name"),
                "{\"delete\": {\"uri\": \"" + DEMO + "//Settings/Wifi\"}}", get(DEMO + "//Settings/Wifi"));

        String out = run("DM2:1");

        String told = server.told("DM2:1", job);
        assertThat(stateOf(told)).as(told + out).isEqualTo("done");
        assertThat(statuses(told)).as(told + out).containsExactly(200, 200, 200, 200, 200, 404);
        assertThat(valuesOf(told)).as(told).contains("DM2:1", "A simulated device", "Küche <&>");
        assertThat(out).doesNotContain("device-secret");
    }

    @Test
    @Tag("DM-PACK-018-C-M")
    @Tag("DM-PACK-028-C-M")
    void executes_and_tells_the_end_later() throws Exception {
        server.knows("DM2:2", "basic");
        String job = server.job("DM2:2", exec(DEMO + "//Work/Now"), exec(DEMO + "//Work/Run"));

        String out = run("DM2:2");

        assertThat(statuses(server.told("DM2:2", job))).as(out).contains(200);
        assertThat(server.get("/devices/" + pathOf("DM2:2") + "/alerts")).as(out).contains("dev.grove.demo.work");
    }

    @Test
    @Tag("DM-PACK-020-C-O")
    void prints_the_page_that_it_shows() throws Exception {
        server.knows("DM2:3", "basic");
        server.job("DM2:3", "{\"show\": {\"url\": \"" + server.url().replace("/dm", "/ui/hello") + "\"}}");

        assertThat(run("DM2:3")).contains("shows the page " + server.url().replace("/dm", "/ui/hello"));
    }

    @Test
    @Tag("DM-BOOT-003-C-O")
    void begins_with_a_bootstrap_from_a_file() throws Exception {
        server.knows("DM2:4", "basic");
        String job = server.job("DM2:4", get("urn:oma:mo:oma-dm-devinfo:1.2//DmV"));
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.json"), """
                [{"ClientURI": "urn:oma:mo:oma-dm-dmacc:2.0//", "MOData": {"home": {"SrvID": "home", "SrvURI": "%s",
                  "Name": "Home", "Perm": {"1": {"MOID": "*"}},
                  "Auth": {"Trsp": {"Data": "ZGV2aWNl", "Secret": "ZGV2aWNlLXNlY3JldA=="}}}}}]"""
                .formatted(server.url() + "2"));

        String out = run(List.of("device", "--id", "DM2:4", "--profile", "dm20", "--auth", "none", "--bootstrap",
                bootstrap.toString()));

        assertThat(out).contains("which it has just come to know");
        assertThat(valuesOf(server.told("DM2:4", job))).as(out).containsExactly("2.0");
    }

    private static String run(String device, String... more) {
        List<String> arguments = new ArrayList<>(List.of("device", "--server", server.url() + "2", "--id", device,
                "--user", "device", "--secret", "device-secret", "--profile", "dm20", "-v"));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    private static String get(String uri) {
        return "{\"get\": {\"uri\": \"" + uri + "\"}}";
    }

    private static String exec(String uri) {
        return "{\"exec\": {\"uri\": \"" + uri + "\"}}";
    }

    private static String replace(String uri, String value) {
        return "{\"replace\": {\"uri\": \"" + uri + "\", \"value\": \"" + value + "\"}}";
    }
}
