package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.auth.Verifier;
import dev.grove.auth.Match;
import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The device proves itself to the server ([DMPRO 1.3 §9], [DMSEC 1.2 §5]). */
class ClientAuthenticationTest {

    static final Secret SECRET = new Secret("Bruce2", "OhBehave", Bytes.EMPTY);
    private static final Bytes NONCE = Bytes.utf8("Nonce");
    private static final Bytes NEXT = Bytes.base64("LG3iZQhhdmKNHg==");

    /**
     * [DMPRO 1.3 §9.4.1]: package 1 without credentials, 407 with a challenge for Basic, package 1 again with them,
     * 212.
     */
    @Test
    void basic_after_a_challenge() {
        TestDevice device = device(Scheme.BASIC, false);
        Message first = device.start();

        Message second = device.reply(challenge(1, 407, "syncml:auth-basic", null),
                Say.status(1, "1", "Alert", 407), Say.status(1, "2", "Replace", 407));

        assertThat(first.header().cred()).isNull();
        assertThat(second.header().cred()).isEqualTo(new Cred(Meta.of("b64", "syncml:auth-basic"),
                "QnJ1Y2UyOk9oQmVoYXZl"));
        assertThat(second.header().sessionId()).isEqualTo(first.header().sessionId());
        assertThat(second.header().msgId()).isEqualTo("2");
        assertThat(Transcript.of(second)).startsWith("Status 1/0 SyncHdr 200", "Alert 1201").endsWith("Final");
        assertThat(second.body()).hasSize(3);

        Message third = device.reply(Say.status(2, "0", "SyncHdr", 212), Say.get("1", "./A/B"));
        assertThat(third.header().cred()).isNull();
        assertThat(device.facts).contains(new ClientFact.Accepted(Scheme.BASIC));
    }

    /** [DMPRO 1.3 §9.4.2]: the digest of the example, and the nonce for the next session. */
    @Test
    void md5_after_a_challenge() {
        TestDevice device = device(Scheme.MD5, false);
        device.start();

        Message second = device.reply(challenge(1, 407, "syncml:auth-md5", NONCE));
        assertThat(second.header().cred()).isEqualTo(new Cred(Meta.of("b64", "syncml:auth-md5"),
                "Zz6EivR3yeaaENcRN6lpAQ=="));
        assertThat(second.header().source().name()).isEqualTo("Bruce2");

        device.replyLast(accepted(2, 212, "syncml:auth-md5", NEXT));
        assertThat(device.facts).contains(new ClientFact.ClientNonceReceived(NEXT));
    }

    @ParameterizedTest
    @EnumSource(value = Scheme.class, names = "MAC", mode = EnumSource.Mode.EXCLUDE)
    void credentials_may_go_at_once_with_the_stored_nonce(Scheme scheme) {
        TestDevice device = TestDevice.dm13().with(ClientAccount.open("s", TestDevice.URL)
                .withClient(SECRET.withNonce(NONCE), scheme, true));

        Message first = device.start();

        assertThat(first.header().cred()).isNotNull();
        assertThat(new Verifier(SECRET.withNonce(NONCE)).check(scheme, data(first))).isEqualTo(Match.CURRENT_NONCE);
    }

    @Test
    void a_stale_nonce_is_healed_by_one_more_challenge() {
        TestDevice device = device(Scheme.MD5, true);
        Message first = device.start();

        Message second = device.reply(challenge(1, 401, "syncml:auth-md5", NONCE));

        assertThat(data(first)).isNotEqualTo(data(second));
        assertThat(data(second)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void credentials_refused_with_fresh_nonces_end_the_session() {
        TestDevice device = device(Scheme.MD5, true);
        device.start();

        ClientTurn turn = device.lastTurn();
        int messages = 1;
        while (!turn.next().isEnded()) {
            turn = device.take(device.message(true, challenge(messages, 401, "syncml:auth-md5", NEXT)));
            messages++;
        }

        assertThat(messages).isLessThan(5);
        assertThat(turn.send()).isNull();
        assertThat(turn.facts().getLast()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.NOT_AUTHENTICATED));
    }

    @Test
    void a_refused_password_is_tried_once_more() {
        TestDevice device = device(Scheme.BASIC, true);
        device.start();

        Message second = device.reply(challenge(1, 401, "syncml:auth-basic", null));
        ClientTurn turn = device.replyLast(challenge(2, 401, "syncml:auth-basic", null));

        assertThat(data(second)).isEqualTo("QnJ1Y2UyOk9oQmVoYXZl");
        assertThat(turn.next().isEnded()).isTrue();
        assertThat(device.facts.getLast()).isInstanceOf(Ended.class);
    }

    @Test
    void without_credentials_a_challenge_ends_the_session() {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn turn = device.replyLast(challenge(1, 407, "syncml:auth-md5", NONCE));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.send()).isNull();
    }

