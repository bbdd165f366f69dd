package dev.grove.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tools.Grove;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tour, with every device and every status of it. */
class DemoEndToEndTest {

    @Test
    void everything_goes_as_the_tour_says() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = run(out, err, "demo", "--once");
        assertThat(status).as(out + "\n" + err).isZero();
        assertThat(out.toString()).contains("Everything went as the tour says.").doesNotContain("!!");
        assertThat(row(out, "Atomic that fails")).containsPattern("(507 \\(216 404 215\\) 200 200 *){5}");
        assertThat(row(out, "Structure")).containsPattern("(200 +){6}objects: [1-9]");
        assertThat(row(out, "Page for the user")).containsPattern("(406 +){5}200 page: read");
        assertThat(row(out, "Subscription")).containsPattern("(406 +){5}200 alert: 55 200");
        assertThat(row(out, "Woken from sleep")).containsPattern("(answered *){6}");
        assertThat(err.toString()).isEmpty();
        assertThat(Files.exists(dataFolder(out.toString()))).as("the temporary folder is left behind").isFalse();
    }

    /** What all devices answered in a chapter. */
    private static String row(StringWriter out, String title) {
        return out.toString().lines().filter(line -> line.startsWith(title)).findFirst().orElseThrow();
    }

    private static Path dataFolder(String out) {
        String label = "  data folder";
        return Path.of(out.lines().filter(line -> line.startsWith(label)).findFirst().orElseThrow()
                .substring(label.length()).strip());
    }

    @Test
    void tells_in_one_line_that_it_cannot_listen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StringWriter err = new StringWriter();
            int status = run(new StringWriter(), err, "demo", "--once", "--dm-listen",
                    "127.0.0.1:" + taken.getLocalPort());
            assertThat(status).isEqualTo(2);
            assertThat(err.toString().lines()).singleElement().asString().startsWith("grove: cannot listen on");
        }
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        return Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
