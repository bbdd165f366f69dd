package dev.grove.server;

import dev.grove.server.http.BodyRefused;
import dev.grove.server.http.HttpCall;
import dev.grove.server.http.HttpListener;
import dev.grove.server.tls.PskPrincipal;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/** A call that came over Jetty. */
final class JettyCall implements HttpCall {

    private static final String REMOTE = "dev.grove.remote";
    private static final int FIRST_BYTES = 4 << 10;
    private static final int MOST_RESERVED_BYTES = 64 << 10;
    private static final int MOST_DISCARDED_BYTES = 1 << 20;

    private final Request request;
    private final HttpListener.Limits limits;
    private @Nullable Headers headers;

    JettyCall(Request request, HttpListener.Limits limits) {
        this.request = request;
        this.limits = limits;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    @Override
    public String query() {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    @Override
    public Headers headers() {
        Headers known = headers;
        if (known == null) {
            List<Headers.Field> fields = new ArrayList<>();
            for (HttpField field : request.getHeaders()) {
                fields.add(new Headers.Field(field.getName(), field.getValue() == null ? "" : field.getValue()));
            }
            known = new Headers(fields);
            headers = known;
        }
        return known;
    }

    @Override
    public String url() {
        return request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority() + path();
    }

    @Override
    public String remote() {
        Attributes connection = request.getConnectionMetaData();
        if (!(connection.getAttribute(REMOTE) instanceof String known)) {
            String address = Request.getRemoteAddr(request);
            connection.setAttribute(REMOTE, address);
            return address;
        }
        return known;
    }

    @Override
    public Optional<X509Certificate> certificate() {
        Object session = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        if (session instanceof EndPoint.SslSessionData tls && tls.peerCertificates() != null
                && tls.peerCertificates().length > 0) {
            return Optional.of(tls.peerCertificates()[0]);
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> transportIdentity() {
        Object data = request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
        if (data instanceof EndPoint.SslSessionData tls && tls.sslSession() != null) {
            try {
                return tls.sslSession().getPeerPrincipal() instanceof PskPrincipal(String deviceId)
                        ? Optional.of(deviceId)
                        : Optional.empty();
            } catch (SSLPeerUnverifiedException nobody) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public Bytes body(int maxBytes) throws BodyRefused {
        if (request.getLength() > maxBytes) {
            discardDeclared(maxBytes);
            throw tooLong(maxBytes);
        }
        if (!request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
            return received(maxBytes);
        }
        List<String> codings = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false).stream()
                .map(coding -> coding.toLowerCase(Locale.ROOT)).filter(coding -> !coding.equals("identity")).toList();
        if (codings.isEmpty()) {
            return received(maxBytes);
        }
        if (!codings.equals(List.of("gzip")) && !codings.equals(List.of("x-gzip"))) {
            throw new BodyRefused(415, "Content-Encoding " + codings + " is not known here; gzip is");
        }
        return inflated(received(maxBytes), maxBytes);
    }

    private Bytes received(int maxBytes) throws BodyRefused {
        // What a caller only claims is not reserved for it.
        long claimed = request.getLength() < 0 ? FIRST_BYTES : request.getLength();
        int expected = (int) Math.min(Math.min(claimed, MOST_RESERVED_BYTES), maxBytes);
        byte[] bytes = new byte[expected];
        int length = 0;
        if (request.getLength() == expected) {
            // Most bodies have come with their head: then nobody need wait.
            Content.Chunk chunk = request.read();
            while (chunk != null && !Content.Chunk.isFailure(chunk)) {
                int count = Math.min(chunk.remaining(), expected - length);
                chunk.get(bytes, length, count);
                length += count;
                boolean isLast = chunk.isLast();
                chunk.release();
                if (isLast) {
                    return Bytes.wrap(bytes, 0, length);
                }
                chunk = request.read();
            }
            if (chunk != null) {
                throw cutOff(new IOException(chunk.getFailure()));
            }
        }
        return waitedFor(bytes, length, maxBytes);
    }

    /** The rest of a body of which some has come. */
    private Bytes waitedFor(byte[] begun, int begunBytes, int maxBytes) throws BodyRefused {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = begun;
            int length = begunBytes;
            long started = System.nanoTime();
            while (true) {
                if (length == bytes.length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    if (length == maxBytes) {
                        discard(in);
                        throw tooLong(maxBytes);
                    }
                    bytes = Arrays.copyOf(bytes, Math.min(maxBytes, bytes.length * 2 + 1));
                    bytes[length++] = (byte) next;
                }
                int count = in.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
                checkPace(length, System.nanoTime() - started);
            }
            return Bytes.wrap(bytes, 0, length);
        } catch (IOException e) {
            throw cutOff(e);
        }
    }

    /** Who waits to be invited sends nothing, and who has much to send is cut off. */
    private void discardDeclared(int maxBytes) throws BodyRefused {
        boolean isInvited = !request.getHeaders().contains(HttpHeader.EXPECT);
        if (isInvited && request.getLength() - maxBytes <= MOST_DISCARDED_BYTES) {
            try (InputStream in = Content.Source.asInputStream(request)) {
                discard(in);
            } catch (IOException e) {
                throw cutOff(e);
            }
        }
    }

    /**
     * Takes what is left of a body that is refused, and forgets it: whoever still sends when the connection is closed
     * does not hear the answer. Ends where it grows too much or comes too slowly.
     */
    private void discard(InputStream in) throws IOException {
        byte[] some = new byte[FIRST_BYTES];
        long started = System.nanoTime();
        long taken = 0;
        while (taken <= MOST_DISCARDED_BYTES && !isTooSlow(taken, System.nanoTime() - started)) {
            int count = in.read(some);
            if (count < 0) {
                return;
            }
            taken += count;
        }
    }

    private boolean isTooSlow(long bytes, long nanos) {
        return nanos > limits.bodyGrace().toNanos() && bytes < limits.minBodyBytesPerSecond() * (nanos / 1e9);
    }

    private void checkPace(int bytes, long nanos) throws BodyRefused {
        if (isTooSlow(bytes, nanos)) {
            throw new BodyRefused(408,
                    "the body came slower than " + limits.minBodyBytesPerSecond() + " bytes a second");
        }
    }

    private static Bytes inflated(Bytes packed, int maxBytes) throws BodyRefused {
        try (GZIPInputStream in = new GZIPInputStream(packed.stream())) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (bytes.length == maxBytes && in.read() >= 0) {
                throw tooLong(maxBytes);
            }
            return Bytes.wrap(bytes);
        } catch (ZipException | EOFException e) {
            throw new BodyRefused(400, "the body is not what gzip makes: " + e.getMessage());
        } catch (IOException e) {
            throw new BodyRefused(400, "the body could not be inflated: " + e.getMessage());
        }
    }

    private static BodyRefused cutOff(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new BodyRefused(408, "nothing more of the body came in time");
            }
        }
        String how = failure instanceof EofException ? "the caller went away" : String.valueOf(failure.getMessage());
        return new BodyRefused(400, "the body was cut off: " + how);
    }

    private static BodyRefused tooLong(int maxBytes) {
        return new BodyRefused(413, "the body is longer than " + maxBytes + " bytes");
    }
}
