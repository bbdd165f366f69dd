package dev.grove.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

    private static final String DM_WBXML = "application/vnd.syncml.dm+wbxml";
    private static final Packet PING = new Packet(DM_WBXML, Bytes.utf8("ping"));
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private HttpTransport transport = new HttpTransport(HttpOptions.DEFAULT, () -> NOW);

    private record Request(String method, String uri, com.sun.net.httpserver.Headers headers, Bytes body) {}

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        transport.close();
        server.stop(0);
    }

    @Test
    void posts_one_packet_with_the_headers_of_the_binding_and_takes_one() throws Exception {
        serve("/dm", exchange -> answer(exchange, 200, DM_WBXML, "pong"));

        Packet answer = transport.exchange(address("/dm"),
                new Packet(DM_WBXML, Bytes.utf8("ping"), Headers.of("x-syncml-hmac", "mac=AA=="))).orElseThrow();

        assertThat(answer.body()).isEqualTo(Bytes.utf8("pong"));
        assertThat(answer.baseMediaType()).isEqualTo(DM_WBXML);
        Request request = requests.take();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isEqualTo(Bytes.utf8("ping"));
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo(DM_WBXML);
        assertThat(request.headers().getFirst("Accept")).isEqualTo(DM_WBXML);
        assertThat(request.headers().getFirst("Accept-Charset")).isEqualTo("utf-8");
        assertThat(request.headers().getFirst("Cache-Control")).isEqualTo("no-store");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("Grove SyncML DM client");
        assertThat(request.headers().getFirst("Content-Length")).isEqualTo("4");
        assertThat(request.headers().getFirst("x-syncml-hmac")).isEqualTo("mac=AA==");
    }

    @Test
    void hands_protocol_headers_of_the_answer_on_and_keeps_those_of_the_bearer() throws Exception {
        serve("/dm", exchange -> {
            exchange.getResponseHeaders().set("X-SyncML-HMAC", "mac=BB==");
            answer(exchange, 200, DM_WBXML, "pong");
        });

        Headers headers = transport.exchange(address("/dm"), PING).orElseThrow().headers();

        assertThat(headers.first("x-syncml-hmac")).contains("mac=BB==");
        assertThat(headers.first("content-length")).isEmpty();
    }

    @Test
    void speaks_like_a_windows_machine_when_told_to() throws Exception {
        use(HttpOptions.DEFAULT.asWindows().withHeader("Authorization", "Bearer t"));
        serve("/dm", exchange -> answer(exchange, 200, DM_WBXML, "pong"));

        transport.exchange(address("/dm"), PING);

        Request request = requests.take();
        assertThat(request.uri()).isEqualTo("/dm?mode=Maintenance&Platform=WoA");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("MSFT OMA DM Client/1.2.0.1");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer t");
    }

    @Test
    void adds_query_parameters_only_where_they_are_missing() {
        use(HttpOptions.DEFAULT.asWindows());

        assertThat(transport.withQuery(URI.create("http://h/dm?sid=7")))
                .hasToString("http://h/dm?sid=7&mode=Maintenance&Platform=WoA");
        assertThat(transport.withQuery(URI.create("http://h/dm?MODE=Machine&sid=mode")))
                .hasToString("http://h/dm?MODE=Machine&sid=mode&Platform=WoA");
        assertThat(transport.withQuery(URI.create("http://h/dm?")))
                .hasToString("http://h/dm?mode=Maintenance&Platform=WoA");
        assertThat(transport.withQuery(URI.create("http://h/dm?platform=x&mode=y#f")))
                .hasToString("http://h/dm?platform=x&mode=y");
    }

    @Test
    void follows_redirects_with_the_same_post() throws Exception {
        for (int status : List.of(301, 302, 307, 308)) {
            serve("/from" + status, exchange -> {
                exchange.getResponseHeaders().set("Location", "/to");
                answer(exchange, status, "text/html", "moved");
            });
        }
        serve("/to", exchange -> answer(exchange, 200, DM_WBXML, "pong"));

        for (int status : List.of(301, 302, 307, 308)) {
            assertThat(transport.exchange(address("/from" + status), PING)).isPresent();
            assertThat(requests.take().uri()).isEqualTo("/from" + status);
            Request followed = requests.take();
            assertThat(followed.method()).isEqualTo("POST");
            assertThat(followed.body()).isEqualTo(Bytes.utf8("ping"));
            assertThat(followed.headers().getFirst("Content-Type")).isEqualTo(DM_WBXML);
        }
    }

    @Test
    void gives_up_on_a_circle_of_redirects() {
        serve("/round", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round");
            answer(exchange, 307, "text/html", "moved");
        });

        assertThat(failure("/round").kind()).isEqualTo(Kind.REFUSED);
        assertThat(requests).hasSize(6);
    }

    @Test
    void keeps_tokens_from_a_host_it_is_redirected_to() throws Exception {
        use(HttpOptions.DEFAULT.withHeader("Authorization", "Bearer t"));
        serve("/dm", exchange -> {
            exchange.getResponseHeaders().set("Location",
                    "http://localhost:" + server.getAddress().getPort() + "/other");
            answer(exchange, 307, "text/html", "moved");
        });
        serve("/other", exchange -> answer(exchange, 200, DM_WBXML, "pong"));

        transport.exchange(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dm"), PING);

        assertThat(requests.take().headers().getFirst("Authorization")).isEqualTo("Bearer t");
        assertThat(requests.take().headers().getFirst("Authorization")).isNull();
    }

    @Test
    void an_empty_answer_is_no_packet() throws Exception {
        serve("/empty", exchange -> answer(exchange, 200, DM_WBXML, ""));
        serve("/none", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });

        assertThat(transport.exchange(address("/empty"), PING)).isEmpty();
        assertThat(transport.exchange(address("/none"), PING)).isEmpty();
    }

    @Test
    void an_answer_of_another_media_type_is_unusable() {
        serve("/portal", exchange -> answer(exchange, 200, "text/html; charset=utf-8", "<html>Please log in</html>"));

        TransportException failure = failure("/portal");

        assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(failure).hasMessageContaining("text/html");
    }

    @Test
    void accepts_parameters_of_the_media_type_and_other_2xx() throws Exception {
        serve("/dm", exchange -> answer(exchange, 202, "Application/vnd.syncml.dm+XML; charset=utf-8", "pong"));

        assertThat(transport.exchange(address("/dm"), PING)).isPresent();
    }

    @Test
    void an_answer_that_is_too_long_is_not_read_to_its_end() {
        use(HttpOptions.DEFAULT.withMaxAnswerBytes(1000));
        serve("/long", exchange -> answer(exchange, 200, DM_WBXML, "x".repeat(1001)));
        serve("/fits", exchange -> answer(exchange, 200, DM_WBXML, "x".repeat(1000)));

        assertThat(failure("/long").kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(catchThrowableOfType(TransportException.class, () -> transport.exchange(address("/fits"), PING)))
                .isNull();
    }

    @Test
    void tells_statuses_that_pass_from_those_that_stay() {
        serve("/404", exchange -> answer(exchange, 404, "text/plain", "no"));
        serve("/503", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            answer(exchange, 503, "text/plain", "later");
        });
        serve("/429", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Sat, 21 Nov 2026 10:01:00 GMT");
            answer(exchange, 429, "text/plain", "later");
        });

        assertThat(failure("/404").kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure("/503").kind()).isEqualTo(Kind.BUSY);
        assertThat(failure("/503").retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure("/429").retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        TransportException failure = failure(URI.create("http://127.0.0.1:" + port + "/dm?token=secret"));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageNotContaining("secret");
    }

    @Test
    void an_answer_that_does_not_come_is_lost() {
        CountDownLatch over = new CountDownLatch(1);
        use(HttpOptions.DEFAULT.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(50)));
        serve("/slow", exchange -> {
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(failure("/slow").kind()).isEqualTo(Kind.LOST);
        over.countDown();
    }

    @Test
    void an_answer_that_breaks_off_is_lost() {
        serve("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            throw new IOException("cut");
        });

        assertThat(failure("/cut").kind()).isEqualTo(Kind.LOST);
    }

    @Test
    void keeps_cookies_unless_told_otherwise() throws Exception {
        serve("/dm", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "JSESSIONID=1; Path=/");
            answer(exchange, 200, DM_WBXML, "pong");
        });

        transport.exchange(address("/dm"), PING);
        transport.exchange(address("/dm"), PING);
        requests.take();
        assertThat(requests.take().headers().getFirst("Cookie")).contains("JSESSIONID=1");

        use(HttpOptions.DEFAULT.withCookies(false));
        transport.exchange(address("/dm"), PING);
        transport.exchange(address("/dm"), PING);
        requests.take();
        assertThat(requests.take().headers().getFirst("Cookie")).isNull();
    }

    @Test
    void an_address_that_is_not_http_is_refused() {
        assertThat(failure(URI.create("ftp://h/dm")).kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure(URI.create("dm")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void goes_through_a_proxy() throws Exception {
        use(HttpOptions.DEFAULT.withProxy(server.getAddress()));
        serve("/", exchange -> answer(exchange, 200, DM_WBXML, "through the proxy"));

        Packet answer = transport.exchange(URI.create("http://dm.example/dm"), PING).orElseThrow();

        assertThat(answer.body()).isEqualTo(Bytes.utf8("through the proxy"));
        assertThat(requests.take().headers().getFirst("Host")).isEqualTo("dm.example");
    }

    private void use(HttpOptions options) {
        transport.close();
        transport = new HttpTransport(options, () -> NOW);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private TransportException failure(String path) {
        return failure(address(path));
    }

    private TransportException failure(URI address) {
        TransportException failure = catchThrowableOfType(TransportException.class,
                () -> transport.exchange(address, PING));
        assertThat(failure).isNotNull();
        return failure;
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), Bytes.wrap(exchange.getRequestBody().readAllBytes())));
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String mediaType, String body) throws IOException {
        byte[] bytes = Bytes.utf8(body).toArray();
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
