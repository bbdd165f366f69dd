package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many devices that all call at once, as after an outage. */
class HerdEndToEndTest {

    private static final int DEVICES = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger turnedAway = new AtomicInteger();

    @TempDir
    Path data;

    @Test
    void a_herd_comes_as_a_stream_and_nobody_is_lost() throws IOException, InterruptedException {
        try (ServerApp server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0", "new-sessions", "30"))))) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            for (int i = 0; i < DEVICES; i++) {
                api.addDevice("d" + i);
                api.post("/devices/d" + i + "/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            }
            List<FieldDevice> herd = IntStream.range(0, DEVICES).mapToObj(i -> new FieldDevice("d" + i, http))
                    .toList();
            CompletableFuture.allOf(herd.stream()
                    .map(device -> calls(device, server.dmUrl(), Executors.newVirtualThreadPerTaskExecutor()))
                    .toArray(CompletableFuture[]::new)).join();
            assertThat(turnedAway.get()).as("not all at once").isPositive();
            for (int i = 0; i < DEVICES; i++) {
                assertThat(herd.get(i).executed()).containsExactly(Map.entry("./X", 1));
                assertThat(api.get("/devices/d" + i + "/jobs")).contains("\"state\":\"done\"");
            }
        }
    }

    /** Calls, and calls again when the server wants, until it is served. */
    private CompletableFuture<Void> calls(FieldDevice device, String url, Executor now) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                device.session(url);
                return 0L;
            } catch (FieldDevice.Later later) {
                turnedAway.incrementAndGet();
                assertThat(later.seconds()).isBetween(1L, 60L);
                return later.seconds();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }, now).thenCompose(wait -> wait == 0 ? CompletableFuture.<Void>completedFuture(null)
                : calls(device, url, CompletableFuture.delayedExecutor(wait, TimeUnit.SECONDS,
                        Executors.newVirtualThreadPerTaskExecutor())));
    }
}
