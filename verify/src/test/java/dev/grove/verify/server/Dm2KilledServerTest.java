package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of a DM 2.0 session goes on with it: a real process and {@code kill -9}. */
class Dm2KilledServerTest {

    private static final String RUN = "urn:x:y:1.0//Run";

    @TempDir
    Path data;

    @Test
    void goes_on_with_a_session_and_keeps_every_result_once() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String address;
            String dm;
            try (GroveProcess server = GroveProcess.start(data, "--dm-listen", "127.0.0.1:0", "--api-listen",
                    "127.0.0.1:0")) {
                dm = server.dm();
                ApiClient api = new ApiClient(http, server.api(), server.token());
                api.addDevice("IMEI:1");
                api.post("/devices/IMEI:1/jobs",
                        "{\"operations\":[{\"exec\":{\"uri\":\"" + RUN + "\"}},{\"get\":{\"uri\":"
                                + "\"urn:oma:mo:oma-dm-devinfo:1.2//Man\",\"via\":\"repository\"}}]}");
                address = RawDevice.addresses(new RawDevice(http, dm, "IMEI:1").initiate("{}").body()).getFirst();
                server.kill();
            }
            RawDevice device = new RawDevice(http, dm, "IMEI:1");
            try (GroveProcess server = restart(dm)) {
                assertThat(device.call("POST", address, "text/plain", "Vendor").statusCode()).isEqualTo(200);
                server.kill();
            }
            try (GroveProcess server = restart(dm)) {
                assertThat(device.call("POST", address, "text/plain", "Vendor").statusCode()).isEqualTo(200);
                assertThat(device.answer("{\"Status\":[200,200]}").body()).isEqualTo("{\"CMD\":[[\"END\"]]}");
                server.kill();
            }
            try (GroveProcess server = restart(dm)) {
                assertThat(device.answer("{\"Status\":[200,200]}").body()).isEqualTo("{\"CMD\":[[\"END\"]]}");
                String told = new ApiClient(http, server.api(), server.token()).get("/devices/IMEI:1/jobs/1");
                assertThat(told).contains("\"state\":\"done\"").containsOnlyOnce("\"value\":\"Vendor\"");
                assertThat(device.initiate("{}").body()).doesNotContain("EXEC");
            }
        }
    }

    private GroveProcess restart(String dm) throws IOException {
        return GroveProcess.start(data, "--dm-listen", URI.create(dm).getAuthority(), "--api-listen", "127.0.0.1:0");
    }
}
