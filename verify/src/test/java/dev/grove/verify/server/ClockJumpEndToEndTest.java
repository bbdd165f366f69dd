package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.ServerApp;
import dev.grove.server.config.Config;
import dev.grove.server.config.Settings;
import dev.grove.server.endpoint.Authorization;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server at work whose clock is set, by hours, back and forth. */
class ClockJumpEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Jumping clock = new Jumping();

    @TempDir
    Path data;

    @Test
    @Timeout(120)
    void goes_on_and_does_nothing_twice() throws IOException, InterruptedException {
        try (ServerApp server = ServerApp.start(Config.of(Settings.of(Map.of("data", data.toString(), "dm-listen",
                "127.0.0.1:0", "api-listen", "127.0.0.1:0"))), Authorization.IGNORING, clock)) {
            ApiClient api = new ApiClient(http, server.apiUrl(), server.token());
            WorkingFleet fleet = new WorkingFleet(3, http, api).start(server.dmUrl());
            fleet.awaitAcknowledged(20);
            clock.jump(Duration.ofHours(-5));
            fleet.awaitAcknowledged(20);
            clock.jump(Duration.ofMinutes(2));
            fleet.awaitAcknowledged(20);
            fleet.finish();
            fleet.check();
            String before = api.get("/devices/w0/sessions?limit=1000");
            goesFarAhead(server, api);
            assertThat(api.get("/devices/w0/sessions?limit=1000")).as("nothing is forgotten within hours")
                    .isEqualTo(before);
        }
    }

    /** A session that lives while the clock goes ahead is over; its device begins another one. */
    private void goesFarAhead(ServerApp server, ApiClient api) throws IOException, InterruptedException {
        api.addDevice("d");
        api.post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
        FieldDevice device = new FieldDevice("d", http);
        device.begin(server.dmUrl());
        assertThat(device.isWanted()).isTrue();
        clock.jump(Duration.ofHours(9));
        Await.that("the session is over", () -> api.get("/devices/d/sessions").contains("expired"));
        device.proceed(server.dmUrl());
        assertThat(device.isWanted()).as("nothing more in a session that is over").isFalse();
        assertThat(api.get("/devices/d/jobs")).contains("\"state\":\"failed\"", "an Exec is not sent twice");
        api.post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./Y\"}}]}");
        device.session(server.dmUrl());
        clock.jump(Duration.ofHours(-9));
        api.post("/devices/d/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./Z\"}}]}");
        device.session(server.dmUrl());
        assertThat(device.executed()).isEqualTo(Map.of("./X", 1, "./Y", 1, "./Z", 1));
        assertThat(api.get("/devices/d/jobs").split("\"state\":\"done\"", -1)).as("two jobs are done").hasSize(3);
    }

    /** The system's clock, and somebody who sets it. */
    private static final class Jumping extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void jump(Duration more) {
            ahead = ahead.plus(more);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
