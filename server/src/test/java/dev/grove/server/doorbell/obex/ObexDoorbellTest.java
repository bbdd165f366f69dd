package dev.grove.server.doorbell.obex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Flow;
import dev.grove.server.doorbell.Rings;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ObexDoorbellTest {

    private static final String CONNECT = "8000131000200046000c53594e434d4c2d444d";
    private static final String CONNECTED = "a0001810002000cb000000014a000c53594e434d4c2d444d";
    private static final String PUT = "820061cb000000014200276170706c69636174696f6e2f766e642e73796e636d6c2e6e6f746966"
            + "69636174696f6e00c30000002a49002d" + Rings.TRIGGER.hex();
    private static final String DISCONNECT = "810008cb00000001";
    private static final String SUCCESS = "a00003";

    @Test
    void says_byte_for_byte_what_the_facts_have() throws Exception {
        try (Peer peer = new Peer(CONNECTED, SUCCESS, SUCCESS); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isEqualTo(new Result.Delivered());
            assertThat(peer.next()).isEqualTo(CONNECT);
            assertThat(peer.next()).isEqualTo(PUT);
            assertThat(peer.next()).isEqualTo(DISCONNECT);
        }
    }

    @Test
    void a_peer_that_takes_short_packets_gets_several() throws Exception {
        Bytes notification = Rings.TRIGGER.plus(Bytes.wrap(new byte[500]));
        try (Peer peer = new Peer("a00007100000ff", "900003", "900003", SUCCESS, SUCCESS); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address(), notification))).isEqualTo(new Result.Delivered());
            assertThat(peer.next()).isEqualTo(CONNECT);
            assertThat(peer.next()).startsWith("0200ff42").hasSize(2 * 255);
            assertThat(peer.next()).startsWith("0200ff48").hasSize(2 * 255);
            assertThat(peer.next()).startsWith("82").contains("49");
            assertThat(peer.next()).isEqualTo("810003");
        }
    }

    @Test
    void a_device_that_refuses_is_named_with_its_code() throws Exception {
        try (Peer peer = new Peer(CONNECTED, "cf0003", SUCCESS); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isEqualTo(
                    new Result.Failed("the device answers PUT with cf, unsupported media type", null));
        }
        try (Peer peer = new Peer("d30003"); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isEqualTo(new Result.Failed(
                    "the device answers CONNECT with d3, service unavailable", Duration.ofSeconds(30)));
        }
        try (Peer peer = new Peer(CONNECTED, SUCCESS, "00"); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isEqualTo(new Result.Delivered());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "a00000", "a0ffff00", "a00002", "a0000810", "a00005cb00", "485454502f312e3120343030",
            "900003", "a0001810002000cb000000014affff53594e434d4c2d444d"})
    void what_is_no_obex_is_a_failure_and_ends_in_time(String answer) throws Exception {
        try (Peer peer = new Peer(answer); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isInstanceOf(Result.Failed.class);
        }
    }

    @Test
    void a_device_that_says_nothing_or_is_not_there_costs_little_time() throws Exception {
        try (Peer peer = new Peer(""); ObexDoorbell bell = bell()) {
            assertThat(bell.ring(Rings.to(peer.address()))).isInstanceOf(Result.Failed.class);
            assertThat(bell.ring(Rings.to("127.0.0.1:1")).toString()).contains("could not be told by OBEX");
        }
    }

    @ParameterizedTest
    @CsvSource({"device.example, device.example, 650", "192.0.2.1:1234, 192.0.2.1, 1234", "[::1], ::1, 650",
            "[2001:db8::1]:77, 2001:db8::1, 77"})
    void addresses_are_a_host_and_perhaps_a_port(String text, String host, int port) {
        assertThat(ObexAddress.parse(text, 650)).contains(new ObexAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "::1", "host:0", "host:99999", "host:", "[x]", "http://host", "host/path"})
    void what_can_be_nobodys_address_is_refused(String text) {
        try (ObexDoorbell bell = bell()) {
            assertThat(bell.objection(text)).isPresent();
            assertThat(bell.ring(Rings.to(text))).isInstanceOf(Result.AddressEnded.class);
        }
    }

    private static ObexDoorbell bell() {
        return new ObexDoorbell(new ObexSettings(650, new Flow(4, 0, Duration.ofMillis(700))));
    }

    /** Says what it was told to say, one answer to a packet, whatever it hears; an empty answer is none. */
    private static final class Peer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final List<String> answers;

        Peer(String... answers) throws IOException {
            this.answers = List.of(answers);
            Thread.ofVirtual().start(this::serve);
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        String next() throws InterruptedException {
            String packet = heard.poll(10, TimeUnit.SECONDS);
            return packet == null ? "nothing came" : packet;
        }

        private void serve() {
            try (Socket line = socket.accept()) {
                for (String answer : answers) {
                    byte[] prefix = line.getInputStream().readNBytes(3);
                    int length = prefix.length < 3 ? 3 : ((prefix[1] & 0xFF) << 8) | (prefix[2] & 0xFF);
                    heard.add(Bytes.wrap(prefix).plus(Bytes.wrap(line.getInputStream().readNBytes(length - 3)))
                            .hex());
                    line.getOutputStream().write(Bytes.hex(answer).toArray());
                }
                line.getInputStream().readAllBytes();
            } catch (IOException ended) {
                heard.add("the connection ended");
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
