package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed in the middle of its work comes back with everything that it acknowledged, and has nothing
 * done twice: on a real process, with a real {@code kill -9}. Twice in the gate; {@code -Dgrove.crashes=80} for as many
 * as an evening has time for.
 */
class KilledServerTest {

    private static final int DEVICES = 8;
    private static final int CRASHES = Math.clamp(Integer.getInteger("grove.crashes", 2), 1, 80);
    private static final int JOBS_A_CRASH = 12;
    private static final Pattern OUTCOME = Pattern
            .compile("\\{\"operation\":\"(\\d)\",(\"status\":200|\"text\":\"unknown\")");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void comes_back_with_all_it_acknowledged_and_runs_nothing_twice() throws IOException, InterruptedException {
        List<FieldDevice> devices = IntStream.range(0, DEVICES).mapToObj(i -> new FieldDevice("d" + i, http)).toList();
        String dm = "127.0.0.1:0";
        String api = "127.0.0.1:0";
        for (int crash = 0; crash < CRASHES; crash++) {
            try (GroveProcess server = start(dm, api)) {
                dm = URI.create(server.dm()).getAuthority();
                api = URI.create(server.api()).getAuthority();
                submitWork(new ApiClient(http, server.api(), server.token()), crash);
                killUnderLoad(server, devices);
            }
        }
        try (GroveProcess server = start(dm, api)) {
            for (FieldDevice device : devices) {
                device.session(server.dm());
                device.session(server.dm());
            }
            ApiClient client = new ApiClient(http, server.api(), server.token());
            for (int i = 0; i < DEVICES; i++) {
                check(client, "d" + i, devices.get(i));
            }
            assertThat(server.stop()).isIn(0, 143);
        }
        assertThat(devices).anySatisfy(device -> assertThat(device.acknowledged()).isNotEmpty());
    }

    /** In each job, an Exec and a Replace of nodes that no other job names. */
    private static void submitWork(ApiClient api, int crash) throws IOException, InterruptedException {
        for (int device = 0; device < DEVICES; device++) {
            if (crash == 0) {
                api.addDevice("d" + device);
            }
            for (int job = crash * JOBS_A_CRASH + 1; job <= (crash + 1) * JOBS_A_CRASH; job++) {
                api.post("/devices/d" + device + "/jobs", """
                        {"operations":[{"exec":{"uri":"./X/%d"}},{"replace":{"uri":"./R/%d","value":"%d"}}]}"""
                        .formatted(job, job, job));
            }
        }
    }

    /** Lets all devices work, and kills the server as soon as some answers were acknowledged. */
    private static void killUnderLoad(GroveProcess server, List<FieldDevice> devices) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(devices.size() / 2);
        List<Thread> threads = new ArrayList<>();
        for (FieldDevice device : devices) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        device.session(server.dm());
                        started.countDown();
                    }
                } catch (IOException | InterruptedException killed) {
                    started.countDown();
                }
            }));
        }
        started.await();
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private GroveProcess start(String dm, String api) throws IOException {
        return GroveProcess.start(data, "--dm-listen", dm, "--api-listen", api);
    }

    private static void check(ApiClient api, String id, FieldDevice device) throws IOException, InterruptedException {
        String jobs = api.get("/devices/" + id + "/jobs?limit=1000");
        Matcher numbers = Pattern.compile("\"id\":\"(\\d+)\",\"state\":\"(done|failed)\"").matcher(jobs);
        int found = 0;
        while (numbers.find()) {
            String job = api.get("/devices/" + id + "/jobs/" + numbers.group(1));
            String name = between(job, "./X/", "\"");
            boolean[] isAnswered = new boolean[2];
            Matcher outcomes = OUTCOME.matcher(job);
            while (outcomes.find()) {
                isAnswered[Integer.parseInt(outcomes.group(1))] = outcomes.group(2).contains("200");
            }
            found++;
            assertThat(device.executed().getOrDefault("./X/" + name, 0)).as("Exec %s of %s", name, id)
                    .isLessThanOrEqualTo(1);
            assertThat(isAnswered[1]).as("Replace %s of %s has its answer", name, id).isTrue();
            if (device.acknowledged().contains("./X/" + name)) {
                assertThat(isAnswered[0]).as("acknowledged Exec %s of %s is kept", name, id).isTrue();
            }
            if (!isAnswered[0]) {
                assertThat(job).contains("\"state\":\"failed\"");
            }
        }
        assertThat(found).as("finished jobs of %s: %s", id, jobs).isEqualTo(CRASHES * JOBS_A_CRASH);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
