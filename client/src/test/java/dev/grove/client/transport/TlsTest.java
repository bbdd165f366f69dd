package dev.grove.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real handshake on a loopback socket, with keys made for the occasion by the JDK's keytool. */
class TlsTest {

    private static final String DM_XML = "application/vnd.syncml.dm+xml";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;
    private static HttpsServer server;

    @BeforeAll
    static void startServer() throws Exception {
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
                "SAN=ip:127.0.0.1", "-keystore", "server.p12");
        keytool("-genkeypair", "-alias", "device", "-keyalg", "EC", "-dname", "CN=IMEI:1", "-keystore", "device.p12");
        keytool("-exportcert", "-rfc", "-alias", "server", "-keystore", "server.p12", "-file", "server.pem");
        keytool("-exportcert", "-rfc", "-alias", "device", "-keystore", "device.p12", "-file", "device.pem");
        SSLContext context = new Tls(file("device.pem"), null, file("server.p12"), PASSWORD).context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/dm", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = Bytes.utf8(peerName((HttpsExchange) exchange)).toArray();
            exchange.getResponseHeaders().set("Content-Type", DM_XML);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    @Test
    void shows_the_device_certificate_to_a_server_it_trusts() throws Exception {
        assertThat(exchange(new Tls(file("server.pem"), null, file("device.p12"), PASSWORD)))
                .isEqualTo("CN=IMEI:1");
    }

    @Test
    void reads_trust_from_a_key_store_too() throws Exception {
        assertThat(exchange(new Tls(file("server.p12"), PASSWORD, null, null))).isEqualTo("nobody");
    }

    @Test
    void does_not_talk_to_a_server_it_does_not_trust() {
        TransportException failure = catchThrowableOfType(TransportException.class, () -> exchange(Tls.SYSTEM));

        assertThat(failure.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(failure).hasMessageContaining("the server's certificate leads to none that is trusted");
    }

    @Test
    void names_the_file_that_it_cannot_read() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "-----\n");

        assertThatThrownBy(() -> new Tls(empty, null, null, null).context()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Tls(null, null, file("device.p12"), "wrong").context())
                .isInstanceOf(IOException.class).hasMessageContaining("device.p12").hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> new Tls(folder.resolve("absent"), null, null, null).context())
                .isInstanceOf(IOException.class).hasMessageEndingWith("absent: there is no such file");
    }

    private static String exchange(Tls tls) throws IOException, TransportException {
        try (HttpTransport transport = new HttpTransport(HttpOptions.DEFAULT.withTls(tls.context()),
                InstantSource.system())) {
            URI address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/dm");
            return transport.exchange(address, new Packet(DM_XML, Bytes.utf8("hello"))).orElseThrow().body().utf8();
        }
    }

    private static String peerName(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().getName();
        } catch (javax.net.ssl.SSLPeerUnverifiedException anonymous) {
            return "nobody";
        }
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
