package dev.grove.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import dev.grove.tools.json.JsonView;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The benchmark runs in its short form and checks what the devices did; how fast is no matter here. */
class BenchEndToEndTest {

    @Test
    void measures_what_is_named_and_nothing_else() {
        JsonView report = run("--short", "--only", "dm20,fleet,tls,store", "--store", "memory", "--connections", "4",
                "--java-option", "-Xmx256m", "--json");
        JsonView sessions = report.at("dm20");
        assertPositive(sessions.at("sessions"), "messages", "allocatedBytesPerMessage");
        assertPositive(sessions.at("constant"), "messagesPerSecond");
        assertThat(Double.parseDouble(sessions.at("ratio").text())).isPositive();
        assertPositive(sessions, "firstReplyMillis");
        JsonView fleet = report.at("fleet");
        assertThat(fleet.at("devices").number()).contains(10_000L);
        assertPositive(fleet, "enrolMillis", "heapBytes", "firstSessionMillis");
        assertPositive(fleet.at("sessions"), "messagesPerSecondWithFew", "messagesPerSecond");
        assertPositive(fleet.at("polling"), "completed", "serverCpuMillis", "simulatorCpuMillis");
        assertThat(fleet.at("polling").at("failed").number()).contains(0L);
        assertPositive(report.at("tls"), "libraryPerSecond", "serverPerSecond", "resumedPerSecond");
        assertThat(Double.parseDouble(report.at("store").at("ratioToEmbedded").text())).isPositive();
        assertThat(report.has("wbxml") || report.has("xml")).isFalse();
    }

    private static void assertPositive(JsonView object, String... members) {
        for (String member : members) {
            assertThat(object.at(member).number().orElse(0L)).as(member).isPositive();
        }
    }

    private static JsonView run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
        assertThat(status).as(err.toString()).isZero();
        return JsonView.read(out.toString());
    }
}
