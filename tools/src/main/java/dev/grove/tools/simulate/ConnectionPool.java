package dev.grove.tools.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The connections of the whole fleet: a session has one for itself, and leaves it to the next. */
final class ConnectionPool implements AutoCloseable {

    /** Servers close connections that idle for some seconds, and say so to nobody. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Rules rules;
    private final Map<Origin, ConcurrentLinkedDeque<Idle>> idle = new ConcurrentHashMap<>();
    private final LongAdder opened = new LongAdder();

    /**
     * How connections are made.
     *
     * @param timeout for an answer; and, up to ten seconds of it, for a connection
     * @param maxAnswerBytes the longest answer that is read
     * @param isPooled whether a session may use the connection of one before it
     * @param tls makes the context of each connection: one with TLS sessions of its own, or that of all
     */
    record Rules(Duration timeout, int maxAnswerBytes, boolean isPooled, Supplier<SSLContext> tls) {}

    /** Scheme, host and port. */
    record Origin(boolean isTls, String host, int port) {

        static Origin of(URI address) throws IOException {
            boolean isTls = "https".equalsIgnoreCase(address.getScheme());
            if ((!isTls && !"http".equalsIgnoreCase(address.getScheme())) || address.getHost() == null) {
                throw new IOException("is no HTTP address");
            }
            int port = address.getPort() >= 0 ? address.getPort() : isTls ? 443 : 80;
            return new Origin(isTls, address.getHost().toLowerCase(Locale.ROOT), port);
        }
    }

    private record Idle(HttpConnection connection, long sinceNanos) {

        boolean isStale() {
            return System.nanoTime() - sinceNanos > IDLE_NANOS;
        }
    }

    ConnectionPool(Rules rules) {
        this.rules = rules;
    }

    /** One that another session has left; absent if there is none. */
    @Nullable
    HttpConnection left(Origin origin) {
        ConcurrentLinkedDeque<Idle> waiting = idle.get(origin);
        for (Idle one; waiting != null && (one = waiting.pollFirst()) != null;) {
            if (!one.isStale()) {
                return one.connection();
            }
            one.connection().close();
        }
        return null;
    }

    /** A new one. */
    HttpConnection open(Origin origin) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            int timeoutMillis = (int) Math.min(Integer.MAX_VALUE, rules.timeout().toMillis());
            socket.connect(new InetSocketAddress(unbracketed(origin.host()), origin.port()),
                    Math.min(timeoutMillis, 10_000));
            opened.increment();
            socket.setSoTimeout(timeoutMillis);
            return new HttpConnection(origin.isTls() ? secured(socket, origin) : socket, rules.maxAnswerBytes());
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private SSLSocket secured(Socket socket, Origin origin) throws IOException {
        SSLSocket secured = (SSLSocket) rules.tls().get().getSocketFactory().createSocket(socket,
                unbracketed(origin.host()), origin.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** The session that had it needs it no more; nothing is under way on it. */
    void leave(Origin origin, HttpConnection connection) {
        if (!rules.isPooled()) {
            connection.close();
            return;
        }
        ConcurrentLinkedDeque<Idle> waiting = idle.computeIfAbsent(origin, _ -> new ConcurrentLinkedDeque<>());
        waiting.addFirst(new Idle(connection, System.nanoTime()));
        Idle oldest = waiting.peekLast();
        if (oldest != null && oldest.isStale() && waiting.removeLastOccurrence(oldest)) {
            oldest.connection().close();
        }
    }

    /** How many have been opened so far. */
    long opened() {
        return opened.sum();
    }

    @Override
    public void close() {
        idle.values().forEach(waiting -> {
            for (Idle one; (one = waiting.pollFirst()) != null;) {
                one.connection().close();
            }
        });
    }
}
