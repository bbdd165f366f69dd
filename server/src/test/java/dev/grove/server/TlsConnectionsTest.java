package dev.grove.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpListener;
import dev.grove.server.http.HttpListener.Clients;
import dev.grove.server.http.HttpListener.Tls;
import dev.grove.server.http.HttpListener.Variants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsConnectionsTest {

    private static final HttpListener.Limits LIMITS = new HttpListener.Limits(2048, Duration.ofMinutes(5),
            Duration.ofMillis(400), 0, Duration.ofSeconds(1), 100, Duration.ofSeconds(1));

    private final HttpFront front = new HttpFront(
            new HttpListener("test", "127.0.0.1", 0,
                    new Tls(null, "", Clients.NONE, null, "", new Variants(true, true, 10)), LIMITS),
            call -> HttpAnswer.text(200, "here"));

    @BeforeEach
    void start() throws IOException {
        front.start();
    }

    @AfterEach
    void stop() {
        front.close();
    }

    /** Nobody knows yet who is to speak, and the idle time is long. */
    @Test
    void gives_up_a_first_message_that_does_not_come() throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 50, 1});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closes_on_whoever_speaks_no_TLS() throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain("here");
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
