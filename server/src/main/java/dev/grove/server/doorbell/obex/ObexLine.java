package dev.grove.server.doorbell.obex;

import dev.grove.notify.envelope.ObexPacket;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A connection to an OBEX server: one packet there, one back, and an end to all patience. */
final class ObexLine implements AutoCloseable {

    /** The longest packet that the other side may send. */
    static final int MAX_PACKET_OCTETS = 0x2000;

    private final Socket socket = new Socket();
    private final Duration patience;
    private final long endNanos;

    private ObexLine(Duration patience) {
        this.patience = patience;
        endNanos = System.nanoTime() + patience.toNanos();
    }

    static ObexLine open(ObexAddress address, Duration patience) throws IOException {
        ObexLine line = new ObexLine(patience);
        try {
            line.socket.setTcpNoDelay(true);
            line.socket.connect(new InetSocketAddress(address.host(), address.port()), line.leftMillis());
            return line;
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
    }

    /** Sends a request and waits for its response. */
    ObexPacket ask(ObexPacket request) throws IOException, Malformed {
        socket.getOutputStream().write(request.encode().toArray());
        Bytes prefix = read(ObexPacket.PREFIX_OCTETS);
        int length = ObexPacket.length(prefix);
        if (length > MAX_PACKET_OCTETS) {
            throw new Malformed(1, "length", "a packet has no more octets than this side takes (IrOBEX 1.3 3.4.1.1)");
        }
        Bytes rest = read(length - ObexPacket.PREFIX_OCTETS);
        return ObexPacket.decodeResponse(prefix.plus(rest), request.code() == ObexPacket.CONNECT);
    }

    private Bytes read(int count) throws IOException {
        byte[] octets = new byte[count];
        InputStream in = socket.getInputStream();
        for (int at = 0; at < count;) {
            socket.setSoTimeout(leftMillis());
            int got = in.read(octets, at, count - at);
            if (got < 0) {
                throw new IOException("the device hung up");
            }
            at += got;
        }
        return Bytes.wrap(octets);
    }

    private int leftMillis() throws SocketTimeoutException {
        long left = (endNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no end within " + patience);
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
