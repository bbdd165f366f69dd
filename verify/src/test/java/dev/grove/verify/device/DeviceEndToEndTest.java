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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The device of the command line, in this process, against a whole server with its durable store and its HTTP API. */
class DeviceEndToEndTest {

    private static final String WORK = "{\"exec\": {\"uri\": \"./Demo/Work/Run\", \"value\": \"1\"}}";
    private static final String CORRELATED_WORK = WORK.replace("}}", ", \"correlator\": \"corr-1\"}}");

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

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (String profile : List.of("dm11", "dm12", "dm13", "windows")) {
            for (String encoding : List.of("xml", "wbxml")) {
                for (String scheme : List.of("basic", "md5", "mac", "sha256")) {
                    all.add(Arguments.of(profile, encoding, scheme));
                }
            }
        }
        return all.stream();
    }

    @Tag("OMA-ERDEF-DM-C-001-M")
    @Tag("OMA-ERDEF-DM-C-006-O")
    @Tag("OMA-ERDEF-DM-S-001-M")
    @Tag("OMA-ERDEF-DM-S_006-O")
    @ParameterizedTest
    @MethodSource("combinations")
    void a_job_is_done_in_every_profile_encoding_and_scheme(String profile, String encoding, String scheme)
            throws Exception {
        String device = "E2E:" + profile + "-" + encoding + "-" + scheme;
        boolean hasCorrelators = profile.equals("dm12") || profile.equals("dm13");
        server.knows(device, scheme);
        String job = server.job(device, get("./DevInfo/DevId"), replace("./Demo/Settings/Name", "Küche <&>"),
                get("./Demo/Settings/Name"), get("./Demo/Nowhere"),
                "{\"atomic\": [" + replace("./Demo/Settings/Name", "never") + ", "
                        + "{\"delete\": {\"uri\": \"./Demo/No\"}}" + "]}",
                get("./Demo/Settings/Name"), hasCorrelators ? CORRELATED_WORK : WORK);

        String out = run(0, device, "--profile", profile, "--encoding", encoding, "--auth", scheme);

        String told = server.told(device, job);
        assertThat(stateOf(told)).as(told + out).isEqualTo("done");
        assertThat(valuesOf(told)).as(told).contains(device, "Küche <&>").doesNotContain("never");
        assertThat(statuses(told)).contains(404, 507, 216, 202);
        String alerts = server.get("/devices/" + pathOf(device) + "/alerts");
        assertThat(alerts).contains("dev.grove.demo.work");
        if (hasCorrelators) {
            assertThat(alerts).contains("corr-1");
        }
        assertThat(out).doesNotContain("device-secret").doesNotContain("server-secret");
    }

    @Test
    void large_objects_go_both_ways() throws Exception {
        for (String encoding : List.of("xml", "wbxml")) {
            String device = "BIG:" + encoding;
            server.knows(device, "md5");
            String big = "QUJD".repeat(100_000);
            String job = server.job(device, get("./Demo/Photo"),
                    "{\"add\": {\"uri\": \"./Demo/Settings/Big\", \"format\": \"bin\", \"valueBase64\": \"" + big
                            + "\"}}",
                    get("./Demo/Settings/Big"));

            run(0, device, "--encoding", encoding, "--auth", "md5", "--max-msg-size", "16k");

            String told = server.told(device, job);
            assertThat(statuses(told)).containsExactly(200, 200, 200);
            List<String> found = RunningServer.all("\"valueBase64\"\\s*:\\s*\"([^\"]*)\"",
                    RunningServer.outcomesOf(told));
            assertThat(found.getFirst()).hasSize(4 * 102_400);
            assertThat(found.getLast()).isEqualTo(big);
        }
    }

    @Test
    void the_user_is_asked_and_answers_from_a_script() throws Exception {
        Path script = Files.writeString(folder.resolve("answers"), "confirm: yes\ninput: CNN\nchoose: 2 3\n");
        server.knows("UI:1", "md5");
        String job = server.job("UI:1", "{\"display\": {\"text\": \"Hello\"}}", "{\"confirm\": {\"text\": \"Go on?\"}}",
                "{\"input\": {\"text\": \"Which?\"}}",
                "{\"choose\": {\"text\": \"What?\", \"choices\": [\"a\", \"b\", \"c\"], \"multiple\": true}}");

        run(0, "UI:1", "--auth", "md5", "--ui", "script", "--ui-script", script.toString());

        String told = server.told("UI:1", job);
        assertThat(statuses(told)).containsExactly(200, 200, 200, 200);
        assertThat(valuesOf(told)).containsExactly("CNN", "2", "3");
    }

    @Test
    void a_device_keeps_its_tree_and_its_nonces_from_run_to_run() throws Exception {
        Path data = folder.resolve("device");
        server.knows("KEEP:1", "md5");
        server.job("KEEP:1", replace("./Demo/Settings/Name", "kept"));
        run(0, "KEEP:1", "--auth", "md5", "--data", data.toString());
        String job = server.job("KEEP:1", get("./Demo/Settings/Name"));

        String out = run(0, "KEEP:1", "--auth", "md5", "--data", data.toString());

        assertThat(valuesOf(server.told("KEEP:1", job))).containsExactly("kept");
        assertThat(out).as("two messages: no challenge was needed").contains(": 2 messages");
    }

    @Test
    void a_folder_of_this_machine_is_managed() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("motd"), "welcome");
        server.knows("FILES:1", "md5");
        String job = server.job("FILES:1", get("./Files"), get("./Files/motd"),
                "{\"add\": {\"uri\": \"./Files/new.conf\", \"value\": \"a=1\"}}",
                "{\"delete\": {\"uri\": \"./Files/motd\"}}", get("./Files/%2E%2E"));

        run(0, "FILES:1", "--auth", "md5", "--folder", "./Files=" + files);

        String told = server.told("FILES:1", job);
        assertThat(statuses(told)).containsExactly(200, 200, 200, 200, 404);
        assertThat(valuesOf(told)).contains("motd", "welcome");
        assertThat(files.resolve("motd")).doesNotExist();
        assertThat(files.resolve("new.conf")).hasContent("a=1");
    }

    @Test
    void many_devices_call_at_once() throws Exception {
        List<String> jobs = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String device = "MANY:%02d".formatted(i);
            server.knows(device, "md5");
            jobs.add(server.job(device, get("./DevInfo/DevId")));
        }

        String out = run(0, "MANY:%02d", "--auth", "md5", "--count", "20");

        for (int i = 1; i <= 20; i++) {
            String device = "MANY:%02d".formatted(i);
            assertThat(valuesOf(server.told(device, jobs.get(i - 1)))).containsExactly(device);
        }
        assertThat(out.lines().filter(line -> line.contains("completed"))).hasSize(20);
    }

    @Test
    void a_device_that_nobody_knows_is_turned_away() {
        String out = run(1, "STRANGER:1", "--auth", "md5", "--retries", "0");

        assertThat(out).contains("STRANGER:1  session").doesNotContain("completed");
    }

    private static String run(int expected, String device, String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("device", "--server", server.url(), "--id", device, "--user",
                "device", "--secret", "device-secret", "--server-user", "server", "--server-secret", "server-secret"));
        arguments.addAll(List.of(more));
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }

    private static String get(String uri) {
        return "{\"get\": {\"uri\": \"" + uri + "\"}}";
    }

    private static String replace(String uri, String value) {
        return "{\"replace\": {\"uri\": \"" + uri + "\", \"value\": \"" + value + "\"}}";
    }
}
