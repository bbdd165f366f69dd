package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages and answers that get lost, come twice or out of order, and a server that is killed meanwhile: every
 * operation is done once, and known. One crash in the gate; {@code -Dgrove.crashes=80} for more; another line with
 * {@code -Dgrove.seed=…}.
 */
class FaultyLineTest {

    private static final int CRASHES = Math.clamp(Integer.getInteger("grove.crashes", 1), 1, 80);
    private static final long SEED = Long.getLong("grove.seed", 20261122);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    @Timeout(1800)
    void every_operation_is_done_once_whatever_the_line_and_a_crash_do() throws IOException, InterruptedException {
        GroveProcess server = GroveProcess.start(data, "--dm-listen", "127.0.0.1:0", "--api-listen", "127.0.0.1:0");
        try (FaultyLine line = new FaultyLine(server.dm(), SEED)) {
            WorkingFleet fleet = new WorkingFleet(5, http, new ApiClient(http, server.api(), server.token()))
                    .start(line.url());
            fleet.awaitAcknowledged(20);
            for (int crash = 0; crash < CRASHES; crash++) {
                server.kill();
                server = GroveProcess.start(data, "--dm-listen", URI.create(server.dm()).getAuthority(),
                        "--api-listen", URI.create(server.api()).getAuthority());
                fleet.awaitAcknowledged(20);
            }
            fleet.finish();
            fleet.check();
            assertThat(line.differences()).as("repeated messages with another answer, seed %s", SEED).isEmpty();
            assertThat(line.fates()).as("seed %s", SEED)
                    .allSatisfy((_, times) -> assertThat(times.get()).isPositive());
        } finally {
            server.close();
        }
    }
}