    @Test
    void status_200_asks_for_credentials_in_every_message_with_the_next_nonce() {
        TestDevice device = device(Scheme.MD5, true);
        device.start();

        Message second = device.reply(accepted(1, 200, "syncml:auth-md5", NONCE), Say.get("1", "./A/B"));
        Message third = device.reply(accepted(2, 200, "syncml:auth-md5", NEXT), Say.get("1", "./A/B"));

        assertThat(data(second)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
        assertThat(data(third)).isEqualTo("LAK2i25Fh0nxxGGaAzRRpg==");
        assertThat(device.facts).contains(new ClientFact.ClientNonceReceived(NONCE),
                new ClientFact.ClientNonceReceived(NEXT));
    }

    @Test
    void mac_goes_with_every_message_in_a_header_field() throws Malformed {
        TestDevice device = device(Scheme.MAC, false);
        device.start();

        Message second = device.reply(challenge(1, 407, "syncml:auth-MAC", NONCE));
        assertMac(device, NONCE);
        assertThat(second.header().cred()).isNull();
        assertThat(second.header().source().name()).isEqualTo("Bruce2");

        device.reply(accepted(2, 200, "syncml:auth-MAC", NEXT), Say.get("1", "./A/B"));
        assertMac(device, NEXT);
    }

    @Test
    void a_mac_that_is_refused_in_mid_session_has_the_same_answers_sent_again() throws Malformed {
        TestDevice device = device(Scheme.MAC, true);
        device.start();
        device.reply(accepted(1, 200, "syncml:auth-MAC", NONCE), Say.delete("1", "./A/B"));

        Message again = device.reply(challenge(2, 401, "syncml:auth-MAC", NEXT));

        assertMac(device, NEXT);
        assertThat(Transcript.of(again)).containsExactly("Status 2/0 SyncHdr 200", "Status 1/1 Delete 200 ./A/B",
                "Final");
    }

    private static void assertMac(TestDevice device, Bytes nonce) throws Malformed {
        Packet packet = device.lastTurn().send();
        if (packet == null) {
            throw new AssertionError("nothing was sent");
        }
        SyncmlHmac hmac = SyncmlHmac.parse(packet.headers().first(SyncmlHmac.HEADER).orElseThrow());
        assertThat(hmac.algorithm()).isEqualTo(Digest.MD5.token());
        assertThat(new Verifier(SECRET.withNonce(nonce)).check(hmac, packet.body())).isEqualTo(Match.CURRENT_NONCE);
    }

    @Test
    void a_challenge_for_a_scheme_that_the_account_does_not_allow_is_answered_406_once() {
        TestDevice device = device(Scheme.MD5, false);
        device.start();

        Message second = device.reply(challenge(1, 407, "syncml:auth-X509", null));
        assertThat(Transcript.of(second)).startsWith("Status 1/0 SyncHdr 200", "Status 1/900 Status 406",
                "Alert 1201");
        assertThat(second.header().cred()).isNotNull();

        ClientTurn turn = device.replyLast(challenge(2, 407, "syncml:auth-basic", null));
        assertThat(turn.next().isEnded()).isTrue();
    }

    /** [DMPRO 1.3 §9]: "or the credentials were considered too weak". */
    @ParameterizedTest
    @CsvSource({"BASIC,MD5", "BASIC,MAC", "BASIC,SHA256", "MD5,MAC", "MD5,SHA256"})
    void a_challenge_for_a_stronger_scheme_is_met(Scheme weak, Scheme strong) throws Malformed {
        TestDevice device = device(weak, true);
        device.start();

        Message second = device.reply(challenge(1, 401, strong.wireName(), NONCE));

        if (strong == Scheme.MAC) {
            assertMac(device, NONCE);
        } else {
            assertThat(new Verifier(SECRET.withNonce(NONCE)).check(strong, data(second)))
                    .isEqualTo(Match.CURRENT_NONCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"MD5,BASIC", "MAC,BASIC", "SHA256,MD5", "MAC,MD5"})
    void a_challenge_for_a_weaker_scheme_ends_the_session(Scheme strong, Scheme weak) {
        TestDevice device = device(strong, true);
        device.start();

        ClientTurn turn = device.replyLast(challenge(1, 401, weak.wireName(), NONCE));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.send()).isNull();
    }

    @Test
    void another_allowed_scheme_is_taken_up() {
        TestDevice device = TestDevice.dm13().with(new ClientAccount("s", TestDevice.URL, SECRET,
                List.of(Scheme.SHA256, Scheme.MD5), true, null, List.of()));
        device.start();

        Message second = device.reply(challenge(1, 401, "syncml:auth-md5", NONCE));

        assertThat(data(second)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void a_challenge_that_names_nothing_means_the_preferred_scheme() {
        TestDevice device = device(Scheme.BASIC, false);
        device.start();

        Message second = device.reply(Say.status(1, "0", "SyncHdr", 407));

        assertThat(data(second)).isEqualTo("QnJ1Y2UyOk9oQmVoYXZl");
    }

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void after_a_notification_made_with_the_default_nonce_so_are_the_credentials() {
        TestDevice device = device(Scheme.MD5, false);

        Message first = device.start(Trigger.server(1, false, true));

        assertThat(data(first)).isEqualTo("cnPI6nO9RgujiHU0y58kNA==");
    }

    @Test
    void a_nonce_from_a_server_that_has_not_proved_itself_is_used_but_not_stored() {
        TestDevice device = TestDevice.dm13().with(ClientAccount.open("s", TestDevice.URL)
                .withClient(SECRET, Scheme.MD5, false)
                .withServer(new Secret("srv", "pw", Bytes.EMPTY), Scheme.BASIC));
        device.start();
        Message second = device.reply(challenge(1, 407, "syncml:auth-md5", NONCE));
        assertThat(data(second)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");

        device.reply(accepted(2, 212, "syncml:auth-md5", NEXT), Say.get("1", "./A/B"));
        assertThat(device.facts).noneMatch(ClientFact.ClientNonceReceived.class::isInstance);

        Message withCred = ServerAuthenticationTest.proved(
                device.message(true, Say.ok(3), Say.get("1", "./A/B")), "syncml:auth-basic", "c3J2OnB3");
        device.take(withCred);
        assertThat(device.facts).contains(new ClientFact.ServerAuthenticated(Scheme.BASIC),
                new ClientFact.ClientNonceReceived(NEXT));
    }

    @ParameterizedTest
    @CsvSource({"403,REFUSED", "404,REFUSED", "413,REFUSED", "503,REFUSED",
            "505,VERSION_REFUSED", "513,VERSION_REFUSED"})
    void any_other_refusal_ends_the_session(int code, Reason reason) {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn turn = device.replyLast(Say.status(1, "0", "SyncHdr", code));

        assertThat(turn.send()).isNull();
        assertThat(turn.facts().getLast()).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.reason()).isEqualTo(reason);
            assertThat(ended.remark()).contains(Integer.toString(code));
        });
    }

    private static TestDevice device(Scheme scheme, boolean atOnce) {
        return TestDevice.dm13()
                .with(ClientAccount.open("s", TestDevice.URL).withClient(SECRET, scheme, atOnce));
    }

    private static String data(Message message) {
        Cred cred = message.header().cred();
        if (cred == null) {
            throw new AssertionError("no credentials");
        }
        return cred.data();
    }

    private static Command challenge(int msgRef, int code, String scheme, @Nullable Bytes nonce) {
        return accepted(msgRef, code, scheme, nonce);
    }

    private static Command accepted(int msgRef, int code, String scheme, @Nullable Bytes nonce) {
        Meta chal = new Meta("b64", scheme, null, null, nonce == null ? null : nonce.base64(), null, null, List.of());
        return new Status("900", Integer.toString(msgRef), "0", "SyncHdr", List.of(), List.of(), null, chal,
                new StatusCode(code), null, List.of());
    }
}
