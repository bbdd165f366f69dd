package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many devices that all call at once, as after an outage: 60 in the gate; {@code -Dgrove.herd=100000} for as many
 * within a minute, which takes some minutes, two processors and 2 GiB.
 */
class HerdEndToEndTest {

    private static final int DEVICES = Math.clamp(Integer.getInteger("grove.herd", 60), 60, 1_000_000);
    private static final boolean IS_LONG = DEVICES > 1000;
    /** Sessions a second that are let begin: 30 in the gate, or fewer than call. */
    private static final int PACE = IS_LONG ? DEVICES / 100 : 30;
    private static final Duration ARRIVAL = IS_LONG ? Duration.ofMinutes(1) : Duration.ZERO;
    private static final int IN_ONE_GO = 5000;
    private static final double MEBIBYTE = 1 << 20;
    private static final double MOST_GROWTH = 16 * MEBIBYTE;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger turnedAway = new AtomicInteger();
    /** How often the least lucky device was. */
    private final AtomicInteger mostOften = new AtomicInteger();
    /** A machine has only so many ports to call from. */
    private final Semaphore lines = new Semaphore(400);
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path data;

    @Test
    @Timeout(1800)
    void a_herd_comes_as_a_stream_and_nobody_is_lost() throws IOException, InterruptedException {
        try (GroveProcess server = GroveProcess.start(data, "--dm-listen", "127.0.0.1:0", "--api-listen",
                "127.0.0.1:0", "--new-sessions", Integer.toString(PACE))) {
            ApiClient api = new ApiClient(http, server.api(), server.token());
            addDevices(api);
            for (int i = 0; i < DEVICES; i += everyOther()) {
                api.post("/devices/d" + i + "/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            }
            double before = server.liveHeapBytes(http);
            List<FieldDevice> herd = IntStream.range(0, DEVICES).mapToObj(i -> new FieldDevice("d" + i, http))
                    .toList();
            Random luck = new Random(1);
            long begun = System.nanoTime();
            CompletableFuture.allOf(herd.stream()
                    .map(device -> calls(device, server.dm(), 1, after(luck.nextLong(ARRIVAL.toMillis() + 1))))
                    .toArray(CompletableFuture[]::new)).join();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(turnedAway.get()).as("not all at once").isPositive();
            for (int i = 0; i < DEVICES; i += everyOther()) {
                assertThat(herd.get(i).executed()).containsExactly(Map.entry("./X", 1));
                assertThat(api.get("/devices/d" + i + "/jobs")).contains("\"state\":\"done\"");
            }
            assertThat(server.figure(http, "grove_sessions_ended_total\\{outcome=\"completed\"[^}]*\\}"))
                    .as("sessions").isEqualTo(DEVICES);
            double after = server.liveHeapBytes(http);
            if (IS_LONG) {
                System.out.printf("%,d devices were served within %d s, turned away %,d times (one of them %d times); "
                        + "live heap %.1f MiB before, %.1f MiB after%n", DEVICES, took.toSeconds(), turnedAway.get(),
                        mostOften.get(), before / MEBIBYTE, after / MEBIBYTE);
            }
            assertThat(after).as("heap after the herd").isLessThan(before + MOST_GROWTH);
        }
    }

    /** At length, one of a hundred devices has something to do. */
    private static int everyOther() {
        return IS_LONG ? 100 : 1;
    }

    private void addDevices(ApiClient api) throws IOException, InterruptedException {
        int[] all = IntStream.range(0, DEVICES).toArray();
        for (int from = 0; from < DEVICES; from += IN_ONE_GO) {
            String devices = Arrays.stream(all, from, Math.min(DEVICES, from + IN_ONE_GO)).mapToObj(i -> """
                    {"id":"d%d","credentials":{"client":{"userName":"u","secret":"p","schemes":["basic"]}}}"""
                    .formatted(i)).collect(Collectors.joining(","));
            HttpResponse<String> answer = api.send("POST", "/devices:batch", "{\"devices\":[" + devices + "]}");
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private Executor after(long millis) {
        return millis == 0 ? threads : CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads);
    }

    /** Calls, and calls again when the server wants, until it is served. */
    private CompletableFuture<Void> calls(FieldDevice device, String url, int time, Executor when) {
        return CompletableFuture.supplyAsync(() -> {
            lines.acquireUninterruptibly();
            try {
                device.session(url);
                return 0L;
            } catch (FieldDevice.Later later) {
                turnedAway.incrementAndGet();
                mostOften.accumulateAndGet(time, Math::max);
                assertThat(later.seconds()).isBetween(1L, IS_LONG ? 600L : 60L);
                return later.seconds();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                lines.release();
            }
        }, when).thenCompose(wait -> wait == 0 ? CompletableFuture.<Void>completedFuture(null)
                : calls(device, url, time + 1, CompletableFuture.delayedExecutor(wait, TimeUnit.SECONDS, threads)));
    }
}
