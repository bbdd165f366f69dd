package dev.grove.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A DM 2.0 server on a real socket, as small as can be: in answer to each package it says what is next in its script,
 * and END when there is nothing more; it gives and takes data under {@code /r}.
 */
final class Dm2StandIn implements AutoCloseable {

    /** What came, in order; of a body its text. */
    record Seen(String method, String path, com.sun.net.httpserver.Headers headers, String body) {}

    /** An answer. */
    record Said(int status, String mediaType, String body, Map<String, String> headers) {
        static Said of(int status) {
            return new Said(status, "", "", Map.of());
        }
    }

    final List<Seen> seen = new ArrayList<>();
    final Map<String, Said> data = new LinkedHashMap<>();
    private final Deque<Said> script = new ArrayDeque<>();
    private final HttpServer server;

    Dm2StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** In answer to the next package: these commands, as they stand in {@code CMD}. */
    Dm2StandIn say(String... commands) {
        return say(new Said(200, "application/vnd.oma.dm.request+json",
                "{\"CMD\":[" + String.join(",", commands) + "]}", Map.of()));
    }

    Dm2StandIn say(Said answer) {
        script.add(answer);
        return this;
    }

    /** What is there to be fetched. */
    Dm2StandIn has(String path, String mediaType, String body) {
        data.put(path, new Said(200, mediaType, body, Map.of()));
        return this;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        seen.add(new Seen(exchange.getRequestMethod(), path, exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Said said = path.startsWith("/dm2") ? next() : data.getOrDefault(path, Said.of(404));
        said.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        if (!said.mediaType().isEmpty()) {
            exchange.getResponseHeaders().add("Content-Type", said.mediaType());
        }
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Said next() {
        return script.isEmpty()
                ? new Said(200, "application/vnd.oma.dm.request+json", "{\"CMD\":[[\"END\"]]}", Map.of())
                : script.pop();
    }

    /** The bodies of the packages that came. */
    synchronized List<String> packages() {
        return seen.stream().filter(one -> one.path().startsWith("/dm2")).map(Seen::body).toList();
    }

    /** What came but packages. */
    synchronized List<Seen> errands() {
        return seen.stream().filter(one -> !one.path().startsWith("/dm2")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
