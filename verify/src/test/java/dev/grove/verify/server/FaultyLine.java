package dev.grove.verify.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line between devices and their server that loses messages and answers, brings messages twice, and brings one that
 * it had held back once more after a later one.
 */
final class FaultyLine implements AutoCloseable {

    /** What becomes of a message. */
    enum Fate {
        PASSED, LOST, ANSWER_LOST, TWICE, OLDER_AFTERWARDS
    }

    private static final Pattern SOURCE = Pattern.compile("<Source><LocURI>([^<]*)</LocURI>");

    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Random luck;
    private final Map<Fate, AtomicInteger> fates = new EnumMap<>(Fate.class);
    private final Map<String, byte[]> older = new ConcurrentHashMap<>();
    private final Queue<String> differences = new ConcurrentLinkedQueue<>();

    /** @param url the server's, without path */
    FaultyLine(String url, long seed) throws IOException {
        this.url = url;
        this.luck = new Random(seed);
        for (Fate fate : Fate.values()) {
            fates.put(fate, new AtomicInteger());
        }
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::carry);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often each fate has struck. */
    Map<Fate, AtomicInteger> fates() {
        return fates;
    }

    /** Answers of the server to a repeated message that were not those to the first. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    private synchronized Fate fate() {
        Fate[] all = Fate.values();
        int throwOf = luck.nextInt(2 * all.length);
        return throwOf < all.length ? all[throwOf] : Fate.PASSED;
    }

    private void carry(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] message = exchange.getRequestBody().readAllBytes();
            Fate fate = fate();
            Objects.requireNonNull(fates.get(fate), "each has its count").incrementAndGet();
            if (fate != Fate.LOST) {
                deliver(exchange, message, fate);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(HttpExchange exchange, byte[] message, Fate fate) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = sent(exchange, message);
        if (fate == Fate.TWICE) {
            HttpResponse<byte[]> first = answer;
            answer = sent(exchange, message);
            if (first.statusCode() == 200 && answer.statusCode() == 200 && !isFirst(message)
                    && !Arrays.equals(first.body(), answer.body())) {
                differences.add(new String(message, StandardCharsets.UTF_8));
            }
        }
        heldBack(exchange, message, fate);
        if (fate != Fate.ANSWER_LOST) {
            exchange.getResponseHeaders().add("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** A first message that comes again when work has come in between may begin anew. */
    private static boolean isFirst(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).contains("<MsgID>1</MsgID>");
    }

    /** The message before of the same device; not its first, which could not be told from a new beginning. */
    private void heldBack(HttpExchange exchange, byte[] message, Fate fate) throws IOException, InterruptedException {
        Matcher source = SOURCE.matcher(new String(message, StandardCharsets.UTF_8));
        String device = source.find() ? source.group(1) : "";
        byte[] before = isFirst(message) ? older.remove(device) : older.put(device, message);
        if (fate == Fate.OLDER_AFTERWARDS && before != null) {
            sent(exchange, before);
        }
    }

    private HttpResponse<byte[]> sent(HttpExchange exchange, byte[] message) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
                .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(message)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
