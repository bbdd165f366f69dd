package dev.grove.verify.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import dev.grove.tools.json.JsonView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of all profiles against a whole server. */
class SimulateEndToEndTest {

    private static final int DEVICES = 40;

    @TempDir
    Path data;

    private record Run(int status, String out, String err) {

        long at(String child, String member) {
            return JsonView.read(out).at(child).at(member).number().orElse(-1L);
        }
    }

    private static Run simulate(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void a_lab_takes_a_fleet_of_every_profile() throws Exception {
        try (RunningServer server = RunningServer.start(data, Map.of("unknown-devices", "register"))) {
            Run run = simulate("--server", server.url(), "--devices", Integer.toString(DEVICES), "--enrol-storm",
                    "--connections", "8", "--json");
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.at("sessions", "completed")).isEqualTo(DEVICES);
            assertThat(JsonView.read(run.out()).at("profiles").items()).hasSize(6)
                    .allSatisfy(one -> assertThat(one.at("completed").text()).isEqualTo(one.at("devices").text()));
        }
    }

    @Test
    void every_job_is_answered_and_no_exec_done_twice_whatever_happens_to_the_messages() throws Exception {
        try (RunningServer server = RunningServer.start(data, Map.of())) {
            String[] fleet = {"--server", server.url(), "--devices", Integer.toString(DEVICES), "--api",
                    server.apiUrl(), "--api-token-file", data.resolve("admin-token").toString(), "--user",
                    "user of {id}", "--id", "SIM%04d", "--secret", "a secret of {id}", "--poll", "400ms", "--json"};
            Run first = simulate(with(fleet, "--duration", "600ms"));
            assertThat(first.status()).as(first.out() + first.err()).isZero();
            Map<String, String> jobs = jobs(server);
            Run run = simulate(with(fleet, "--duration", "5s", "--lost-replies", "4%", "--repeats", "4%", "--cuts",
                    "4%", "--slow", "2%", "--slow-time", "50ms", "--abandoned", "3%", "--seed", "11"));
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.at("faults", "lostReplies") + run.at("faults", "cutConnections")).isPositive();
            for (Map.Entry<String, String> job : jobs.entrySet()) {
                String told = server.told(job.getKey(), job.getValue());
                boolean isUnknown = told.contains("an Exec is not sent twice");
                assertThat(RunningServer.stateOf(told)).as(told).isEqualTo(isUnknown ? "failed" : "done");
                assertThat(RunningServer.valuesOf(told)).as(told).isNotEmpty()
                        .allSatisfy(count -> assertThat(Integer.parseInt(count)).isBetween(0, 1));
            }
        }
    }

    private static Map<String, String> jobs(RunningServer server) throws IOException, InterruptedException {
        Map<String, String> jobs = new LinkedHashMap<>();
        for (int number = 1; number <= DEVICES; number++) {
            String id = String.format(Locale.ROOT, "SIM%04d", number);
            String work = server.get("/devices/" + id).contains("DM 2.0") ? "urn:grove:mo:demo:1.0//Work/"
                    : "./Demo/Work/";
            jobs.put(id, server.job(id, "{\"exec\":{\"uri\":\"" + work + "Now\"}}",
                    "{\"get\":{\"uri\":\"" + work + "Count\"}}"));
        }
        return jobs;
    }

    private static String[] with(String[] fleet, String... more) {
        List<String> all = new ArrayList<>(List.of(fleet));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
