package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop while a device is in mid-session. */
class DrainEndToEndTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void finishes_what_lives_lets_nobody_in_and_goes() throws IOException, InterruptedException {
        try (GroveProcess server = GroveProcess.start(data, "--dm-listen", "127.0.0.1:0", "--api-listen",
                "127.0.0.1:0", "--drain", "60s")) {
            ApiClient api = new ApiClient(http, server.api(), server.token());
            api.addDevice("inside");
            api.addDevice("outside");
            api.post("/devices/inside/jobs", "{\"operations\":[{\"exec\":{\"uri\":\"./X\"}}]}");
            FieldDevice inside = new FieldDevice("inside", http);
            inside.begin(server.dm());
            server.askToStop();
            HttpResponse<String> ready = ready(server);
            while (ready.statusCode() == 200) {
                ready = ready(server);
            }
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("draining");
            FieldDevice.Later later = catchThrowableOfType(FieldDevice.Later.class,
                    () -> new FieldDevice("outside", http).begin(server.dm()));
            assertThat(later.seconds()).isPositive();
            assertThat(server.isRunning()).isTrue();
            inside.proceed(server.dm());
            assertThat(inside.acknowledged()).containsExactly("./X");
            assertThat(server.awaitEnd()).as("as if by the signal").isEqualTo(143);
        }
        try (GroveProcess server = GroveProcess.start(data, "--dm-listen", "127.0.0.1:0", "--api-listen",
                "127.0.0.1:0")) {
            ApiClient api = new ApiClient(http, server.api(), server.token());
            assertThat(api.get("/devices/inside/jobs")).contains("\"state\":\"done\"");
            new FieldDevice("outside", http).session(server.dm());
            assertThat(server.stop()).as("nobody is inside: it goes at once").isEqualTo(143);
        }
    }

    private HttpResponse<String> ready(GroveProcess server) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.api() + "/readyz")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
