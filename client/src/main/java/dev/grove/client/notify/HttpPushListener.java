package dev.grove.client.notify;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grove.client.notify.ListenAddress.Bearer;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.TriggerMessage;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP push in the manner of Push OTA over HTTP: the sender POSTs package 0 with its media type to the device. The
 * answer, 204, says that the notification is here, and nothing of whether it is believed. The text of the DM Push
 * Binding 1.3 is not public, so this is a profile of our own; see docs/divergences.md.
 */
public final class HttpPushListener implements NotificationListener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPushListener.class);
    private static final int LONGEST = 8192;
    private static final int AT_ONCE = 32;
    private static final Set<String> MEDIA_TYPES = Set.of(TriggerMessage.MEDIA_TYPE, Dm2Notification.MEDIA_TYPE);
    private static final Set<String> APPLICATIONS = Set.of("7", "0x07", "syncml.dm", "x-wap-application:syncml.dm");
    private static final String APPLICATION_ID = "X-Wap-Application-Id";

    /** Of the request that a thread is at. */
    private static final ScopedValue<Deadline> DEADLINE = ScopedValue.newInstance();

    private final HttpServer server;
    private final Duration patience;
    /** The oldest first. */
    private final Deque<Deadline> running = new ConcurrentLinkedDeque<>();
    private final Consumer<Delivery> heard;
    private final String address;

    private HttpPushListener(HttpServer server, Consumer<Delivery> heard, Duration patience) {
        this.server = server;
        this.heard = heard;
        this.patience = patience;
        this.address = ListenAddress.text(Bearer.HTTP, server.getAddress());
    }

    /** @throws IOException if the address is taken, or none of this machine */
    public static HttpPushListener open(InetSocketAddress at, Consumer<Delivery> heard) throws IOException {
        return open(at, heard, Connections.PATIENCE);
    }

    static HttpPushListener open(InetSocketAddress at, Consumer<Delivery> heard, Duration patience)
            throws IOException {
        HttpPushListener listener = new HttpPushListener(HttpServer.create(at, 0), heard, patience);
        listener.server.createContext("/", listener::handle);
        listener.server.setExecutor(listener::serve);
        listener.server.start();
        return listener;
    }

    /**
     * A request, from its first line to its answer, on a thread of its own; one that takes too long, or is the oldest
     * of too many, is interrupted where it waits for the other side.
     */
    private void serve(Runnable request) {
        Thread.ofVirtual().name(address).start(() -> {
            try (Deadline deadline = Deadline.in(patience, Thread.currentThread()::interrupt)) {
                running.add(deadline);
                Deadline oldest = running.size() > AT_ONCE ? running.pollFirst() : null;
                if (oldest != null) {
                    oldest.pass();
                }
                try {
                    ScopedValue.where(DEADLINE, deadline).run(request);
                } finally {
                    running.remove(deadline);
                }
            }
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, taken(exchange));
        } catch (RuntimeException ours) {
            LOG.error("What came at {} was not handled", address, ours);
        }
    }

    /** The status of the answer; a notification is handed over before. */
    private int taken(HttpExchange exchange) throws IOException {
        if (!"POST".equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return 405;
        }
        Headers headers = exchange.getRequestHeaders();
        Optional<String> mediaType = first(headers, "Content-Type").map(HttpPushListener::bare)
                .filter(MEDIA_TYPES::contains);
        if (mediaType.isEmpty()) {
            return 415;
        }
        if (!first(headers, APPLICATION_ID).map(HttpPushListener::bare).map(APPLICATIONS::contains).orElse(true)) {
            return 404;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            return 413;
        }
        Delivery delivery = new Delivery.Plain(Bearer.HTTP.toString(), new Packet(mediaType.get(), Bytes.wrap(body)));
        DEADLINE.get().unlessPassed(() -> heard.accept(delivery));
        return 204;
    }

    private static Optional<String> first(Headers headers, String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /** Without parameters, in lower case. */
    private static String bare(String value) {
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        if (status >= 400) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
