package dev.grove.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.server.tls.ClientHello.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientHelloTest {

    private static final int PSK_GCM = 0x00A8;
    private static final int SCSV = 0x00FF;

    @Test
    void reads_version_and_suites_and_leaves_the_buffer_as_it_was() {
        ByteBuffer received = ByteBuffer.wrap(records(hello(3, 32, PSK_GCM, SCSV), 16_384));
        assertThat(ClientHello.read(received))
                .isEqualTo(new Reading.Whole(new ClientHello(0x0303, Set.of(PSK_GCM, SCSV))));
        assertThat(received.position()).isZero();
    }

    @Test
    void reads_a_message_that_is_cut_into_records_anywhere() {
        byte[] message = hello(1, 0, PSK_GCM);
        for (int size = 1; size <= message.length; size++) {
            assertThat(ClientHello.read(ByteBuffer.wrap(records(message, size)))).as("records of %s", size)
                    .isEqualTo(new Reading.Whole(new ClientHello(0x0301, Set.of(PSK_GCM))));
        }
    }

    @Test
    void asks_for_more_as_long_as_the_suites_are_not_there() {
        byte[] received = records(hello(3, 32, PSK_GCM, SCSV), 7);
        int needed = 0;
        while (!(ClientHello.read(ByteBuffer.wrap(received, 0, needed)) instanceof Reading.Whole)) {
            assertThat(ClientHello.read(ByteBuffer.wrap(received, 0, needed))).isEqualTo(new Reading.More());
            needed++;
        }
        assertThat(needed).isLessThan(received.length);
    }

    @Test
    void says_of_anything_else_that_it_is_something_else() {
        byte[] good = records(hello(3, 0, PSK_GCM), 100);
        byte[] serverHello = good.clone();
        serverHello[5] = 2;
        byte[] alertBetween = records(hello(3, 0, PSK_GCM), 10);
        alertBetween[15] = 21;
        assertThat(ClientHello.read(bytes("GET / HTTP/1.1\r\n"))).isEqualTo(new Reading.Other());
        assertThat(ClientHello.read(ByteBuffer.wrap(serverHello))).isEqualTo(new Reading.Other());
        assertThat(ClientHello.read(ByteBuffer.wrap(alertBetween))).isEqualTo(new Reading.Other());
    }

    @Test
    void waits_for_no_more_than_it_may_hold() {
        byte[] empty = new byte[ClientHello.MAX_BYTES + 6];
        for (int at = 0; at + 5 <= empty.length; at += 5) {
            empty[at] = 22;
            empty[at + 1] = 3;
        }
        empty[empty.length - 1] = 22;
        assertThat(ClientHello.read(ByteBuffer.wrap(empty, 0, 5000))).isEqualTo(new Reading.More());
        assertThat(ClientHello.read(ByteBuffer.wrap(empty))).isEqualTo(new Reading.Other());
    }

    @Test
    void takes_any_bytes_without_harm() {
        Random random = new Random(42);
        byte[] good = records(hello(3, 32, PSK_GCM, SCSV), 11);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 20));
            for (int hits = random.nextInt(6); hits > 0 && damaged.length > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(ClientHello.read(ByteBuffer.wrap(damaged))).as("seed 42, round %s", i).isNotNull();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static byte[] hello(int minor, int sessionIdBytes, int... suites) {
        ByteBuffer body = ByteBuffer.allocate(200).put((byte) 3).put((byte) minor).put(new byte[32])
                .put((byte) sessionIdBytes).put(new byte[sessionIdBytes]).putShort((short) (2 * suites.length));
        Arrays.stream(suites).forEach(suite -> body.putShort((short) suite));
        body.put((byte) 1).put((byte) 0);
        byte[] message = new byte[4 + body.position()];
        ByteBuffer.wrap(message).putInt(1 << 24 | body.position()).put(body.flip());
        return message;
    }

    private static byte[] records(byte[] message, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += size) {
            int length = Math.min(size, message.length - at);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, at, length);
        }
        return out.toByteArray();
    }
}
