package dev.grove.client.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.client.notify.ListenAddress.Bearer;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.envelope.ObexHeader;
import dev.grove.notify.envelope.ObexPacket;
import dev.grove.notify.TriggerMessage;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each listener on a socket of its own. */
@Timeout(30)
class ListenersTest {

    private static final Bytes PDU = Bytes.hex("010603c4af870102030405");

    private final BlockingQueue<Delivery> heard = new LinkedBlockingQueue<>();

    private NotificationListener open(String address) throws IOException {
        return ListenAddress.parse(address).open(heard::add);
    }

    private static int port(NotificationListener listener) {
        return port(listener.address());
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private Delivery next() throws InterruptedException {
        Delivery delivery = heard.poll(20, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        return delivery;
    }

    // ---- addresses

    @Test
    void an_address_is_a_bearer_a_host_and_a_port() {
        assertThat(ListenAddress.parse("udp")).hasToString("udp:127.0.0.1:2948");
        assertThat(ListenAddress.parse("UDP:0.0.0.0:3000")).hasToString("udp:0.0.0.0:3000");
        assertThat(ListenAddress.parse("http::0")).hasToString("http:127.0.0.1:0");
        assertThat(ListenAddress.parse("http://localhost:81/")).hasToString("http:localhost:81");
        assertThat(ListenAddress.parse("obex:[::1]")).hasToString("obex:[::1]:650");
        assertThat(ListenAddress.parse("tcp:127.0.0.1:65535").port()).isEqualTo(65535);
        for (String wrong : new String[] {"", "sms:1", "udp:127.0.0.1:65536", "udp:127.0.0.1:x", "2948", "udp:a:b:1"}) {
            assertThatThrownBy(() -> ListenAddress.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ListenAddress(Bearer.UDP, "127.0.0.1", 65536))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("65536");
    }

    @Test
    void an_address_that_is_taken_is_named() throws Exception {
        try (NotificationListener first = open("tcp:127.0.0.1:0")) {
            assertThatThrownBy(() -> open(first.address())).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on " + first.address());
        }
    }

    // ---- those who take their time

    private static final Duration MOMENT = Duration.ofMillis(200);

    /** An octet now and then, and none of them late; until the listener has enough of it. */
    private static void drip(NotificationListener listener, String begin) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            socket.setSoTimeout((int) MOMENT.toMillis() / 4);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            while (!isOver(socket)) {
                socket.getOutputStream().write('x');
            }
        } catch (SocketException reset) {
            assertThat(reset.getMessage()).isNotNull();
        }
    }

    private static boolean isOver(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException notYet) {
            return false;
        }
    }

