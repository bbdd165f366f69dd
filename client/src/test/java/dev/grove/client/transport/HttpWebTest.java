package dev.grove.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.auth.HttpLogin;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP of any method over a real socket. */
class HttpWebTest {

    private final List<String> seen = new ArrayList<>();
    private final HttpServer server;
    private final HttpWeb web = new HttpWeb(HttpOptions.DEFAULT.withMaxAnswerBytes(100), new Random(3));

    HttpWebTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data", exchange -> answer(exchange, 200, "text/plain", "hello"));
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            answer(exchange, 302, "", "");
        });
        server.createContext("/long", exchange -> answer(exchange, 200, "text/plain", "x".repeat(101)));
        server.createContext("/zipped", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, "text/plain", "zzz");
        });
        server.createContext("/closed", exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.getResponseHeaders().add("WWW-Authenticate",
                    "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256");
            answer(exchange, shown == null ? 401 : 200, "text/plain", shown == null ? "" : "in");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        web.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().add("Content-Type", type);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Web.Answer send(String method, String path, @Nullable Packet body, @Nullable HttpLogin login)
            throws TransportException {
        return web.send(new Web.Request(method, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
                Headers.of("Accept", "*/*"), body, login));
    }

    @Test
    void fetches_and_delivers() throws Exception {
        Web.Answer fetched = send("GET", "/data", null, null);
        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.body().mediaType()).isEqualTo("text/plain");
        assertThat(fetched.body().body()).isEqualTo(Bytes.utf8("hello"));
        send("PUT", "/data", new Packet("application/json", Bytes.utf8("{}")), null);
        assertThat(seen).containsExactly("GET null  null", "PUT application/json {} null");
    }

    @Test
    void takes_a_redirect_and_an_error_for_answers() throws Exception {
        assertThat(send("GET", "/away", null, null).status()).isEqualTo(302);
        assertThat(send("GET", "/nowhere", null, null).status()).isEqualTo(404);
        assertThat(seen).hasSize(1);
    }

    @Test
    void reads_neither_too_much_nor_what_it_did_not_ask_for() {
        assertThat(kind("/long")).isEqualTo(Kind.UNUSABLE);
        assertThat(kind("/zipped")).isEqualTo(Kind.UNUSABLE);
    }

    private Kind kind(String path) {
        return catchThrowableOfType(TransportException.class, () -> send("GET", path, null, null)).kind();
    }

    @Test
    void proves_itself_when_asked_and_counts() throws Exception {
        HttpLogin login = new HttpLogin("device", "secret");
        assertThat(send("GET", "/closed", null, null).status()).isEqualTo(401);
        assertThat(send("GET", "/closed", null, login).status()).isEqualTo(200);
        assertThat(send("GET", "/closed?x=1", null, login).status()).isEqualTo(200);
        assertThat(seen).hasSize(4);
        assertThat(seen.get(2)).contains("nc=00000001");
        assertThat(seen.get(3)).contains("nc=00000002", "uri=\"/closed?x=1\"").doesNotContain("secret");
    }

    @Test
    void says_which_address_is_none() {
        TransportException failed = catchThrowableOfType(TransportException.class, () -> web
                .send(new Web.Request("GET", URI.create("file:///etc/passwd"), Headers.NONE, null, null)));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
    }
}
