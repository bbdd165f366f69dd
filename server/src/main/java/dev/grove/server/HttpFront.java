package dev.grove.server;

import dev.grove.server.config.ConfigRefused;
import dev.grove.server.http.HttpAnswer;
import dev.grove.server.http.HttpHandler;
import dev.grove.server.http.HttpListener;
import dev.grove.server.tls.PskDirectory;
import dev.grove.server.tls.TlsSetup;
import dev.grove.wire.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server, one for each listener: Jetty's core on virtual threads. Besides {@link JettyCall},
 * {@link HeaderWatch} and {@link TlsConnections} this is the only file that knows Jetty.
 */
public final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private final HttpListener listener;
    private final Server server;
    private final ServerConnector connector;

    /** Makes a front that answers with {@code handler} once it is started, and knows no pre-shared keys. */
    public HttpFront(HttpListener listener, HttpHandler handler) {
        this(listener, handler, PskDirectory.EMPTY);
    }

    /** Makes a front that answers with {@code handler} once it is started. */
    public HttpFront(HttpListener listener, HttpHandler handler, PskDirectory keys) {
        this.listener = listener;
        VirtualThreadPool threads = new VirtualThreadPool();
        threads.setName(listener.name());
        server = new Server(threads);
        connector = connector(server, listener, keys);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(listener.limits().maxConnections(), connector));
        GracefulHandler graceful = new GracefulHandler(new Entrance(handler, listener));
        server.setHandler(graceful);
        server.setErrorHandler(HttpFront::refuseBriefly);
        server.setStopTimeout(listener.limits().stop().toMillis());
    }

    /**
     * Begins to listen; calls are answered when this returns.
     *
     * @throws IOException if the address cannot be listened on, or the keys cannot be read
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("cannot listen on " + listener.host() + ":" + listener.port() + " (" + listener.name()
                    + "): " + (e.getCause() == null ? e : e.getCause()).getMessage(), e);
        }
    }

    /** Where it really listens: the port is never 0. */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(listener.host(), connector.getLocalPort());
    }

    /** The address to call, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        String host = listener.host().contains(":") ? "[" + listener.host() + "]" : listener.host();
        return (listener.tls() == null ? "http://" : "https://") + host + ":" + connector.getLocalPort();
    }

    /** Takes no more calls, lets those that are being answered be answered, then stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("{} listener: did not stop in order", listener.name(), e);
        }
    }

    private static ServerConnector connector(Server server, HttpListener listener, PskDirectory keys) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(listener.limits().maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        // Paths are names here, never files: an encoded slash or dot in a device's id means just that.
        http.setUriCompliance(UriCompliance.UNSAFE);
        // It would remember the headers of each connection, in a table of 96 KiB.
        http.setHeaderCacheSize(0);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        HttpListener.Tls tls = listener.tls();
        ServerConnector connector;
        if (tls == null) {
            connector = new ServerConnector(server, 1, 1, plain);
        } else {
            // Devices call by address, and by names that no certificate has.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(server, 1, 1, secured(tls, keys), plain);
        }
        connector.setHost(listener.host());
        connector.setPort(listener.port());
        connector.setIdleTimeout(listener.limits().idle().toMillis());
        connector.setAcceptQueueSize(1024);
        connector.addBean(new HeaderWatch(listener.limits().headerTime()));
        return connector;
    }

    private static ConnectionFactory secured(HttpListener.Tls tls, PskDirectory keys) {
        if (!tls.variants().any()) {
            return new SslConnectionFactory(platform(tls), HttpVersion.HTTP_1_1.asString());
        }
        try {
            return TlsConnections.first(TlsSetup.of(tls, keys), platform(tls));
        } catch (IOException unreadable) {
            throw new ConfigRefused(String.valueOf(unreadable.getMessage()));
        }
    }

    private static SslContextFactory.Server platform(HttpListener.Tls tls) {
        SslContextFactory.Server keys = new SslContextFactory.Server();
        if (tls.keyStore() != null) {
            keys.setKeyStorePath(tls.keyStore().toAbsolutePath().toString());
            keys.setKeyStoreType("PKCS12");
            keys.setKeyStorePassword(tls.password());
        }
        // The default, PKIX, derives the key from the password again at every handshake.
        keys.setKeyManagerFactoryAlgorithm("SunX509");
        keys.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        keys.setSniRequired(false);
        keys.setWantClientAuth(tls.clients() == HttpListener.Clients.OPTIONAL);
        keys.setNeedClientAuth(tls.clients() == HttpListener.Clients.REQUIRED);
        keys.setEndpointIdentificationAlgorithm(null);
        if (tls.trustStore() != null) {
            keys.setTrustStorePath(tls.trustStore().toAbsolutePath().toString());
            keys.setTrustStoreType("PKCS12");
            keys.setTrustStorePassword(tls.trustPassword());
        }
        return keys;
    }

    /** What Jetty itself refuses (a broken request line, too long a header) gets a line of text, not a page. */
    private static boolean refuseBriefly(Request request, Response response, Callback callback) {
        String text = "HTTP " + response.getStatus() + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, text, callback);
        return true;
    }

    /** Where calls enter: each on a virtual thread of its own, which may wait. */
    private static final class Entrance extends Handler.Abstract {

        private final HttpHandler handler;
        private final HttpListener listener;

        Entrance(HttpHandler handler, HttpListener listener) {
            this.handler = handler;
            this.listener = listener;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            switch (answer(request)) {
                case HttpAnswer.Whole(int status, Headers headers, var body) -> {
                    start(response, status, headers);
                    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length());
                    response.write(true, ByteBuffer.wrap(body.toArray()), callback);
                }
                case HttpAnswer.Stream(int status, Headers headers, var body) -> {
                    start(response, status, headers);
                    try (OutputStream out = Content.Sink.asOutputStream(response)) {
                        body.writeTo(out);
                    }
                    callback.succeeded();
                }
            }
            return true;
        }

        private HttpAnswer answer(Request request) {
            try {
                return handler.handle(new JettyCall(request, listener.limits()));
            } catch (RuntimeException fault) {
                LOG.error("{} {}: fault while answering", request.getMethod(), request.getHttpURI().getPath(), fault);
                return HttpAnswer.text(500, "Internal error; the server's log has the details.");
            }
        }

        private static void start(Response response, int status, Headers headers) {
            response.setStatus(status);
            headers.fields().forEach(field -> response.getHeaders().add(field.name(), field.value()));
        }
    }
}