    private InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1\r\nX-Long: ", "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + TriggerMessage.MEDIA_TYPE + "\r\nContent-Length: 8000\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 60000\r\n\r\n"})
    void a_post_that_trickles_in_is_not_waited_for(String begin) throws Exception {
        try (NotificationListener listener = HttpPushListener.open(here(), heard::add, MOMENT)) {
            drip(listener, begin);
            assertThat(heard).isEmpty();
            assertThat(post(listener, "POST", PDU, TYPE, TriggerMessage.MEDIA_TYPE)).isEqualTo(204);
        }
    }

    @Test
    void a_frame_or_a_packet_that_trickles_in_is_not_waited_for() throws Exception {
        try (NotificationListener listener = TcpListener.open(here(), heard::add, MOMENT)) {
            drip(listener, "\u001F\u00FF");
        }
        try (NotificationListener listener = ObexListener.open(here(), heard::add, MOMENT)) {
            drip(listener, "\u0082\u001F\u00FF");
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void those_who_hold_all_connections_make_room_for_who_comes_last() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (NotificationListener tcp = open("tcp:127.0.0.1:0"); NotificationListener http = open("http:127.0.0.1:0")) {
            for (int i = 0; i < 40; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), port(tcp)));
                Socket begun = new Socket(InetAddress.getLoopbackAddress(), port(http));
                begun.getOutputStream().write("POST".getBytes(StandardCharsets.ISO_8859_1));
                silent.add(begun);
            }
            assertThat(post(http, "POST", PDU, TYPE, TriggerMessage.MEDIA_TYPE)).isEqualTo(204);
            try (Socket last = new Socket(InetAddress.getLoopbackAddress(), port(tcp))) {
                last.getOutputStream().write(Bytes.hex("000b").plus(PDU).toArray());
                assertThat(last.getInputStream().read()).isEqualTo(TcpListener.TAKEN);
            }
            silent.get(0).setSoTimeout(20_000);
            silent.get(1).setSoTimeout(20_000);
            assertThat(isClosed(silent.get(0))).as("the oldest has made room").isTrue();
            assertThat(isClosed(silent.get(1))).isTrue();
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return isOver(socket);
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void who_does_not_listen_to_the_answer_is_not_waited_for() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Connections talking = Connections.open(Bearer.TCP, here(), MOMENT, () -> socket -> {
            try {
                socket.getOutputStream().write(new byte[1 << 26]);
                return true;
            } finally {
                ended.countDown();
            }
        }); Socket silent = new Socket(InetAddress.getLoopbackAddress(), port(talking.address()))) {
            assertThat(ended.await(20, TimeUnit.SECONDS)).as("ended while %s does not read", silent).isTrue();
        }
    }

    @Test
    void whoever_is_told_of_a_post_is_not_interrupted() throws Exception {
        CountDownLatch longer = new CountDownLatch(1);
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        try (NotificationListener listener = HttpPushListener.open(here(), delivery -> {
            boolean isInterrupted = false;
            try {
                longer.await();
            } catch (InterruptedException told) {
                isInterrupted = true;
            }
            interrupted.add(isInterrupted);
        }, MOMENT); Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            socket.setSoTimeout(3 * (int) MOMENT.toMillis());
            socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: " + TriggerMessage.MEDIA_TYPE
                    + "\r\nContent-Length: 1\r\n\r\nx").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(isOver(socket)).isFalse();
        }
        longer.countDown();
        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
    }

    // ---- UDP

    @Test
    void a_datagram_is_a_push() throws Exception {
        try (NotificationListener listener = open("udp:127.0.0.1:0"); DatagramSocket sender = new DatagramSocket()) {
            for (Bytes pdu : new Bytes[] {PDU, PDU.slice(0, 7), PDU.plus(PDU)}) {
                sender.send(new DatagramPacket(pdu.toArray(), pdu.length(), InetAddress.getLoopbackAddress(),
                        port(listener)));
                assertThat(next()).isEqualTo(new Delivery.Push("udp", pdu));
            }
        }
    }

    @Test
    void a_listener_that_is_closed_gives_its_port_back() throws Exception {
        NotificationListener listener = open("udp:127.0.0.1:0");
        listener.close();
        open(listener.address()).close();
    }

    // ---- HTTP

    private static final String TYPE = "Content-Type";

    private int post(NotificationListener listener, String method, Bytes body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(listener) + "/"))
                .timeout(Duration.ofSeconds(20)).headers(headers)
                .method(method, BodyPublishers.ofByteArray(body.toArray()));
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void a_post_brings_a_notification_and_is_told_nothing_of_it() throws Exception {
        try (NotificationListener listener = open("http:127.0.0.1:0")) {
            assertThat(post(listener, "POST", PDU, TYPE, "application/vnd.syncml.notification; charset=x",
                    "X-Wap-Application-Id", "x-wap-application:syncml.dm")).isEqualTo(204);
            assertThat(next())
                    .isEqualTo(new Delivery.Plain("http", new Packet(TriggerMessage.MEDIA_TYPE, PDU)));
        }
    }

    @Test
    void other_requests_are_refused() throws Exception {
        try (NotificationListener listener = open("http:127.0.0.1:0")) {
            assertThat(post(listener, "PUT", PDU, TYPE, TriggerMessage.MEDIA_TYPE)).isEqualTo(405);
            assertThat(post(listener, "POST", PDU, TYPE, "text/plain")).isEqualTo(415);
            assertThat(post(listener, "POST", PDU, TYPE, TriggerMessage.MEDIA_TYPE, "X-Wap-Application-Id", "4"))
                    .isEqualTo(404);
            assertThat(post(listener, "POST", Bytes.wrap(new byte[8193]), TYPE, TriggerMessage.MEDIA_TYPE))
                    .isEqualTo(413);
            assertThat(heard).isEmpty();
        }
    }

    // ---- TCP

    @Test
    void frames_of_a_connection_are_pushes_and_each_is_answered() throws Exception {
        try (NotificationListener listener = open("tcp:127.0.0.1:0");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(Bytes.hex("000b").plus(PDU).toArray());
                assertThat(socket.getInputStream().read()).isEqualTo(TcpListener.TAKEN);
                assertThat(next()).isEqualTo(new Delivery.Push("tcp", PDU));
            }
        }
    }

    @Test
    void a_frame_whose_length_lies_ends_the_connection() throws Exception {
        try (NotificationListener listener = open("tcp:127.0.0.1:0")) {
            for (String frame : new String[] {"0000", "ffff00", "000c" + PDU.hex(), "00"}) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
                    socket.getOutputStream().write(Bytes.hex(frame).toArray());
                    socket.shutdownOutput();
                    assertThat(new DataInputStream(socket.getInputStream()).read()).as(frame).isEqualTo(-1);
                }
            }
            assertThat(heard).isEmpty();
        }
    }

    // ---- OBEX

    private static final Bytes CONNECT = Bytes.hex("8000131000200046000c53594e434d4c2d444d");
    private static final ObexHeader ID = new ObexHeader.Word(ObexHeader.CONNECTION_ID, 1);

    private static Bytes exchanged(Socket socket, Bytes request) throws IOException {
        socket.getOutputStream().write(request.toArray());
        byte[] prefix = socket.getInputStream().readNBytes(3);
        int rest = (((prefix[1] & 0xFF) << 8) | (prefix[2] & 0xFF)) - 3;
        return Bytes.wrap(prefix).plus(Bytes.wrap(socket.getInputStream().readNBytes(rest)));
    }

    private static int code(Socket socket, ObexPacket request) throws IOException {
        return exchanged(socket, request.encode()).at(0) & 0xFF;
    }

    private static List<ObexPacket> puts(String type, Bytes body, int longest) {
        return ObexPacket.puts(List.of(ID, ObexHeader.type(type)), body, longest);
    }

    @Test
    void a_put_over_OBEX_brings_a_notification_in_one_packet_or_many() throws Exception {
        try (NotificationListener listener = open("obex:127.0.0.1:0");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            assertThat(exchanged(socket, CONNECT).hex())
                    .isEqualTo("a0001810002000cb000000014a000c53594e434d4c2d444d");
            assertThat(code(socket, puts(TriggerMessage.MEDIA_TYPE, PDU, 255).getFirst())).isEqualTo(0xA0);
            assertThat(next())
                    .isEqualTo(new Delivery.Plain("obex", new Packet(TriggerMessage.MEDIA_TYPE, PDU)));
            Bytes longer = Bytes.wrap(new byte[600]);
            List<ObexPacket> many = puts(Dm2Notification.MEDIA_TYPE, longer, 255);
            assertThat(many).hasSizeGreaterThan(2);
            for (ObexPacket one : many) {
                assertThat(code(socket, one)).isEqualTo(one.isFinal() ? 0xA0 : 0x90);
            }
            assertThat(next())
                    .isEqualTo(new Delivery.Plain("obex", new Packet(Dm2Notification.MEDIA_TYPE, longer)));
            assertThat(exchanged(socket, Bytes.hex("810008cb00000001")).hex()).isEqualTo("a00003");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void what_is_no_notification_is_refused_over_OBEX() throws Exception {
        try (NotificationListener listener = open("obex:127.0.0.1:0");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            assertThat(code(socket, puts(TriggerMessage.MEDIA_TYPE, PDU, 255).getFirst())).as("before CONNECT")
                    .isEqualTo(0xC3);
            exchanged(socket, CONNECT);
            assertThat(code(socket, puts("text/plain", PDU, 255).getFirst())).isEqualTo(0xCF);
            assertThat(code(socket, ObexPacket.of(ObexPacket.GET_FINAL, ID))).isEqualTo(0xD1);
            assertThat(code(socket, new ObexPacket(ObexPacket.SETPATH, Bytes.hex("0200"), List.of())))
                    .isEqualTo(0xA0);
            assertThat(code(socket, ObexPacket.of(ObexPacket.PUT_FINAL,
                    new ObexHeader.Word(ObexHeader.CONNECTION_ID, 77)))).isEqualTo(0xD3);
            List<ObexPacket> tooLong = puts(TriggerMessage.MEDIA_TYPE, Bytes.wrap(new byte[9000]), 8000);
            assertThat(code(socket, tooLong.getFirst())).isEqualTo(0x90);
            assertThat(code(socket, tooLong.getLast())).isEqualTo(0xCD);
            code(socket, puts(TriggerMessage.MEDIA_TYPE, Bytes.wrap(new byte[600]), 255).getFirst());
            assertThat(code(socket, ObexPacket.of(ObexPacket.ABORT))).isEqualTo(0xA0);
            assertThat(exchanged(socket, Bytes.hex("820002")).hex()).isEqualTo("c00003");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void a_packet_of_OBEX_that_is_too_long_is_not_waited_for() throws Exception {
        try (NotificationListener listener = open("obex:127.0.0.1:0");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            assertThat(exchanged(socket, Bytes.hex("82ffff")).hex()).isEqualTo("cd0003");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
