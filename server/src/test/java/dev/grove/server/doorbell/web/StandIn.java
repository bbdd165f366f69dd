package dev.grove.server.doorbell.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A service on the loopback that keeps what it is asked and answers as it is told. */
public final class StandIn implements AutoCloseable {

    /** What it was asked. */
    public record Asked(String method, String target, Map<String, String> headers, Bytes body) {

        /** The fields of a form. */
        public Map<String, String> form() {
            return Arrays.stream(body.utf8().split("&", -1)).map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** What it answers; {@code headers} as {@code Name: value}. */
    public record Answer(int status, String body, List<String> headers) {
        public static Answer of(int status, String body, String... headers) {
            return new Answer(status, body, List.of(headers));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Answer> answers;

    public StandIn(Function<Asked, Answer> answers) throws IOException {
        this.answers = answers;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void answer(Function<Asked, Answer> others) {
        answers = others;
    }

    public URI uri(String path) {
        return URI.create("http://" + host() + path);
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked(String path) {
        return asked.stream().filter(each -> each.target().startsWith(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        Asked now = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                Bytes.wrap(exchange.getRequestBody().readAllBytes()));
        asked.add(now);
        Answer answer = answers.apply(now);
        for (String header : answer.headers()) {
            int colon = header.indexOf(':');
            exchange.getResponseHeaders().add(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
