package dev.grove.server.doorbell.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.web.StandIn.Answer;
import dev.grove.server.doorbell.web.StandIn.Asked;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpPushDoorbellTest {

    private final Rings rings = new Rings();

    @Test
    void the_notification_is_posted_as_it_is() throws Exception {
        try (StandIn device = new StandIn(asked -> Answer.of(204, "")); HttpPushDoorbell doorbell = to(device.host())) {
            assertThat(doorbell.ring(rings.ring(device.uri("/notify?id=1").toString())))
                    .isEqualTo(new Result.Delivered());
            Asked asked = device.asked("/").getFirst();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.target()).isEqualTo("/notify?id=1");
            assertThat(asked.headers()).containsEntry("Content-Type", Rings.NOTIFICATION.mediaType())
                    .containsEntry("X-Wap-Application-Id", "x-wap-application:syncml.dm")
                    .containsEntry("X-Wap-Push-OTA-Version", "1.0");
            assertThat(asked.body()).isEqualTo(Rings.NOTIFICATION.body());
        }
    }

    @Test
    void answers_are_told_as_they_are() throws Exception {
        try (StandIn device = new StandIn(asked -> Answer.of(204, "")); HttpPushDoorbell doorbell = to(device.host())) {
            assertThat(answered(device, doorbell, 200)).isEqualTo(new Result.Delivered());
            assertThat(answered(device, doorbell, 202)).isEqualTo(new Result.Taken(null));
            assertThat(answered(device, doorbell, 410)).isInstanceOf(Result.AddressEnded.class);
            Rings.assertFailed(answered(device, doorbell, 404), "HTTP 404", null);
            Rings.assertFailed(answered(device, doorbell, 503, "Retry-After: 4"), "HTTP 503", null);
            Rings.assertFailed(answered(device, doorbell, 301, "Location: " + device.uri("/else")), "HTTP 301", null);
            assertThat(device.asked("/else")).isEmpty();
        }
    }

    @Test
    void only_allowed_hosts_are_called() throws Exception {
        try (StandIn device = new StandIn(asked -> Answer.of(204, ""));
                HttpPushDoorbell doorbell = to("192.0.2.7:80")) {
            assertThat(doorbell.objection(device.uri("/").toString())).isPresent();
            assertThat(doorbell.ring(rings.ring(device.uri("/").toString()))).isInstanceOf(Result.AddressEnded.class);
            assertThat(device.asked("/")).isEmpty();
        }
    }

    @Test
    void a_device_that_answers_drop_by_drop_is_given_up() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpPushDoorbell doorbell = to("127.0.0.1:" + slow.getLocalPort())) {
            Thread.ofVirtual().start(() -> drip(slow));
            Rings.assertFailed(doorbell.ring(rings.ring("http://127.0.0.1:" + slow.getLocalPort() + "/")),
                    "it took longer than 2000 ms", null);
        }
    }

    @Test
    void what_speaks_no_http_is_no_device() throws Exception {
        try (ServerSocket liar = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpPushDoorbell doorbell = to("127.0.0.1:" + liar.getLocalPort())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = liar.accept()) {
                    socket.getOutputStream().write("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException over) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(doorbell.ring(rings.ring("http://127.0.0.1:" + liar.getLocalPort() + "/")))
                    .isInstanceOf(Result.Failed.class);
        }
    }

    /** A head at once, and then a body that never ends. */
    private static void drip(ServerSocket slow) {
        try (Socket socket = slow.accept(); OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            while (socket.getInputStream().read() >= 0) {
                out.write('x');
            }
        } catch (IOException over) {
            Thread.currentThread().interrupt();
        }
    }

    private Result answered(StandIn device, HttpPushDoorbell doorbell, int status, String... headers)
            throws InterruptedException {
        device.answer(asked -> Answer.of(status, "", headers));
        return doorbell.ring(rings.ring(device.uri("/").toString()));
    }

    private HttpPushDoorbell to(String host) {
        return new HttpPushDoorbell(
                new HttpPushDoorbell.Settings(List.of("http://" + host), Rings.PATIENCE, new Pace(0, 10)), rings);
    }
}
