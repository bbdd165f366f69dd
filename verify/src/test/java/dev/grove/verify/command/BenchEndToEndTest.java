package dev.grove.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import dev.grove.tools.json.JsonView;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session benchmark runs and checks what it did; how fast is no matter here. */
class BenchEndToEndTest {

    @ParameterizedTest
    @CsvSource({"dm12, wbxml", "dm20, json"})
    void measures_sessions_that_did_their_job(String protocol, String encoding) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute("bench",
                "--protocol", protocol, "--json", "--duration", "300ms", "--warm-up", "100ms", "--devices", "4",
                "--java-option", "-Xmx256m");
        assertThat(status).as(err.toString()).isZero();
        JsonView report = JsonView.read(out.toString());
        assertThat(report.at("protocol").text()).isEqualTo(protocol);
        assertThat(report.at("encoding").text()).isEqualTo(encoding);
        assertThat(report.at("sessions").at("messages").number().orElse(0L)).isPositive();
        assertThat(report.at("sessions").at("allocatedBytesPerMessage").number().orElse(0L)).isPositive();
        assertThat(report.at("constant").at("messagesPerSecond").number().orElse(0L)).isPositive();
        assertThat(Double.parseDouble(report.at("ratio").text())).isPositive();
        assertThat(report.at("firstReplyMillis").number().orElse(0L)).isPositive();
    }
}
