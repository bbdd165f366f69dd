package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UDP socket for all transactions; answers find theirs by the branch, whatever else comes in is dropped. */
final class SipUdp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SipUdp.class);
    private static final int MAX_DATAGRAM = 65_535;
    private static final int MAX_WAITING = 8;

    private final DatagramSocket socket;
    private final Map<String, BlockingQueue<SipResponse>> waiting = new ConcurrentHashMap<>();

    /** @throws IOException if it cannot listen there */
    SipUdp(InetSocketAddress from) throws IOException {
        socket = new DatagramSocket(from);
        Thread.ofVirtual().name("sip-udp").start(this::receive);
    }

    /** For a call to the peer at {@code to}. */
    SipLine line(InetSocketAddress to) throws IOException {
        return new Line(to, "UDP " + printed(local(to), socket.getLocalPort()));
    }

    private final class Line implements SipLine {

        private final InetSocketAddress to;
        private final String via;
        private BlockingQueue<SipResponse> answers = new ArrayBlockingQueue<>(MAX_WAITING);
        private String branch = "";

        Line(InetSocketAddress to, String via) {
            this.to = to;
            this.via = via;
        }

        @Override
        public String via() {
            return via;
        }

        @Override
        public boolean isReliable() {
            return false;
        }

        @Override
        public void begin(String next) {
            waiting.remove(branch);
            branch = next;
            answers = new ArrayBlockingQueue<>(MAX_WAITING);
            waiting.put(branch, answers);
        }

        @Override
        public void send(Bytes request) throws IOException {
            byte[] octets = request.toArray();
            socket.send(new DatagramPacket(octets, octets.length, to));
        }

        @Override
        public @Nullable SipResponse await(Duration time) throws InterruptedException {
            return answers.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            waiting.remove(branch);
        }
    }

    /** The address from which a datagram to {@code to} goes out. */
    private InetAddress local(InetSocketAddress to) throws IOException {
        if (!socket.getLocalAddress().isAnyLocalAddress()) {
            return socket.getLocalAddress();
        }
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(to);
            return probe.getLocalAddress();
        }
    }

    static String printed(InetAddress address, int port) {
        String host = address.getHostAddress().replaceAll("%.*", "");
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM);
                socket.receive(packet);
                SipResponse.read(Bytes.wrap(Arrays.copyOf(packet.getData(), packet.getLength())))
                        .ifPresent(this::arrived);
            } catch (SocketException _) {
                // Closed, or a complaint about a datagram of ours, which its transaction will find unanswered.
                Thread.onSpinWait();
            } catch (IOException trouble) {
                LOG.warn("a SIP datagram could not be received: {}", String.valueOf(trouble.getMessage()));
            }
        }
    }

    private void arrived(SipResponse response) {
        BlockingQueue<SipResponse> answers = response.branch().map(waiting::get).orElse(null);
        if (answers != null && !answers.offer(response)) {
            LOG.debug("more answers to one SIP request than anybody waits for");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
