package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.auth.SyncmlHmac;
import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Sequence;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.NodeUri;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Headers;
import dev.grove.wire.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The server proves itself to the device ([DMPRO 1.3 §8.4, §9], [DMSEC 1.2 §5]). */
class ServerAuthenticationTest {

    private static final Bytes NONCE = Bytes.utf8("Nonce");
    private static final Secret SERVER = new Secret("com.mgmtsrv.manage", "srvpwd", NONCE);

    @Test
    void the_credentials_of_the_server_are_accepted_for_the_session_and_a_new_nonce_issued() {
        TestDevice device = device(Scheme.MD5);

        Message third = device.sent(device.take(proved(device.message(true, Say.ok(1), Say.get("1", "./A/B")),
                "syncml:auth-md5", Credentials.data(Scheme.MD5, SERVER))));
        Message fourth = device.reply(Say.ok(2), Say.get("1", "./A/B"));

        assertThat(Transcript.of(third)).containsExactly("Status 1/0 SyncHdr 212 challenge syncml:auth-md5",
                "Status 1/1 Get 200 ./A/B", "Results 1/1 ./A/B=b", "Final");
        assertThat(device.facts).contains(new ClientFact.ServerAuthenticated(Scheme.MD5),
                new ClientFact.ServerNonceIssued(nonce(third)));
        assertThat(Transcript.of(fourth)).contains("Status 2/1 Get 200 ./A/B");
    }

    @Test
    void commands_without_credentials_are_refused_407_one_by_one_and_not_done() {
        TestDevice device = device(Scheme.MD5);

        Message third = device.reply(Say.ok(1), Say.delete("1", "./A/B"),
                new Sequence("2", Meta.NONE, List.of(Say.get("3", "./A/C"), Say.delete("4", "./A/C"))));

        assertThat(Transcript.of(third)).containsExactly("Status 1/0 SyncHdr 407 challenge syncml:auth-md5",
                "Status 1/1 Delete 407 ./A/B", "Status 1/2 Sequence 407", "Status 1/3 Get 407 ./A/C",
                "Status 1/4 Delete 407 ./A/C", "Final");
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
        assertThat(device.facts).anyMatch(ClientFact.ServerRefused.class::isInstance);
    }

    @Test
    void after_the_challenge_the_commands_are_done() {
        TestDevice device = device(Scheme.MD5);
        Message challenge = device.reply(Say.ok(1), Say.delete("1", "./A/B"));

        Message answer = device.sent(device.take(proved(device.message(true, Say.ok(2), Say.delete("1", "./A/B")),
                "syncml:auth-md5", Credentials.data(Scheme.MD5, SERVER.withNonce(nonce(challenge))))));

        assertThat(Transcript.of(answer)).contains("Status 2/0 SyncHdr 212 challenge syncml:auth-md5",
                "Status 2/1 Delete 200 ./A/B");
    }

