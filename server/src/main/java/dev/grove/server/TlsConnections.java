package dev.grove.server;

import dev.grove.server.tls.TlsSetup;
import dev.grove.server.tls.TlsSetup.Speaker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS on one port by whom it suits: the platform's, or ours for pre-shared keys and old devices. Who it is, is seen
 * from the first message of the client, which may come in pieces.
 */
final class TlsConnections {

    private TlsConnections() {}

    /** What a connector begins a connection with. */
    static ConnectionFactory first(TlsSetup setup, SslContextFactory.Server platform) {
        DetectorConnectionFactory first = new DetectorConnectionFactory(
                new ByFirstMessage(setup, Speaker.PRE_SHARED_KEYS, new OwnEngines(setup, Speaker.PRE_SHARED_KEYS)),
                new ByFirstMessage(setup, Speaker.OLD, new OwnEngines(setup, Speaker.OLD)),
                new ByFirstMessage(setup, Speaker.PLATFORM, platform));
        first.setInputBufferSize(2 * TlsSetup.MAX_FIRST_BYTES);
        return first;
    }

    /** Takes the connections of one speaker. */
    private static final class ByFirstMessage extends SslConnectionFactory {

        private final TlsSetup setup;
        private final Speaker speaker;

        ByFirstMessage(TlsSetup setup, Speaker speaker, SslContextFactory.Server engines) {
            super(engines, HttpVersion.HTTP_1_1.asString());
            this.setup = setup;
            this.speaker = speaker;
        }

        @Override
        public Detection detect(ByteBuffer received) {
            return setup.speaker(received)
                    .map(who -> who == speaker ? Detection.RECOGNIZED : Detection.NOT_RECOGNIZED)
                    .orElse(Detection.NEED_MORE_BYTES);
        }
    }

    /** Makes our engines where Jetty asks for the platform's. */
    private static final class OwnEngines extends SslContextFactory.Server {

        private final TlsSetup setup;
        private final Speaker speaker;

        OwnEngines(TlsSetup setup, Speaker speaker) {
            this.setup = setup;
            this.speaker = speaker;
        }

        @Override
        public SSLEngine newSSLEngine() {
            return setup.engine(speaker, "");
        }

        @Override
        public SSLEngine newSSLEngine(String host, int port) {
            return setup.engine(speaker, host);
        }

        @Override
        public SSLEngine newSSLEngine(InetSocketAddress address) {
            return setup.engine(speaker, address.getHostString());
        }
    }
}
