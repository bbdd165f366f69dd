package dev.grove.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.auth.HttpBasic;
import dev.grove.auth.HttpDigest;
import dev.grove.auth.HttpDigestAnswer;
import dev.grove.auth.HttpLogin;
import dev.grove.client.transport.HttpProof.Basic;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpProofTest {

    private static final HttpLogin LOGIN = new HttpLogin("device", "secret");
    private static final URI DM = URI.create("https://dm.example/dm2?x=%20");
    private static final String SHA = "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";
    private static final String MD5 = "Digest realm=\"r\", nonce=\"n2\", qop=\"auth\", algorithm=MD5";
    private static final String TYPE = "application/vnd.syncml.dm+xml";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void answers_the_strongest_digest_and_counts() throws Malformed {
        HttpProof proof = proof(Basic.WHEN_ASKED);
        assertThat(proof.header("POST", DM)).isEmpty();
        assertThat(proof.challenged(DM, Optional.empty(), List.of("Basic realm=r", MD5, SHA))).isTrue();

        for (int number = 1; number <= 3; number++) {
            HttpDigestAnswer answer = HttpDigestAnswer.parse(proof.header("POST", DM).orElseThrow());
            assertThat(answer.nonce()).isEqualTo("n1");
            assertThat(answer.uri()).isEqualTo("/dm2?x=%20");
            assertThat(answer.print()).contains("nc=0000000" + number);
            assertThat(HttpDigest.matches(answer, LOGIN, "POST")).isTrue();
        }
    }

    @Test
    void a_stale_nonce_is_replaced_and_a_wrong_password_is_not_tried_again() throws Malformed {
        HttpProof proof = proof(Basic.WHEN_ASKED);
        assertThat(proof.challenged(DM, Optional.empty(), List.of(SHA))).isTrue();
        Optional<String> sent = proof.header("POST", DM);
        assertThat(proof.challenged(DM, sent, List.of(SHA.replace("n1", "n9") + ", stale=true"))).isTrue();
        HttpDigestAnswer next = HttpDigestAnswer.parse(proof.header("POST", DM).orElseThrow());
        assertThat(next.nonce()).isEqualTo("n9");
        assertThat(next.print()).contains("nc=00000001");
        assertThat(proof.challenged(DM, Optional.of(next.print()), List.of(SHA))).isFalse();
    }

    @Test
    @Tag("DM-SEC-001-C-M")
    void basic_is_sent_when_asked_or_at_once_or_never() {
        HttpProof asked = proof(Basic.WHEN_ASKED);
        assertThat(asked.challenged(DM, Optional.empty(), List.of("Basic realm=\"r\""))).isTrue();
        assertThat(asked.header("GET", DM)).contains(HttpBasic.print(LOGIN));
        assertThat(asked.challenged(DM, asked.header("GET", DM), List.of("Basic realm=\"r\""))).isFalse();
        assertThat(proof(Basic.AT_ONCE).header("GET", DM)).contains(HttpBasic.print(LOGIN));
        HttpProof never = proof(Basic.NEVER);
        assertThat(never.challenged(DM, Optional.empty(), List.of("Basic realm=\"r\""))).isFalse();
        assertThat(never.header("GET", DM)).isEmpty();
    }

    @Test
    void nothing_goes_to_another_origin() {
        HttpProof proof = proof(Basic.AT_ONCE);
        for (String other : List.of("http://dm.example/dm2", "https://dm.example:8443/dm2", "https://other.example/",
                "https://dm.example.other/")) {
            assertThat(proof.header("GET", URI.create(other))).as(other).isEmpty();
            assertThat(proof.challenged(URI.create(other), Optional.empty(), List.of(SHA))).as(other).isFalse();
        }
        assertThat(proof.header("GET", URI.create("HTTPS://DM.example:443/elsewhere"))).isPresent();
    }

    @Test
    void challenges_that_cannot_be_read_or_answered_are_passed_over() {
        HttpProof proof = proof(Basic.WHEN_ASKED);
        assertThat(proof.challenged(DM, Optional.empty(), List.of("Digest \"", "Digest realm=r", "Bearer",
                "Digest realm=r, nonce=n, algorithm=SHA-512-256"))).isFalse();
        assertThat(proof.challenged(DM, Optional.empty(), List.of("Digest \"", MD5))).isTrue();
        assertThat(proof.toString()).doesNotContain("secret");
    }

    @Test
    @Tag("DM-SEC-002-C-O")
    void the_transport_sends_a_message_again_with_its_proof_and_the_next_one_at_once() throws Exception {
        serve("/dm", "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256");
        try (HttpTransport transport = transport()) {
            assertThat(transport.exchange(address("/dm"), message())).isPresent();
            assertThat(transport.exchange(address("/dm"), message())).isPresent();
        }
        assertThat(seen).hasSize(3);
        assertThat(seen.get(0)).isEmpty();
        assertThat(seen.get(1)).contains("nc=00000001");
        assertThat(seen.get(2)).contains("nc=00000002");
    }

    @Test
    void the_transport_gives_up_on_a_server_that_is_never_content() throws Exception {
        serve("/dm", SHA + ", stale=true");
        try (HttpTransport transport = transport("wrong")) {
            TransportException refused = catchThrowableOfType(TransportException.class,
                    () -> transport.exchange(address("/dm"), message()));
            assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
            assertThat(refused).hasMessageContaining("401").hasMessageNotContaining("wrong");
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void the_transport_proves_nothing_to_where_it_was_redirected() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            other.createContext("/", exchange -> challenge(exchange, "Basic realm=\"r\""));
            other.start();
            server.createContext("/dm", exchange -> {
                exchange.getResponseHeaders().add("Location",
                        "http://127.0.0.1:" + other.getAddress().getPort() + "/");
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });
            try (HttpTransport transport = transport()) {
                assertThat(catchThrowableOfType(TransportException.class,
                        () -> transport.exchange(address("/dm"), message())).kind()).isEqualTo(Kind.REFUSED);
            }
            assertThat(seen).containsExactly("");
        } finally {
            other.stop(0);
        }
    }

    private static HttpProof proof(Basic basic) {
        return new HttpProof(LOGIN, DM, basic, new Random(1));
    }

    private HttpTransport transport() {
        return transport(LOGIN.password());
    }

    private HttpTransport transport(String password) {
        HttpLogin login = new HttpLogin(LOGIN.userName(), password);
        HttpProof proof = new HttpProof(login, address("/"), Basic.WHEN_ASKED, new Random(1));
        return new HttpTransport(HttpOptions.DEFAULT.withProof(proof), Instant::now);
    }

    private static Packet message() {
        return new Packet(TYPE, Bytes.utf8("message"));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, String challenge) {
        server.createContext(path, exchange -> {
            String offered = exchange.getRequestHeaders().getFirst("Authorization");
            if (offered == null || !isRight(offered)) {
                challenge(exchange, challenge);
                return;
            }
            seen.add(offered);
            exchange.getResponseHeaders().add("Content-Type", TYPE);
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
    }

    private static boolean isRight(String offered) {
        try {
            return HttpDigest.matches(HttpDigestAnswer.parse(offered), LOGIN, "POST");
        } catch (Malformed other) {
            return false;
        }
    }

    private void challenge(HttpExchange exchange, String challenge) throws IOException {
        String offered = exchange.getRequestHeaders().getFirst("Authorization");
        seen.add(offered == null ? "" : offered);
        exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }
}
