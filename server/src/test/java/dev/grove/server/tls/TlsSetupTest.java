package dev.grove.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.server.http.HttpListener;
import dev.grove.server.http.HttpListener.Clients;
import dev.grove.server.http.HttpListener.Variants;
import dev.grove.server.tls.TlsSetup.Speaker;
import dev.grove.tls.PskContext;
import dev.grove.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

/** Our engines for both sides, face to face and without a network. */
class TlsSetupTest {

    private static final Bytes KEY = Bytes.hex("00112233445566778899aabbccddeeff");
    private static final PskDirectory DIRECTORY = identity -> identity.equals("dev-1")
            ? Optional.of(new PskDirectory.Entry("the device", KEY))
            : Optional.empty();

    private final ByteBuffer toServer = ByteBuffer.allocate(100_000);
    private final ByteBuffer toClient = ByteBuffer.allocate(100_000);

    @Test
    void both_sides_agree_and_the_server_knows_the_device() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        SSLEngine client = client("dev-1", KEY);

        shakeHands(client, server);

        assertThat(server.getSession().getPeerPrincipal()).isEqualTo(new PskPrincipal("the device"));
        assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(server.getSession().getCipherSuite()).isEqualTo(client.getSession().getCipherSuite())
                .isEqualTo("TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256");
        assertThatThrownBy(() -> server.getSession().getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void carries_what_is_longer_than_a_record_and_closes_in_order() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        SSLEngine client = client("dev-1", KEY);
        shakeHands(client, server);
        byte[] sent = new byte[50_000];
        new Random(1).nextBytes(sent);

        assertThat(carried(client, server, sent, toServer)).isEqualTo(Bytes.copyOf(sent));
        assertThat(carried(server, client, sent, toClient)).isEqualTo(Bytes.copyOf(sent));

        client.closeOutbound();
        assertThat(client.wrap(ByteBuffer.allocate(0), toServer).getStatus()).isEqualTo(Status.CLOSED);
        toServer.flip();
        assertThat(server.unwrap(toServer, ByteBuffer.allocate(20_000)).getStatus()).isEqualTo(Status.CLOSED);
        assertThat(server.isInboundDone()).isTrue();
        assertThat(client.isOutboundDone()).isTrue();
    }

