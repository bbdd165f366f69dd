package dev.grove.server.doorbell.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says one thing to whoever connects, once it has heard something, and closes. */
final class TcpPeer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String says;

    TcpPeer(String says) throws IOException {
        this.says = says;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(says.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException over) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
