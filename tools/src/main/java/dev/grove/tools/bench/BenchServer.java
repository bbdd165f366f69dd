package dev.grove.tools.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.server.HttpFront;
import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Job;
import dev.grove.server.fleet.Job.State;
import dev.grove.server.fleet.Job.Terms;
import dev.grove.server.fleet.Jobs;
import dev.grove.server.fleet.Slice;
import dev.grove.server.fleet.Store.Records;
import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpAnswer.Whole;
import dev.grove.server.http.HttpCall;
import dev.grove.server.log.Logs;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server under test, in a process of its own: a whole Grove server on its embedded store, and the same HTTP server
 * once more with a constant answer. Takes commands as lines on the standard input and answers each with one line.
 *
 * <p>The first line has options of the server. {@code fleet FROM TO} makes devices known and gives each a job;
 * {@code done FROM TO} counts those whose newest job is done, and that have no other left; {@code constant BYTES} sets
 * the length of the constant answer; {@code allocated} tells the bytes that all threads have allocated so far,
 * {@code cpu} the nanoseconds of processor time that the process has taken, {@code heap} the bytes in use without
 * garbage.
 */
public final class BenchServer {

    private static final int BATCH = 500;
    private static final Slice NEWEST = new Slice(0, 1, true);
    private static final int LONGEST_BODY = 1 << 20;

    private final ServerApp app;
    private final Script script;
    private volatile Whole constant = new Whole(200, Headers.NONE, Bytes.EMPTY);

    private BenchServer(ServerApp app, Script script) {
        this.app = app;
        this.script = script;
    }

    /** Arguments: the data folder, and the name of the {@link Protocol}. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> settings = new HashMap<>(Map.of("data", Path.of(arguments[0]).toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0", "log-level", "error"));
        settings.putAll(given(in.readLine()));
        Config config = Config.of(Settings.of(settings));
        Logs.set(config.log());
        try (ServerApp app = ServerApp.start(config)) {
            BenchServer server = new BenchServer(app, Protocol.valueOf(arguments[1]).script());
            try (HttpFront front = new HttpFront(config.dm(), server::answer)) {
                front.start();
                server.serve(front, in);
            }
        }
    }

    /** Options of the server, each {@code key=value}, between tabs. */
    private static Map<String, String> given(@Nullable String line) {
        Map<String, String> given = new HashMap<>();
        for (String setting : line == null || line.isEmpty() ? new String[0] : line.split("\t", -1)) {
            int equals = setting.indexOf('=');
            given.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return given;
    }

    private void serve(HttpFront front, BufferedReader in) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        fleet(0, 1);
        out.println("ready " + app.dmUrl() + script.path() + " " + front.url() + "/constant " + app.apiUrl() + " "
                + app.token());
        for (String line; (line = in.readLine()) != null;) {
            String[] words = line.split(" ", -1);
            out.println(switch (words[0]) {
                case "fleet" -> fleet(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "done" -> done(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "constant" -> constant(Integer.parseInt(words[1]));
                case "allocated" -> allocated();
                case "cpu" -> cpuNanos();
                case "heap" -> heap();
                default -> throw new IllegalStateException("no such command: " + line);
            });
        }
    }

    private int fleet(int from, int to) {
        Instant now = Instant.now();
        for (int batch = from; batch < to; batch += BATCH) {
            int first = batch;
            int end = Math.min(batch + BATCH, to);
            app.store().write(records -> {
                for (int i = first; i < end; i++) {
                    add(records, i, now);
                }
                return end;
            });
        }
        return to - from;
    }

    private void add(Records records, int number, Instant now) {
        Secret secret = new Secret(Script.USER, Script.PASSWORD, Bytes.EMPTY);
        Account account = new Account(Template.deviceId(number), secret, List.of(Scheme.MD5), null, Scheme.MD5);
        Device device = Device.of(account, "", now);
        if (!records.devices().add(device)) {
            // A store that has seen the benchmark before: the device begins anew.
            records.devices().put(device);
        }
        records.jobs().add(Job.of(account.deviceId(), script.operations(), Terms.USUAL, now));
    }

    private long done(int from, int to) {
        long done = 0;
        for (int i = from; i < to; i++) {
            String id = Template.deviceId(i);
            done += app.store().read(records -> isDone(records.jobs(), id)) ? 1 : 0;
        }
        return done;
    }

    private static boolean isDone(Jobs jobs, String id) {
        return jobs.list(id, NEWEST).stream().anyMatch(job -> job.state() == State.DONE) && jobs.countLive(id) == 0;
    }

    private long constant(int bytes) {
        constant = new Whole(200, Headers.of("Content-Type", script.answerType()), Bytes.wrap(new byte[bytes]));
        return bytes;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static long heap() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Reads the message as the endpoint does, and forgets it. */
    private HttpAnswer answer(HttpCall call) {
        try {
            call.body(LONGEST_BODY);
            return constant;
        } catch (BodyRefused refused) {
            return HttpAnswer.text(refused.status(), refused.reason());
        }
    }
}
