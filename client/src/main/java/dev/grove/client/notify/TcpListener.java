package dev.grove.client.notify;

import dev.grove.client.notify.ListenAddress.Bearer;
import dev.grove.wire.Bytes;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A stand-in for bearers that cannot be had in a test: over one connection any number of frames, each two octets of
 * length (big endian, 1 to 8192) and then so many octets of a PDU of connectionless WSP, as in a datagram. Each frame
 * is answered by the octet 0x06 when it has been handed over, whatever the device thinks of it; a frame of another
 * length ends the connection.
 */
public final class TcpListener implements NotificationListener {

    /** Answers a frame. */
    public static final int TAKEN = 0x06;

    private static final int LONGEST = 8192;

    private final Connections connections;

    private TcpListener(Connections connections) {
        this.connections = connections;
    }

    /** @throws IOException if the address is taken, or none of this machine */
    public static TcpListener open(InetSocketAddress at, Consumer<Delivery> heard) throws IOException {
        return open(at, heard, Connections.PATIENCE);
    }

    static TcpListener open(InetSocketAddress at, Consumer<Delivery> heard, Duration patience) throws IOException {
        return new TcpListener(Connections.open(Bearer.TCP, at, patience, () -> socket -> taken(socket, heard)));
    }

    /** A frame and its answer; false if there is none, or none that can be read. */
    private static boolean taken(Socket socket, Consumer<Delivery> heard) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int first = in.read();
        int length = first < 0 ? 0 : (first << 8) | in.readUnsignedByte();
        if (length < 1 || length > LONGEST) {
            return false;
        }
        byte[] pdu = in.readNBytes(length);
        if (pdu.length < length) {
            throw new EOFException("a frame is cut short");
        }
        heard.accept(new Delivery.Push(Bearer.TCP.toString(), Bytes.wrap(pdu)));
        socket.getOutputStream().write(TAKEN);
        return true;
    }

    @Override
    public String address() {
        return connections.address();
    }

    @Override
    public void close() {
        connections.close();
    }
}
