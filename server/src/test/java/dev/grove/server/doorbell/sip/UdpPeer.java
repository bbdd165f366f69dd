package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers each datagram by as many as it is told to. */
final class UdpPeer implements AutoCloseable {

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Function<String, List<String>> answers;

    UdpPeer(Function<String, List<String>> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().start(this::serve);
    }

    /** The answer that belongs to a request. */
    static List<String> answer(String request, int status, String phrase, String... more) {
        List<String> lines = new ArrayList<>(List.of("SIP/2.0 " + status + " " + phrase));
        request.lines().takeWhile(line -> !line.isEmpty())
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq):.*")).map(line -> line.replace("Via:", "v:"))
                .forEach(lines::add);
        lines.addAll(List.of(more));
        return List.of(String.join("\r\n", lines) + "\r\n\r\n");
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    List<Bytes> bodies() {
        return requests.stream().map(request -> Bytes.wrap(request.substring(request.indexOf("\r\n\r\n") + 4)
                .getBytes(StandardCharsets.ISO_8859_1))).toList();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                String request = new String(Arrays.copyOf(packet.getData(), packet.getLength()),
                        StandardCharsets.ISO_8859_1);
                requests.add(request);
                for (String answer : answers.apply(request)) {
                    byte[] octets = answer.getBytes(StandardCharsets.ISO_8859_1);
                    socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
