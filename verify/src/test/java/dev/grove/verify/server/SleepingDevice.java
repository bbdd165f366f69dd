package dev.grove.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.notify.Dm2Notification;
import dev.grove.notify.TriggerMessage;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A device that does nothing but listen for notifications by UDP. */
final class SleepingDevice implements AutoCloseable {

    private static final int LONGEST = 2000;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int HEADER_BYTES = 6;

    private final DatagramSocket socket;

    private SleepingDevice(DatagramSocket socket) {
        this.socket = socket;
    }

    /** One that listens on a free port. */
    static SleepingDevice listening() {
        try {
            return new SleepingDevice(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How it can be reached, as the API takes it. */
    String reach() {
        return "{\"bearers\":[{\"bearer\":\"udp\",\"address\":\"127.0.0.1:" + socket.getLocalPort() + "\"}]}";
    }

    /** The next datagram. */
    Bytes datagram() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        socket.receive(packet);
        return Bytes.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    /** Whether nothing comes for a while. */
    boolean isQuietFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            socket.receive(new DatagramPacket(new byte[LONGEST], LONGEST));
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        }
    }

    /** Drops what has come by now. */
    void forget() throws IOException {
        boolean isQuiet = false;
        while (!isQuiet) {
            isQuiet = isQuietFor(100);
        }
    }

    /** The trigger in the next push. */
    TriggerMessage.Signed heard() throws IOException {
        try {
            return TriggerMessage.decode(body(0xC4));
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** The notification of DM 2.0 in the next push, as it came. */
    Bytes heardDm2() throws IOException {
        assertThat(Dm2Notification.MEDIA_TYPE).isEqualTo("application/vnd.syncml.dm.notification");
        return body(0xD8);
    }

    /** Byte for byte what [DMNOTI 1.2 §7.1] wants in front: push, three octets of headers, type, application 7. */
    private Bytes body(int type) throws IOException {
        Bytes push = datagram();
        assertThat(push.slice(1, HEADER_BYTES).hex()).isEqualTo("0603" + Integer.toHexString(type) + "af87");
        return push.slice(HEADER_BYTES, push.length());
    }

    @Override
    public void close() {
        socket.close();
    }
}