    @Test
    void waits_for_the_rest_of_a_record_and_does_not_take_half_of_it() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        SSLEngine client = client("dev-1", KEY);
        client.beginHandshake();
        client.wrap(ByteBuffer.allocate(0), toServer);
        toServer.flip();
        for (int received = 0; received < toServer.limit(); received++) {
            ByteBuffer part = toServer.duplicate().limit(received);
            assertThat(server.unwrap(part, ByteBuffer.allocate(20_000)).getStatus())
                    .isEqualTo(Status.BUFFER_UNDERFLOW);
            assertThat(part.position()).isZero();
        }
        assertThat(server.unwrap(toServer, ByteBuffer.allocate(20_000)).getHandshakeStatus())
                .isEqualTo(HandshakeStatus.NEED_WRAP);
    }

    @Test
    void says_when_a_buffer_is_too_small_and_takes_nothing_then() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        SSLEngine client = client("dev-1", KEY);
        shakeHands(client, server);
        toServer.clear();
        ByteBuffer source = ByteBuffer.wrap(new byte[1000]);
        assertThat(client.wrap(source, ByteBuffer.allocate(1000)).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
        assertThat(source.remaining()).isEqualTo(1000);
        client.wrap(source, toServer);
        toServer.flip();
        assertThat(server.unwrap(toServer, ByteBuffer.allocate(999)).getStatus()).isEqualTo(Status.BUFFER_OVERFLOW);
        assertThat(toServer.position()).isZero();
        int enough = server.getSession().getApplicationBufferSize();
        assertThat(server.unwrap(toServer, ByteBuffer.allocate(enough)).bytesProduced()).isEqualTo(1000);
    }

    @Test
    void a_wrong_key_and_an_unknown_identity_hear_the_same() throws Exception {
        for (SSLEngine client : new SSLEngine[] {client("dev-1", Bytes.hex("ff".repeat(16))), client("dev-2", KEY),
                client("\u0000", KEY), client("x".repeat(16_384), KEY), client("dev-1\n", KEY)}) {
            toServer.clear();
            toClient.clear();
            SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
            assertThatThrownBy(() -> shakeHands(client, server)).isInstanceOf(SSLException.class)
                    .satisfies(failure -> assertThat(PskContext.isOtherKey(failure.getCause())).isTrue());
            assertThat(server.getHandshakeStatus()).isNotEqualTo(HandshakeStatus.FINISHED);
        }
    }

    @Test
    void an_identity_that_is_longer_than_a_message_may_be_is_refused() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        assertThatThrownBy(() -> shakeHands(client("x".repeat(60_000), KEY), server)).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> server.getSession().getPeerPrincipal())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void a_record_that_was_changed_on_its_way_ends_the_connection() throws Exception {
        SSLEngine server = setup(true, false).engine(Speaker.PRE_SHARED_KEYS, "test");
        SSLEngine client = client("dev-1", KEY);
        shakeHands(client, server);
        toServer.clear();
        client.wrap(ByteBuffer.wrap(new byte[100]), toServer);
        toServer.flip();
        toServer.put(20, (byte) (toServer.get(20) ^ 1));

        assertThat(server.unwrap(toServer, ByteBuffer.allocate(20_000)).getHandshakeStatus())
                .isEqualTo(HandshakeStatus.NEED_WRAP);
        toClient.clear();
        server.wrap(ByteBuffer.allocate(0), toClient);
        assertThat(toClient.position()).as("an alert").isPositive();
        assertThatThrownBy(() -> server.wrap(ByteBuffer.allocate(0), toClient)).isInstanceOf(SSLException.class);
    }

    @Test
    void the_first_message_says_who_speaks() throws Exception {
        client("dev-1", KEY).wrap(ByteBuffer.allocate(0), toServer);
        ByteBuffer psk = toServer.flip();
        ByteBuffer modern = hello(3, 0xC02F, 0x002F);
        ByteBuffer rsaOnly = hello(3, 0x002F, 0x009C);
        ByteBuffer old = hello(1, 0xC02F, 0x002F);

        assertThat(setup(true, false).speaker(psk)).contains(Speaker.PRE_SHARED_KEYS);
        assertThat(setup(false, true).speaker(psk)).as("nobody speaks it").contains(Speaker.OLD);
        for (ByteBuffer any : new ByteBuffer[] {modern, rsaOnly, old}) {
            assertThat(setup(true, false).speaker(any)).contains(Speaker.PLATFORM);
        }
        assertThat(setup(true, true).speaker(modern)).contains(Speaker.PLATFORM);
        assertThat(setup(true, true).speaker(rsaOnly)).contains(Speaker.OLD);
        assertThat(setup(true, true).speaker(old)).contains(Speaker.OLD);
        assertThat(setup(true, true).speaker(modern.duplicate().limit(30))).isEmpty();
        assertThat(setup(true, true).speaker(ByteBuffer.wrap("GET /".getBytes(StandardCharsets.US_ASCII))))
                .contains(Speaker.PLATFORM);
    }

    @Test
    void a_rate_is_so_many_a_second_and_no_more_saved_up() {
        AtomicLong now = new AtomicLong();
        Rate rate = new Rate(2, now::get);
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        now.addAndGet(500_000_000L);
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        now.addAndGet(60_000_000_000L);
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        assertThat(new Rate(0, now::get).take()).isFalse();
    }

    private static TlsSetup setup(boolean psk, boolean legacy) throws IOException {
        return TlsSetup.of(new HttpListener.Tls(null, "", Clients.NONE, null, "", new Variants(psk, legacy, 0)),
                DIRECTORY);
    }

    private static SSLEngine client(String identity, Bytes key) {
        SSLEngine engine = PskContext.of(identity.getBytes(StandardCharsets.UTF_8), key.toArray(), false)
                .createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

    private void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        client.beginHandshake();
        ByteBuffer nothing = ByteBuffer.allocate(20_000);
        for (int steps = 0; steps < 100; steps++) {
            boolean isClientMoved = step(client, toServer, toClient, nothing);
            boolean isServerMoved = step(server, toClient, toServer, nothing);
            if (!isClientMoved && !isServerMoved) {
                break;
            }
        }
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private static boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in, ByteBuffer nothing)
            throws SSLException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            return engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
        }
        in.flip();
        try {
            return engine.unwrap(in, nothing).bytesConsumed() > 0;
        } finally {
            in.compact();
        }
    }

    private static Bytes carried(SSLEngine from, SSLEngine to, byte[] sent, ByteBuffer line) throws SSLException {
        ByteBuffer source = ByteBuffer.wrap(sent);
        ByteBuffer target = ByteBuffer.allocate(sent.length + 20_000);
        while (source.hasRemaining()) {
            line.clear();
            SSLEngineResult wrapped = from.wrap(source, line);
            assertThat(wrapped.getStatus()).isEqualTo(Status.OK);
            line.flip();
            while (line.hasRemaining()) {
                assertThat(to.unwrap(line, target).getStatus()).isEqualTo(Status.OK);
            }
        }
        line.clear();
        return Bytes.wrap(target.array(), 0, target.position());
    }

    private static ByteBuffer hello(int minor, int... suites) {
        int body = 2 + 32 + 1 + 2 + 2 * suites.length + 2;
        ByteBuffer out = ByteBuffer.allocate(9 + body).put(new byte[] {22, 3, 1}).putShort((short) (4 + body))
                .putInt(1 << 24 | body).put(new byte[] {3, (byte) minor}).put(new byte[33])
                .putShort((short) (2 * suites.length));
        for (int suite : suites) {
            out.putShort((short) suite);
        }
        return out.put(new byte[] {1, 0}).flip();
    }
}
