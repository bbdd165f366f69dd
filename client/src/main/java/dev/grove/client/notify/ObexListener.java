package dev.grove.client.notify;

import dev.grove.client.notify.ListenAddress.Bearer;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.envelope.ObexHeader;
import dev.grove.notify.envelope.ObexPacket;
import dev.grove.notify.TriggerMessage;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * OBEX over TCP, the device as its server: CONNECT, then package 0 by PUT ([DMNOTI 1.2 §7.2]). The session that follows
 * goes by the device's own transport; one by OBEX is not offered, so GET is answered 0xD1.
 */
public final class ObexListener implements NotificationListener {

    /** The port that IANA has for OBEX. */
    public static final int PORT = 650;

    private static final int LONGEST = 8192;
    private static final Set<String> MEDIA_TYPES = Set.of(TriggerMessage.MEDIA_TYPE, Dm2Notification.MEDIA_TYPE, "");

    private final Connections connections;

    private ObexListener(Connections connections) {
        this.connections = connections;
    }

    /** @throws IOException if the address is taken, or none of this machine */
    public static ObexListener open(InetSocketAddress at, Consumer<Delivery> heard) throws IOException {
        return open(at, heard, Connections.PATIENCE);
    }

    static ObexListener open(InetSocketAddress at, Consumer<Delivery> heard, Duration patience) throws IOException {
        AtomicInteger connectionIds = new AtomicInteger();
        return new ObexListener(Connections.open(Bearer.OBEX, at, patience,
                () -> new Conversation(connectionIds.incrementAndGet(), heard)));
    }

    /** What is said over one connection. */
    private static final class Conversation implements Connections.Talk {

        private final long connectionId;
        private final Consumer<Delivery> heard;
        private boolean isConnected;
        private boolean isOver;
        /** Of the PUT that is under way. */
        private String type = "";
        private Bytes body = Bytes.EMPTY;

        Conversation(long connectionId, Consumer<Delivery> heard) {
            this.connectionId = connectionId;
            this.heard = heard;
        }

        @Override
        public boolean turn(Socket socket) throws IOException {
            socket.getOutputStream().write(answer(socket.getInputStream()).encode().toArray());
            return !isOver;
        }

        private ObexPacket answer(InputStream in) throws IOException {
            try {
                Bytes prefix = octets(in, ObexPacket.PREFIX_OCTETS);
                int length = ObexPacket.length(prefix);
                if (length > LONGEST) {
                    isOver = true;
                    return ObexPacket.of(ObexPacket.TOO_LARGE);
                }
                return answer(ObexPacket.decodeRequest(
                        prefix.plus(octets(in, length - ObexPacket.PREFIX_OCTETS))));
            } catch (Malformed _) {
                isOver = true;
                return ObexPacket.of(ObexPacket.BAD_REQUEST);
            }
        }

        private static Bytes octets(InputStream in, int count) throws IOException {
            byte[] octets = in.readNBytes(count);
            if (octets.length < count) {
                throw new EOFException("a packet is cut short");
            }
            return Bytes.wrap(octets);
        }

        private ObexPacket answer(ObexPacket request) {
            return switch (request.code()) {
                case ObexPacket.CONNECT -> connected(request);
                case ObexPacket.PUT, ObexPacket.PUT_FINAL -> put(request);
                case ObexPacket.SETPATH -> ObexPacket.of(ObexPacket.SUCCESS);
                case ObexPacket.ABORT -> {
                    forget();
                    yield ObexPacket.of(ObexPacket.SUCCESS);
                }
                case ObexPacket.DISCONNECT -> {
                    isOver = true;
                    yield ObexPacket.of(ObexPacket.SUCCESS);
                }
                default -> ObexPacket.of(ObexPacket.NOT_IMPLEMENTED);
            };
        }

        /** Who names another target, or none, is let in too, as at known phones, but is not told who is here. */
        private ObexPacket connected(ObexPacket request) {
            isConnected = true;
            forget();
            return request.octets(ObexHeader.TARGET).filter(ObexPacket.DEVICE_MANAGEMENT::equals).isPresent()
                    ? ObexPacket.connect(ObexPacket.SUCCESS, LONGEST,
                            new ObexHeader.Word(ObexHeader.CONNECTION_ID, connectionId),
                            new ObexHeader.Octets(ObexHeader.WHO, ObexPacket.DEVICE_MANAGEMENT))
                    : ObexPacket.connect(ObexPacket.SUCCESS, LONGEST);
        }

        private ObexPacket put(ObexPacket request) {
            boolean isOfOther = request.number(ObexHeader.CONNECTION_ID).filter(id -> id != connectionId).isPresent();
            if (!isConnected || isOfOther) {
                forget();
                return ObexPacket.of(isConnected ? ObexPacket.UNAVAILABLE : ObexPacket.FORBIDDEN);
            }
            type = request.type().orElse(type);
            if (!MEDIA_TYPES.contains(type)) {
                forget();
                return ObexPacket.of(ObexPacket.UNSUPPORTED_MEDIA_TYPE);
            }
            body = body.plus(request.body());
            if (body.length() > LONGEST) {
                forget();
                return ObexPacket.of(ObexPacket.TOO_LARGE);
            }
            if (!request.isFinal()) {
                return ObexPacket.of(ObexPacket.CONTINUE);
            }
            Packet notification = new Packet(type, body);
            forget();
            heard.accept(new Delivery.Plain(Bearer.OBEX.toString(), notification));
            return ObexPacket.of(ObexPacket.SUCCESS);
        }

        private void forget() {
            type = "";
            body = Bytes.EMPTY;
        }
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
