package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.store.postgres.Database;
import dev.grove.verify.cassandra.CassandraCluster;
import dev.grove.verify.store.PostgresServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two nodes over one store one is killed in the middle of its work: real processes, a real {@code kill -9}. */
class KilledNodeTest {

    private static final int DEVICES = 6;
    private static final int JOBS = 12;
    private static final String TOKEN = "the token of both nodes";

    @TempDir
    Path data;

    @Test
    @Timeout(240)
    void over_postgresql_the_other_node_has_all_that_was_acknowledged_and_runs_nothing_twice()
            throws IOException, InterruptedException {
        Database database = PostgresServer.newDatabase();
        oneIsKilledOver("--store", database.url(), "--store-user", database.user(), "--store-password",
                database.password(), "--store-connections", "6");
    }

    @Test
    @Timeout(240)
    void over_cassandra_the_other_node_has_all_that_was_acknowledged_and_runs_nothing_twice()
            throws IOException, InterruptedException {
        oneIsKilledOver("--store", CassandraCluster.shared().url("killednode"));
    }

    private void oneIsKilledOver(String... store) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                GroveProcess one = start("one", store);
                GroveProcess other = start("other", store);
                RoundRobin balancer = new RoundRobin(List.of(one.dm(), other.dm()))) {
            ApiClient api = new ApiClient(http, other.api(), TOKEN);
            for (int device = 0; device < DEVICES; device++) {
                api.addDevice("d" + device);
                for (int job = 1; job <= JOBS; job++) {
                    api.post("/devices/d" + device + "/jobs", """
                            {"operations":[{"exec":{"uri":"./X/%d"}},{"replace":{"uri":"./R/%d","value":"v"}}]}"""
                            .formatted(job, job));
                }
            }
            List<FieldDevice> devices = IntStream.range(0, DEVICES).mapToObj(i -> new FieldDevice("d" + i, http))
                    .toList();
            work(devices, balancer.url(), one);
            for (int i = 0; i < DEVICES; i++) {
                String id = "d" + i;
                FieldDevice device = devices.get(i);
                for (int job = 1; job <= JOBS; job++) {
                    assertThat(device.executed().getOrDefault("./X/" + job, 0)).as("Exec %s of %s", job, id)
                            .isLessThanOrEqualTo(1);
                }
                assertThat(api.get("/devices/" + id + "/jobs?limit=100")).as("jobs of %s", id)
                        .doesNotContain("\"state\":\"queued\"", "\"state\":\"sent\"");
                String told = api.get("/devices/" + id + "/tree?limit=1000");
                device.acknowledged().stream().filter(uri -> uri.startsWith("./R/"))
                        .forEach(uri -> assertThat(told).as("acknowledged by %s", id).contains("\"" + uri + "\""));
            }
        }
    }

    /** Every device works until it finds nothing to do any more; one of the nodes dies meanwhile. */
    private static void work(List<FieldDevice> devices, String url, GroveProcess victim) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(devices.size() / 2);
        AtomicBoolean isKilled = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (FieldDevice device : devices) {
            threads.add(Thread.ofVirtual().start(() -> {
                int quiet = 0;
                while (quiet < 2) {
                    try {
                        boolean wasKilled = isKilled.get();
                        device.session(url);
                        quiet = wasKilled ? quiet + 1 : 0;
                    } catch (IOException lost) {
                        quiet = 0;
                    } catch (InterruptedException _) {
                        return;
                    }
                    started.countDown();
                }
            }));
        }
        started.await();
        victim.kill();
        isKilled.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private GroveProcess start(String name, String... store) throws IOException {
        List<String> options = new ArrayList<>(List.of("--dm-listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0",
                "--api-token", TOKEN));
        options.addAll(List.of(store));
        return GroveProcess.start(data.resolve(name), options.toArray(String[]::new));
    }
}
