package dev.grove.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import dev.grove.tools.json.JsonView;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The session benchmark runs and checks what it did; how fast is no matter here. */
class BenchEndToEndTest {

    @Test
    void measures_sessions_that_did_their_job() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute("bench",
                "--json", "--duration", "300ms", "--warm-up", "100ms", "--devices", "4", "--java-option", "-Xmx256m");
        assertThat(status).as(err.toString()).isZero();
        JsonView report = JsonView.read(out.toString());
        assertThat(report.at("encoding").text()).isEqualTo("wbxml");
        assertThat(report.at("sessions").at("messages").number().orElse(0L)).isPositive();
        assertThat(report.at("sessions").at("allocatedBytesPerMessage").number().orElse(0L)).isPositive();
        assertThat(report.at("constant").at("messagesPerSecond").number().orElse(0L)).isPositive();
        assertThat(Double.parseDouble(report.at("ratio").text())).isPositive();
        assertThat(report.at("firstReplyMillis").number().orElse(0L)).isPositive();
    }
}
