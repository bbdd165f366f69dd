package dev.grove.tools.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grove.tools.Grove;
import dev.grove.tools.json.JsonView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and servers that do not do what one would wish. */
class SimulateCommandTest {

    private record Run(int status, String out, String err) {

        static Run of(String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            List<String> all = new ArrayList<>(List.of("simulate"));
            all.addAll(List.of(arguments));
            int status = Grove.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                    .execute(all.toArray(String[]::new));
            return new Run(status, out.toString(), err.toString());
        }

        long sessions(String member) {
            return JsonView.read(out).at("sessions").at(member).number().orElse(-1L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--devices 0", "--profile dm99", "--id SIM", "--id SIM%s", "--poll 0s", "--poll never",
            "--user a:b", "--user {id}", "--lost-replies 2", "--lost-replies 60% --cuts 60%", "--connections 0",
            "--server ftp://x", "--server nowhere", "--server-id a=b", "--server-user s", "--nonce ?",
            "--trust-store /nowhere --poll 1s", "--dm2-path dm2", "--jitter 2", "--retries -1", "--timeout 0s",
            "--api http://127.0.0.1:1 --devices 1", "--first -1"})
    void refuses_options_that_make_no_sense(String options) {
        String[] all = Stream.concat(Stream.of("--server", "http://127.0.0.1:1/dm"),
                Stream.of(options.split(" ", -1))).toArray(String[]::new);
        String[] given = options.startsWith("--server ") ? options.split(" ", -1) : all;
        Run run = Run.of(given);
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().startsWith("grove: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_device_that_is_told_to_wait_waits_and_nobody_has_failed() throws IOException {
        try (Busy server = new Busy("1")) {
            Run run = Run.of("--server", server.url(), "--devices", "4", "--profile", "dm12:2,dm20:2", "--plain",
                    "--poll", "5s", "--enrol-storm", "--duration", "1800ms", "--json");
            assertThat(run.sessions("turnedAway")).isEqualTo(8);
            assertThat(run.sessions("failed")).isZero();
            assertThat(server.asked.get()).isEqualTo(8);
            assertThat(run.status()).as("none was completed").isEqualTo(1);
            assertThat(JsonView.read(run.out()).at("errors").at("no answer: HTTP 503").number()).contains(4L);
        }
    }

    @Test
    void counts_errors_by_kind_and_ends_with_1() throws IOException {
        Run run = Run.of("--server", "http://127.0.0.1:1/dm", "--devices", "3", "--profile", "dm20", "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.sessions("failed")).isEqualTo(3);
        assertThat(JsonView.read(run.out()).at("errors").at("no answer: no connection").number()).contains(3L);
    }

    @Test
    void no_more_devices_call_at_the_same_time_than_there_are_connections() throws IOException {
        try (Busy server = new Busy("600")) {
            Run run = Run.of("--server", server.url(), "--devices", "30", "--profile", "dm12", "--enrol-storm",
                    "--connections", "3", "--duration", "1s");
            assertThat(server.asked.get()).isEqualTo(30);
            assertThat(server.most.get()).isBetween(1, 3);
            assertThat(run.out()).contains("30 turned away", "Error", "30 × no answer: HTTP 503".substring(5));
        }
    }

    /** A server that has no time for anybody. */
    private static final class Busy implements AutoCloseable {

        private final HttpServer http;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Busy(String retryAfter) throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.createContext("/", exchange -> {
                asked.incrementAndGet();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
                now.decrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            });
            http.start();
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/dm";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
