package dev.grove.client.notify;

import dev.grove.client.notify.ListenAddress.Bearer;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WAP push over UDP: each datagram is a PDU of connectionless WSP ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]). Answers nobody, so
 * that nobody learns whether a device is here.
 */
public final class UdpListener implements NotificationListener {

    /** The port that IANA has for non-secure connectionless push. */
    public static final int PORT = 2948;

    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    private static final int LONGEST = 8192;
    private static final int MOST_FAILURES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DatagramSocket socket;
    private final String address;
    private final Thread thread;

    private UdpListener(DatagramSocket socket, Consumer<Delivery> heard) {
        this.socket = socket;
        this.thread = Thread.ofVirtual().unstarted(() -> listen(heard));
        this.address = ListenAddress.text(Bearer.UDP, (InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** @throws IOException if the address is taken, or none of this machine */
    public static UdpListener open(InetSocketAddress at, Consumer<Delivery> heard) throws IOException {
        UdpListener listener = new UdpListener(new DatagramSocket(at), heard);
        listener.thread.setName(listener.address);
        listener.thread.start();
        return listener;
    }

    private void listen(Consumer<Delivery> heard) {
        DatagramPacket datagram = new DatagramPacket(new byte[LONGEST], LONGEST);
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                datagram.setLength(LONGEST);
                socket.receive(datagram);
                failures = 0;
                heard.accept(new Delivery.Push(Bearer.UDP.toString(),
                        Bytes.wrap(Arrays.copyOf(datagram.getData(), datagram.getLength()))));
            } catch (IOException failed) {
                if (socket.isClosed()) {
                    return;
                }
                failures++;
                LOG.warn("{} cannot receive: {}", address, failed.getMessage());
            } catch (RuntimeException ours) {
                LOG.error("What came at {} was not handled", address, ours);
            }
        }
        LOG.error("{} listens no more", address);
        socket.close();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        socket.close();
        try {
            // The port is free when nobody waits at it any more.
            thread.join(PATIENCE);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
