package dev.grove.server.doorbell;

import dev.grove.notify.envelope.WapPush;
import dev.grove.server.config.ConfigRefused;
import dev.grove.server.config.HostPort;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * WAP push over UDP ([DMNOTI 1.2 §7.1], [DM 2.0 E.1]): one datagram to the port for connectionless push. Whether it
 * arrives nobody learns but by the device's call.
 */
public final class UdpDoorbell implements Doorbell {

    private static final int AT_ONCE = 16;
    /** What travels in one datagram over Ethernet; more would be cut up on the way. */
    private static final int MOST_BYTES = 1472;

    private final DatagramSocket socket;
    private final int perSecond;
    private final AtomicInteger transactions = new AtomicInteger();

    private UdpDoorbell(DatagramSocket socket, int perSecond) {
        this.socket = socket;
        this.perSecond = perSecond;
    }

    /**
     * @param from where notifications are sent from; port 0 takes a free one
     * @param perSecond as in {@link Pace}
     * @throws ConfigRefused if it cannot be sent from there
     */
    public static UdpDoorbell open(HostPort from, int perSecond) {
        try {
            return new UdpDoorbell(new DatagramSocket(new InetSocketAddress(from.host(), from.port())), perSecond);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigRefused("option wake-udp-from: " + e.getMessage());
        }
    }

    @Override
    public String bearer() {
        return "udp";
    }

    @Override
    public Pace pace() {
        return new Pace(perSecond, AT_ONCE);
    }

    @Override
    public Optional<String> objection(String address) {
        try {
            HostPort at = address(address);
            return at.port() == 0 ? Optional.of("port 0 is nobody's") : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of("is not HOST or HOST:PORT; an IPv6 address stands in brackets");
        }
    }

    private static HostPort address(String text) {
        boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
        return HostPort.parse(hasPort ? text : text + ":" + WapPush.PORT);
    }

    @Override
    public Result ring(Ring ring) {
        Bytes push = WapPush.of(transactions.incrementAndGet() & 0xFF, ring.notification()).encode();
        if (push.length() > MOST_BYTES) {
            return new Result.Failed("the notification has " + push.length() + " octets, too many for a datagram",
                    null);
        }
        try {
            HostPort at = address(ring.address());
            byte[] octets = push.toArray();
            socket.send(new DatagramPacket(octets, octets.length, InetAddress.getByName(at.host()), at.port()));
            return new Result.Taken(null);
        } catch (UnknownHostException unknown) {
            return new Result.Failed("no host has the name " + ring.address(), null);
        } catch (IOException | IllegalArgumentException trouble) {
            return new Result.Failed("could not be sent: " + trouble.getMessage(), null);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