    @Test
    void wrong_credentials_are_401_and_the_second_time_the_session_ends() {
        TestDevice device = device(Scheme.BASIC);

        Message first = device.sent(device.take(
                proved(device.message(true, Say.ok(1), Say.delete("1", "./A/B")), "syncml:auth-basic", "d3Jvbmc=")));
        ClientTurn second = device.take(
                proved(device.message(true, Say.ok(2), Say.delete("1", "./A/B")), "syncml:auth-basic", "d3Jvbmc="));

        assertThat(Transcript.of(first)).startsWith("Status 1/0 SyncHdr 401 challenge syncml:auth-basic",
                "Status 1/1 Delete 401 ./A/B");
        assertThat(Transcript.of(device.sent(second))).containsExactly(
                "Status 2/0 SyncHdr 401 challenge syncml:auth-basic", "Status 2/1 Delete 401 ./A/B", "Alert 1223",
                "Final");
        assertThat(second.next().isEnded()).isTrue();
        assertThat(second.facts().getLast()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.SERVER_NOT_AUTHENTICATED));
    }

    @Test
    void a_server_that_wants_nothing_is_not_challenged() {
        TestDevice device = device(Scheme.MD5);

        ClientTurn turn = device.replyLast(Say.ok(1), Say.status(1, "1", "Alert", 200));

        assertThat(turn.send()).isNull();
        assertThat(turn.facts()).endsWith(new Ended(Reason.COMPLETED, ""));
    }

    @Test
    void nothing_is_issued_if_no_message_goes_back() {
        TestDevice device = device(Scheme.MD5);

        ClientTurn turn = device.take(proved(device.message(true, Say.ok(1)), "syncml:auth-md5",
                Credentials.data(Scheme.MD5, SERVER)));

        assertThat(turn.send()).isNull();
        assertThat(turn.facts()).noneMatch(ClientFact.ServerNonceIssued.class::isInstance);
    }

    @Test
    void a_server_that_the_transport_has_authenticated_needs_no_credentials() {
        TestDevice device = device(Scheme.MD5);
        device.transportVouches = true;

        Message third = device.reply(Say.ok(1), Say.get("1", "./A/B"));

        assertThat(Transcript.of(third)).startsWith("Status 1/0 SyncHdr 200", "Status 1/1 Get 200 ./A/B");
        assertThat(device.facts).contains(new ClientFact.ServerAuthenticated(null));
    }

    @Test
    void a_mac_is_wanted_with_every_message_and_gives_a_nonce_each_time() {
        TestDevice device = device(Scheme.MAC);

        Message third = device.sent(device.take(
                withMac(device, device.message(true, Say.ok(1), Say.get("1", "./A/B")), NONCE)));
        Message fourth = device.sent(device.take(
                withMac(device, device.message(true, Say.ok(2), Say.get("1", "./A/B")), nonce(third))));
        ClientTurn last = device.take(device.message(true, Say.ok(3), Say.delete("1", "./A/B")));

        assertThat(Transcript.of(third)).startsWith("Status 1/0 SyncHdr 200 challenge syncml:auth-MAC",
                "Status 1/1 Get 200 ./A/B");
        assertThat(Transcript.of(fourth)).startsWith("Status 2/0 SyncHdr 200 challenge syncml:auth-MAC",
                "Status 2/1 Get 200 ./A/B");
        assertThat(nonce(fourth)).isNotEqualTo(nonce(third));
        assertThat(last.next().isEnded()).isTrue();
        assertThat(device.tree().has(NodeUri.parse("./A/B"))).isTrue();
    }

    @Test
    void a_nonce_that_was_lost_is_healed_by_the_default_nonce_if_allowed() {
        TestDevice device = device(Scheme.MD5);
        ClientSettings s = device.settings;
        device.settings = new ClientSettings(s.deviceId(), s.profile(), s.encoding(), s.maxMsgSizeBytes(),
                s.maxObjSizeBytes(), s.maxAttempts(), s.sha256Name(), true);

        Message third = device.sent(device.take(proved(device.message(true, Say.ok(1), Say.get("1", "./A/B")),
                "syncml:auth-md5",
                Credentials.data(Scheme.MD5, SERVER.withNonce(Bytes.wrap(new byte[4]))))));

        assertThat(Transcript.of(third)).startsWith("Status 1/0 SyncHdr 212 challenge syncml:auth-md5");
    }

    @Test
    void what_a_server_says_of_alerts_counts_when_it_has_proved_itself() {
        TestDevice device = device(Scheme.BASIC);
        device.alerts = List.of(ClientAlert.event("e", "com.example.event", Value.text("x")));
        device.start();

        device.reply(Say.ok(1), Say.status(1, "2", "Alert", 200), Say.get("1", "./A/B"));

        assertThat(device.facts).noneMatch(ClientFact.AlertAnswered.class::isInstance);
        device.take(proved(device.message(true, Say.ok(2), Say.get("1", "./A/B")), "syncml:auth-basic",
                Credentials.data(Scheme.BASIC, SERVER)));
        assertThat(device.facts).contains(new ClientFact.AlertAnswered("e", StatusCode.OK));
    }

    /** Else its nonce would never heal, and the alerts would be raised again in every session. */
    @Test
    void a_server_that_has_answered_alerts_must_prove_itself_even_if_it_wants_nothing_else() {
        TestDevice device = device(Scheme.MD5);
        device.alerts = List.of(ClientAlert.event("e", "com.example.event", Value.text("x")));
        device.start();

        Message challenge = device.sent(device.take(proved(
                device.message(true, Say.ok(1), Say.status(1, "2", "Alert", 200)), "syncml:auth-md5",
                Credentials.data(Scheme.MD5, SERVER.withNonce(Bytes.utf8("out of step"))))));
        ClientTurn last = device.take(proved(device.message(true, Say.ok(2)), "syncml:auth-md5",
                Credentials.data(Scheme.MD5, SERVER.withNonce(nonce(challenge)))));

        assertThat(Transcript.of(challenge)).containsExactly("Status 1/0 SyncHdr 401 challenge syncml:auth-md5",
                "Final");
        assertThat(device.facts).contains(new ClientFact.AlertAnswered("e", StatusCode.OK));
        assertThat(last.facts()).endsWith(new Ended(Reason.COMPLETED, ""));
    }

    @Test
    void an_abort_is_believed_of_anybody() {
        TestDevice device = device(Scheme.BASIC);

        ClientTurn turn = device.replyLast(Say.ok(1), Say.alert("1", 1223));

        assertThat(turn.send()).isNull();
        assertThat(turn.facts()).containsExactly(new Ended(Reason.ABORTED_BY_SERVER, ""));
    }

    private static TestDevice device(Scheme scheme) {
        return TestDevice.dm13().with(ClientAccount.open("s", TestDevice.URL).withServer(SERVER, scheme)).started();
    }

    static Message proved(Message message, String scheme, String data) {
        SyncHdr h = message.header();
        return new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(), h.msgId(), h.target(), h.source(),
                null, false, new Cred(Meta.of("b64", scheme), data), h.meta()), message.body(), message.isFinal());
    }

    private static Packet withMac(TestDevice device, Message message, Bytes nonce) {
        Packet packet = device.packet(message);
        String hmac = Credentials.hmac(Digest.MD5, SERVER.withNonce(nonce), packet.body()).print();
        return new Packet(packet.mediaType(), packet.body(), Headers.of(SyncmlHmac.HEADER, hmac));
    }

    private static Bytes nonce(Message message) {
        Command first = message.body().getFirst();
        @Nullable
        Meta chal = ((Status) first).chal();
        if (chal == null || chal.nextNonce() == null) {
            throw new AssertionError("no nonce");
        }
        return Bytes.base64(chal.nextNonce());
    }
}
