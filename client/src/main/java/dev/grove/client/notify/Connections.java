package dev.grove.client.notify;

import dev.grove.client.notify.ListenAddress.Bearer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TCP connections that somebody makes to a listener: so many at once, none of them silent for long. */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_FAILURES = 10;

    /** What is done with a connection, from its beginning to its end. */
    interface Talk {
        void hold(Socket socket) throws IOException;
    }

    private final ServerSocket listening;
    private final String address;
    private final Talk talk;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Connections(Bearer bearer, ServerSocket listening, Talk talk) {
        this.listening = listening;
        this.address = ListenAddress.text(bearer, (InetSocketAddress) listening.getLocalSocketAddress());
        this.talk = talk;
    }

    static Connections open(Bearer bearer, InetSocketAddress at, Talk talk) throws IOException {
        Connections connections = new Connections(bearer,
                new ServerSocket(at.getPort(), AT_ONCE, at.getAddress()), talk);
        Thread.ofVirtual().name(connections.address).start(connections::listen);
        return connections;
    }

    String address() {
        return address;
    }

    private void listen() {
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                Socket socket = listening.accept();
                failures = 0;
                if (places.tryAcquire()) {
                    open.add(socket);
                    Thread.ofVirtual().name(address).start(() -> hold(socket));
                } else {
                    socket.close();
                }
            } catch (IOException failed) {
                if (listening.isClosed()) {
                    return;
                }
                failures++;
                LOG.warn("{} cannot accept: {}", address, failed.getMessage());
            }
        }
        LOG.error("{} listens no more", address);
        close();
    }

    private void hold(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            talk.hold(socket);
        } catch (IOException broken) {
            LOG.debug("A connection to {} broke: {}", address, broken.getMessage());
        } catch (RuntimeException ours) {
            LOG.error("A connection to {} was not handled", address, ours);
        } finally {
            open.remove(socket);
            places.release();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            LOG.debug("{} was not closed properly: {}", address, failed.getMessage());
        }
    }
}
