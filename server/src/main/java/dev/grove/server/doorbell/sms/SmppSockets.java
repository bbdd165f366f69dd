package dev.grove.server.doorbell.sms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/** Connections to a message centre: they do not wait for ever, and are secured if that was asked for. */
final class SmppSockets implements ConnectionFactory {

    private final @Nullable SSLContext tls;
    private final Duration patience;

    SmppSockets(@Nullable SSLContext tls, Duration patience) {
        this.tls = tls;
        this.patience = patience;
    }

    @Override
    public Connection createConnection(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            return new SocketConnection(tls == null ? socket : secured(tls, socket));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /** The name in the certificate must be that of the centre. */
    private Socket secured(SSLContext context, Socket plain) throws IOException {
        InetSocketAddress centre = (InetSocketAddress) plain.getRemoteSocketAddress();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, centre.getHostString(),
                centre.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) patience.toMillis());
        socket.startHandshake();
        return socket;
    }
}
