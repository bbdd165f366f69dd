package dev.grove.server.doorbell.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.HttpLogin;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Debian's sipp, and against peers that sipp is too well-behaved to be. */
class SipDoorbellTest {

    private static final Packet NOTIFICATION = new Packet("application/vnd.syncml.notification",
            Bytes.hex("0011223344556677889900aabbccddeeff02d8000000002a0a636f6d2e67307665000d"));
    private static final HttpLogin LOGIN = new HttpLogin("grove", "not-to-be-seen");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"u1, ''", "t1, ;transport=tcp"})
    void sipp_finds_all_that_a_message_needs(String transport, String parameter) throws Exception {
        try (Sipp device = Sipp.play("deliver", transport, folder); SipDoorbell doorbell = direct(device.port())) {
            Result result = rungUntilUp(doorbell, "sip:dev-1@127.0.0.1:" + device.port() + parameter);
            assertThat(result).as(device.messages()).isEqualTo(new Result.Delivered());
            assertThat(device.isContent()).as(device.messages()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"u1, ''", "t1, ;transport=tcp"})
    void sipp_is_content_with_the_proof(String transport, String parameter) throws Exception {
        try (Sipp proxy = Sipp.play("challenge", transport, folder);
                SipDoorbell doorbell = opened(
                        settings("sip:127.0.0.1:" + proxy.port() + parameter, List.of(), Duration.ofMillis(100)))) {
            Result result = rungUntilUp(doorbell, "sip:dev-1@example.com");
            assertThat(result).as(proxy.messages()).isEqualTo(new Result.Taken(null));
            assertThat(proxy.isContent()).as(proxy.messages()).isTrue();
            assertThat(proxy.messages()).doesNotContain(LOGIN.password());
        }
    }

    @Test
    void the_body_goes_octet_by_octet() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> UdpPeer.answer(request, 200, "OK"));
                SipDoorbell doorbell = direct(peer.port())) {
            assertThat(rung(doorbell, peer)).isEqualTo(new Result.Delivered());
            assertThat(peer.bodies()).containsExactly(NOTIFICATION.body());
        }
    }

    @Test
    void what_nobody_answers_is_sent_again_and_again_and_then_given_up() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> List.of());
                SipDoorbell doorbell = opened(
                        settings(null, List.of("127.0.0.1:" + peer.port()), Duration.ofMillis(5)))) {
            assertFailed(rung(doorbell, peer), "no answer within 320 ms");
            // After 5, 10, 20, 40, 80 and 160 ms, or later on a busy machine.
            assertThat(peer.requests()).hasSizeBetween(2, 7);
            assertThat(peer.requests().stream().distinct()).hasSize(1);
        }
    }

    @Test
    void a_provisional_answer_is_no_answer() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> List.of(UdpPeer.answer(request, 100, "Trying").getFirst(),
                UdpPeer.answer(request, 202, "Accepted").getFirst())); SipDoorbell doorbell = direct(peer.port())) {
            assertThat(rung(doorbell, peer)).isEqualTo(new Result.Taken(null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\u0000", "SIP/2.0 200 OK\r\n\r\n", "SIP/2.0 abc\r\n\r\n", "MESSAGE sip:a@b SIP/2.0\r\n\r\n",
                    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKguessed\r\nCSeq: 1 MESSAGE\r\n\r\n"})
    void nobody_else_can_answer(String forged) throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> List.of(forged,
                UdpPeer.answer(request.replace("CSeq: 1 MESSAGE", "CSeq: 1 INVITE"), 200, "OK").getFirst()));
                SipDoorbell doorbell = opened(
                        settings(null, List.of("127.0.0.1:" + peer.port()), Duration.ofMillis(3)))) {
            assertFailed(rung(doorbell, peer), "no answer");
        }
    }

    @ParameterizedTest
    @CsvSource({"404, true", "410, true", "604, true", "480, false", "486, false", "301, false", "403, false",
            "500, false",
            "503, false", "600, false"})
    void answers_are_told_as_they_are(int status, boolean isEnd) throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> UdpPeer.answer(request, status, "So it is", "Retry-After: 9999"));
                SipDoorbell doorbell = direct(peer.port())) {
            Result result = rung(doorbell, peer);
            if (isEnd) {
                assertThat(result).isEqualTo(new Result.AddressEnded("SIP " + status + " So it is"));
            } else {
                assertThat(result).isEqualTo(new Result.Failed("SIP " + status + " So it is", null));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"30 (maintenance);duration=60, 30", "18000, 3600", "soon, 10"})
    void only_the_proxy_may_ask_for_a_rest(String asked, long seconds) throws Exception {
        try (UdpPeer peer = new UdpPeer(
                request -> UdpPeer.answer(request, 503, "Busy", "Retry-After: " + asked));
                SipDoorbell doorbell = opened(
                        settings("sip:127.0.0.1:" + peer.port(), List.of(), Duration.ofMillis(100)))) {
            assertThat(attempt(doorbell, "sip:dev-1@example.com"))
                    .isEqualTo(new Result.Failed("SIP 503 Busy", Duration.ofSeconds(seconds)));
        }
    }

    @Test
    void a_proof_that_is_refused_is_not_tried_for_ever() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> UdpPeer.answer(request, 401, "Unauthorized",
                "WWW-Authenticate: Digest realm=\"x\", nonce=\"" + request.length() + "\""));
                SipDoorbell doorbell = direct(peer.port())) {
            assertFailed(rung(doorbell, peer), "SIP 401 Unauthorized");
            assertThat(peer.requests()).hasSize(2).allSatisfy(request -> assertThat(request)
                    .doesNotContain(LOGIN.password()));
        }
    }

    @Test
    void a_proxy_gets_a_proof_of_its_own() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> request.contains("Proxy-Authorization: Digest username=\"grove\"")
                ? UdpPeer.answer(request, 200, "OK")
                : UdpPeer.answer(request, 407, "Who?", "Proxy-Authenticate: Digest realm=\"x\", nonce=\"n\""));
                SipDoorbell doorbell = direct(peer.port())) {
            assertThat(rung(doorbell, peer)).isEqualTo(new Result.Delivered());
        }
    }

    @Test
    void a_challenge_that_nobody_can_read_is_a_failure() throws Exception {
        try (UdpPeer peer = new UdpPeer(request -> UdpPeer.answer(request, 401, "Unauthorized",
                "WWW-Authenticate: Digest nonce=\"")); SipDoorbell doorbell = direct(peer.port())) {
            assertFailed(rung(doorbell, peer), "cannot be read");
        }
    }

    @Test
    void a_tcp_peer_that_is_not_there_or_closes_is_a_failure() throws Exception {
        try (SipDoorbell doorbell = direct(1)) {
            assertFailed(attempt(doorbell, "sip:dev-1@127.0.0.1:1;transport=tcp"), "cannot be reached");
        }
        for (String said : List.of("", "SSH-2.0-OpenSSH\r\n\r\n", "x".repeat(20_000),
                "SIP/2.0 200 OK\r\nContent-Length: 999999\r\n\r\n")) {
            try (TcpPeer peer = new TcpPeer(said); SipDoorbell doorbell = direct(peer.port())) {
                assertFailed(attempt(doorbell, "sip:dev-1@127.0.0.1:" + peer.port() + ";transport=tcp"),
                        "cannot be reached");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a@evil.example", "sip:a@127.0.0.1:5061", "sips:a@127.0.0.1:5060", "tel:+491", "sip:a@",
            "sip:a@127.0.0.1:5060>\r\nX: y", "sip:a b@127.0.0.1:5060", "sip:a@127.0.0.1:5060?Subject=x",
            "sip:a@127.0.0.1:99999", "sip:a@127.0.0.1:5060;transport=sctp"})
    void nothing_is_sent_to_what_is_not_allowed(String address) throws Exception {
        try (SipDoorbell doorbell = direct(5060)) {
            assertThat(doorbell.objection(address)).isPresent();
            assertThat(attempt(doorbell, address)).isInstanceOf(Result.AddressEnded.class);
            assertThat(doorbell.objection("sip:a@127.0.0.1")).isEmpty();
        }
    }

    @Test
    void the_password_is_never_shown() {
        assertThat(settings(null, List.of(), Duration.ofMillis(1)).toString()).doesNotContain(LOGIN.password());
    }

    private static void assertFailed(Result result, String words) {
        assertThat(result).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.reason()).contains(words);
            assertThat(failed.retryAfter()).isNull();
        });
    }

    private static Result rung(SipDoorbell doorbell, UdpPeer peer) throws InterruptedException {
        return attempt(doorbell, "sip:dev-1@127.0.0.1:" + peer.port());
    }

    private static Result attempt(SipDoorbell doorbell, String address) throws InterruptedException {
        return doorbell.ring(new Ring("the-device", "7", 1, address, NOTIFICATION, Instant.now().plusSeconds(60)));
    }

    /** A process takes its time until it listens; what goes by UDP is sent again anyway. */
    private static Result rungUntilUp(SipDoorbell doorbell, String address) throws InterruptedException {
        Result result = attempt(doorbell, address);
        for (int i = 0; i < 100 && result instanceof Result.Failed failed && failed.reason().contains("refused"); i++) {
            LockSupport.parkNanos(20_000_000);
            result = attempt(doorbell, address);
        }
        return result;
    }

    private static SipDoorbell direct(int port) throws IOException {
        return opened(
                settings(null, List.of(port == 5060 ? "127.0.0.1" : "127.0.0.1:" + port), Duration.ofMillis(100)));
    }

    private static SipDoorbell opened(SipSettings settings) throws IOException {
        return SipDoorbell.open(settings, Clock.systemUTC());
    }

    private static SipSettings settings(@Nullable String proxy, List<String> hosts, Duration t1) {
        return new SipSettings("sip:grove@example.com", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                proxy, hosts, LOGIN, SipSettings.DEVICE_MANAGEMENT, t1, new Pace(0, 10));
    }
}
