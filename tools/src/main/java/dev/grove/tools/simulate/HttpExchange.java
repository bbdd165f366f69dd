package dev.grove.tools.simulate;

import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.tools.simulate.ConnectionPool.Origin;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests and responses of one session over one kept connection, with the session's cookies, and with what goes wrong
 * on purpose.
 */
final class HttpExchange {

    private final ConnectionPool pool;
    private final Tally tally;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private FaultDice dice = new FaultDice(Faults.NONE, new SplittableRandom(0));
    private @Nullable HttpConnection connection;
    private @Nullable Origin origin;
    private boolean wasLeft;
    private String trouble = "";

    HttpExchange(ConnectionPool pool, Tally tally) {
        this.pool = pool;
        this.tally = tally;
    }

    void begin(FaultDice thrown) {
        dice = thrown;
        cookies.clear();
        trouble = "";
    }

    /** Leaves the connection to others. */
    void end() {
        if (connection != null && origin != null) {
            pool.leave(origin, connection);
            connection = null;
        }
    }

    /** What broke last; empty if nothing did. */
    String trouble() {
        return trouble;
    }

    /**
     * Sends a request and waits for its response.
     *
     * @param fields header fields, each with its line's end
     * @throws TransportException if there is no response
     */
    HttpReply send(String method, URI address, String fields, Bytes body) throws TransportException {
        Optional<Faults.Kind> fault = dice.next();
        fault.ifPresent(tally::struck);
        if (fault.isPresent() && fault.get() == Faults.Kind.ABANDONED) {
            drop();
            throw broken(Kind.REFUSED, address, "abandoned on purpose", null);
        }
        try {
            Origin wanted = Origin.of(address);
            if (!wanted.equals(origin)) {
                end();
                cookies.clear();
                origin = wanted;
            }
            String head = head(method, address, fields, body.length());
            return exchanged(wanted, new Sending(method, address, head, body), fault.orElse(null));
        } catch (IOException failed) {
            boolean wasConnected = connection != null;
            drop();
            throw explained(failed, address, wasConnected);
        } catch (InterruptedException stopped) {
            drop();
            Thread.currentThread().interrupt();
            throw broken(Kind.INTERRUPTED, address, "stopped", stopped);
        }
    }

    private record Sending(String method, URI address, String head, Bytes body) {}

    private HttpReply exchanged(Origin wanted, Sending sending, Faults.@Nullable Kind fault)
            throws IOException, InterruptedException, TransportException {
        long start = System.nanoTime();
        HttpReply reply;
        try {
            reply = once(wanted, sending, fault);
        } catch (IOException failed) {
            boolean wasClosedMeanwhile = wasLeft && connection != null && !connection.hasBegun()
                    && !(failed instanceof SocketTimeoutException);
            if (!wasClosedMeanwhile) {
                throw failed;
            }
            // The server had closed a connection of another session: that is no news of this one.
            drop();
            wasLeft = false;
            connection = pool.open(wanted);
            reply = once(wanted, sending, fault);
        }
        if (fault == Faults.Kind.REPEATED) {
            reply = once(wanted, sending, null);
        }
        tally.answered(System.nanoTime() - start - (fault == Faults.Kind.SLOW ? dice.slowMillis() * 1_000_000 : 0));
        if (fault == Faults.Kind.LOST_REPLY) {
            drop();
            throw broken(Kind.LOST, sending.address(), "reply lost on purpose", null);
        }
        return reply;
    }

    private HttpReply once(Origin wanted, Sending sending, Faults.@Nullable Kind fault)
            throws IOException, InterruptedException, TransportException {
        HttpConnection line = line(wanted);
        if (fault == Faults.Kind.SLOW) {
            line.sendSlowly(sending.head(), sending.body(), dice.slowMillis());
        } else {
            line.send(sending.head(), sending.body());
        }
        if (fault == Faults.Kind.CUT) {
            drop();
            throw broken(Kind.LOST, sending.address(), "cut on purpose", null);
        }
        HttpReply reply = line.receive(sending.method().equals("HEAD"));
        trouble = "";
        takeCookies(reply);
        if (reply.isLast()) {
            drop();
        } else {
            wasLeft = false;
        }
        return reply;
    }

    private HttpConnection line(Origin wanted) throws IOException {
        HttpConnection line = connection;
        if (line == null) {
            line = pool.left(wanted);
            wasLeft = line != null;
            line = line == null ? pool.open(wanted) : line;
            connection = line;
        }
        return line;
    }

    private void drop() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    // ---- the head

    private String head(String method, URI address, String fields, int length) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        StringBuilder head = new StringBuilder(512).append(method).append(' ').append(path);
        if (address.getRawQuery() != null) {
            head.append('?').append(address.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(address.getRawAuthority()).append("\r\n").append(fields);
        if (!cookies.isEmpty()) {
            head.append("Cookie: ");
            String separator = "";
            for (Map.Entry<String, String> cookie : cookies.entrySet()) {
                head.append(separator).append(cookie.getKey()).append('=').append(cookie.getValue());
                separator = "; ";
            }
            head.append("\r\n");
        }
        if (length > 0 || method.equals("POST") || method.equals("PUT")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Cookies are for the server that the session talks to; paths and domains do not matter then. */
    private void takeCookies(HttpReply reply) {
        for (String given : reply.all("Set-Cookie")) {
            int semicolon = given.indexOf(';');
            String pair = (semicolon < 0 ? given : given.substring(0, semicolon)).strip();
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
    }

    // ---- failures

    private TransportException broken(Kind kind, URI address, String why, @Nullable Throwable cause) {
        trouble = why;
        return new TransportException(kind, address.getHost() + ": " + why, cause);
    }

    private TransportException explained(IOException failed, URI address, boolean wasConnected) {
        return switch (failed) {
            case HttpConnection.TooLong tooLong -> broken(Kind.UNUSABLE, address, "answer too long", tooLong);
            case ConnectException refused -> broken(Kind.UNREACHABLE, address, "no connection", refused);
            case UnknownHostException unknown -> broken(Kind.UNREACHABLE, address, "host name not known", unknown);
            case SocketTimeoutException late -> broken(wasConnected ? Kind.LOST : Kind.UNREACHABLE, address,
                    "no answer in time", late);
            case SSLException tls -> broken(isDistrust(tls) ? Kind.UNTRUSTED : Kind.UNREACHABLE, address,
                    isDistrust(tls) ? "certificate not trusted" : "TLS failed", tls);
            case IOException other -> broken(Kind.LOST, address, "connection lost", other);
        };
    }

    private static boolean isDistrust(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
