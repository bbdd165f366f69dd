package dev.grove.server.doorbell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Somebody on the loopback interface who is called by HTTP and says what he was told to say. */
public final class FakeGateway implements AutoCloseable {

    /** A call that came. */
    public record Call(String method, String target, Headers headers, Bytes body) {
        public String header(String name) {
            return headers.first(name).orElse("");
        }
    }

    /** What is said. */
    public record Say(int status, Map<String, String> headers, Bytes body) {
        public static Say of(int status, String body) {
            return new Say(status, Map.of(), Bytes.utf8(body));
        }
    }

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String scheme;
    private volatile Function<Call, Say> answer = call -> Say.of(200, "");

    public FakeGateway() throws IOException {
        this(null);
    }

    public FakeGateway(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(anywhere, 0);
        } else {
            HttpsServer secure = HttpsServer.create(anywhere, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        scheme = tls == null ? "http" : "https";
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public FakeGateway saying(Function<Call, Say> what) {
        answer = what;
        return this;
    }

    public URI at(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public Call next() throws InterruptedException {
        Call call = calls.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("nobody called");
        }
        return call;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers headers = Headers.NONE;
        for (var field : exchange.getRequestHeaders().entrySet()) {
            headers = headers.with(field.getKey(), field.getValue().getFirst());
        }
        Call call = new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                Bytes.wrap(exchange.getRequestBody().readAllBytes()));
        calls.add(call);
        Say say = answer.apply(call);
        say.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(say.status(), say.body().isEmpty() ? -1 : say.body().length());
        exchange.getResponseBody().write(say.body().toArray());
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
