package dev.grove.client.notify;

import dev.grove.client.notify.ListenAddress.Bearer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP connections that somebody makes to a listener: so many at once, a new one then ends the oldest; and none of them
 * is waited for longer than it takes to send a request and to take the answer.
 */
final class Connections implements AutoCloseable {

    /** How long a request and its answer may take, the wait before it included. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int AT_ONCE = 16;
    private static final int MOST_FAILURES = 10;

    /** What is said over one connection. */
    interface Talk {

        /** Takes a request and answers it; false if it was the last one. */
        boolean turn(Socket socket) throws IOException;
    }

    private final ServerSocket listening;
    private final String address;
    private final Duration patience;
    private final Supplier<Talk> talks;
    /** The oldest first. */
    private final Deque<Socket> open = new ConcurrentLinkedDeque<>();

    private Connections(Bearer bearer, ServerSocket listening, Duration patience, Supplier<Talk> talks) {
        this.listening = listening;
        this.address = ListenAddress.text(bearer, (InetSocketAddress) listening.getLocalSocketAddress());
        this.patience = patience;
        this.talks = talks;
    }

    /** @param talks gives one for each connection */
    static Connections open(Bearer bearer, InetSocketAddress at, Duration patience, Supplier<Talk> talks)
            throws IOException {
        Connections connections = new Connections(bearer,
                new ServerSocket(at.getPort(), AT_ONCE, at.getAddress()), patience, talks);
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
                begin(socket);
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

    private void begin(Socket socket) {
        open.add(socket);
        Thread.ofVirtual().name(address).start(() -> hold(socket));
        Socket oldest = open.size() > AT_ONCE ? open.pollFirst() : null;
        if (oldest != null) {
            close(oldest);
        }
        if (listening.isClosed()) {
            // It was not there yet when the others were closed.
            close(socket);
        }
    }

    private void hold(Socket socket) {
        try (socket) {
            Talk talk = talks.get();
            boolean goesOn = true;
            while (goesOn) {
                try (Deadline _ = Deadline.in(patience, () -> close(socket))) {
                    goesOn = talk.turn(socket);
                }
            }
        } catch (IOException broken) {
            LOG.debug("A connection to {} broke: {}", address, broken.getMessage());
        } catch (RuntimeException ours) {
            LOG.error("A connection to {} was not handled", address, ours);
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        close(listening);
        open.forEach(this::close);
    }

    private void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            LOG.debug("{} was not closed properly: {}", address, failed.getMessage());
        }
    }
}
