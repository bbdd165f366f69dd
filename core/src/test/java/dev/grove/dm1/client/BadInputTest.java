package dev.grove.dm1.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Scheme;
import dev.grove.dm1.client.ClientFact.Ended;
import dev.grove.dm1.client.ClientFact.Reason;
import dev.grove.syncml.Command;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.Message;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.syncml.SyncHdr.Location;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server must not send, and what the device makes of it. */
class BadInputTest {

    private static final NodeUri B = NodeUri.parse("./A/B");

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<SyncML", "<SyncML xmlns='SYNCML:SYNCML1.2'></SyncML>",
            "<html><body>Bad gateway</body></html>"})
    void what_is_no_message_ends_the_session_with_an_abort(String body) {
        TestDevice device = TestDevice.dm13().started();

        ClientTurn turn = device.take(new Packet(Encoding.XML.mediaType(), Bytes.utf8(body)));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(Transcript.of(device.sent(turn))).containsExactly("Alert 1223", "Final");
        assertThat(turn.facts().getLast()).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.reason()).isEqualTo(Reason.UNINTELLIGIBLE);
            assertThat(ended.remark()).isNotEmpty();
        });
    }

    @Test
    void another_media_type_is_no_message() {
        TestDevice device = TestDevice.dm13().started();
        Packet packet = device.packet(device.message(true, Say.ok(1)));

        ClientTurn turn = device.take(new Packet("text/html", packet.body()));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(Transcript.of(device.sent(turn))).contains("Alert 1223");
    }

    @Test
    void a_message_of_another_session_is_refused_and_nothing_done() {
        TestDevice device = TestDevice.dm13().started();
        SyncHdr h = device.header(1);

        ClientTurn turn = device.take(new Message(new SyncHdr(h.verDtd(), h.verProto(), "77", h.msgId(), h.target(),
                h.source(), null, false, null, Meta.NONE), List.of(Say.ok(1), Say.delete("1", "./A/B")), true));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(Transcript.of(device.sent(turn))).containsExactly("Alert 1223", "Final");
        assertThat(turn.next().tree().has(B)).isTrue();
        assertThat(turn.facts().getLast().toString()).contains("SessionID 77");
    }

    @Test
    void an_old_message_in_a_new_place_is_refused_and_nothing_done() {
        TestDevice device = TestDevice.dm13().started();
        device.reply(Say.ok(1), Say.get("1", "./A/B"));
        device.reply(Say.ok(2), Say.get("1", "./A/B"));

        ClientTurn turn = device
                .take(new Message(device.header(1), List.of(Say.ok(1), Say.delete("1", "./A/B")), true));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.next().tree().has(B)).isTrue();
        assertThat(turn.facts().getLast().toString()).contains("MsgID 1 does not follow 2");
    }

    @ParameterizedTest
    @CsvSource({"1.3,DM/1.2,505", "1.0,DM/1.2,505", "1.2,DM/2.0,513", "1.2,SyncML/1.2,513"})
    void another_version_is_refused_by_its_code(String verDtd, String verProto, int code) {
        TestDevice device = TestDevice.dm13().started();
        SyncHdr h = device.header(1);

        ClientTurn turn = device.take(new Message(new SyncHdr(verDtd, verProto, h.sessionId(), h.msgId(), h.target(),
                h.source(), null, false, null, Meta.NONE), List.of(Say.ok(1), Say.delete("1", "./A/B")), true));

        assertThat(Transcript.of(device.sent(turn))).containsExactly("Status 1/0 SyncHdr " + code,
                "Status 1/1 Delete " + code + " ./A/B", "Alert 1223", "Final");
        assertThat(turn.facts().getLast()).isInstanceOfSatisfying(Ended.class,
                ended -> assertThat(ended.reason()).isEqualTo(Reason.VERSION_REFUSED));
        assertThat(turn.next().tree().has(B)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1.1,DM/1.1", "1.2,DM/1.2", "1.2,DM/1.3"})
    void an_older_server_is_understood(String verDtd, String verProto) {
        TestDevice device = TestDevice.dm13().started();
        SyncHdr h = device.header(1);

        Message answer = device.sent(device.take(new Message(new SyncHdr(verDtd, verProto, h.sessionId(), h.msgId(),
                h.target(), h.source(), null, false, null, Meta.NONE), List.of(Say.ok(1), Say.get("1", "./A/B")),
                true)));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Get 200 ./A/B");
    }

    @Test
    void a_server_that_names_the_device_otherwise_is_understood() {
        TestDevice device = TestDevice.dm13().started();
        SyncHdr h = device.header(1);

        Message answer = device.sent(device.take(new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(),
                h.msgId(), new Location("someone else"), new Location(""), null, false, null, Meta.NONE),
                List.of(Say.get("1", "./A/B")), true)));

        assertThat(Transcript.of(answer)).contains("Status 1/1 Get 200 ./A/B");
    }

    @Test
    void a_server_that_answers_in_the_other_spelling_is_understood() {
        TestDevice device = TestDevice.dm13().started();
        Message asked = device.message(true, Say.ok(1), new Command.Add("1", Meta.of("bin", null),
                List.of(Item.at("./A/N", Meta.NONE, new Data.Opaque(Bytes.hex("00ff"))))), Say.get("2", "./A/N"));

        ClientTurn turn = device
                .take(new Packet(Encoding.WBXML.mediaType(), SyncmlCodec.encode(asked, Encoding.WBXML)));

        assertThat(Transcript.of(device.sent(turn))).contains("Results 1/2 ./A/N(b64 application/octet-stream)=AP8=");
        assertThat(turn.next().tree().at(NodeUri.parse("./A/N")).orElseThrow().data()).isEqualTo(Bytes.hex("00ff"));
    }

    @Test
    void a_challenge_without_Final_does_not_open_a_package() {
        TestDevice device = TestDevice.dm13();
        device.with(device.account.withClient(ClientAuthenticationTest.SECRET, Scheme.BASIC, false)).start();

        Message again = device.replyMore(Say.status(1, "0", "SyncHdr", 407));

        assertThat(Transcript.of(again)).startsWith("Status 1/0 SyncHdr 200", "Alert 1201").endsWith("Final");
    }

    @Test
    void credentials_that_nobody_asked_for_do_not_hurt() {
        TestDevice device = TestDevice.dm13().started();
        SyncHdr h = device.header(1);

        Message answer = device.sent(device.take(new Message(new SyncHdr(h.verDtd(), h.verProto(), h.sessionId(),
                h.msgId(), h.target(), h.source(), null, false, new Cred(Meta.NONE, "?"), Meta.NONE),
                List.of(Say.get("1", "./A/B")), true)));

        assertThat(Transcript.of(answer)).startsWith("Status 1/0 SyncHdr 200", "Status 1/1 Get 200 ./A/B");
    }

    @Test
    void limits_that_make_no_sense_are_ignored() {
        TestDevice device = TestDevice.dm13().started();

        Message answer = device.sent(device.take(new Message(MultipleMessagesTest.withLimit(device.header(1), 0),
                List.of(Say.ok(1), Say.get("1", "./A/B")), true)));

        assertThat(Transcript.of(answer)).contains("Results 1/1 ./A/B=b", "Final");
    }

    @Test
    void statuses_for_what_was_never_sent_are_ignored() {
        TestDevice device = TestDevice.dm13().started();

        Message answer = device.reply(Say.ok(1), Say.status(9, "99", "Alert", 500), Say.status(1, "x", "", 200),
                Say.get("1", "./A/B"));

        assertThat(Transcript.of(answer)).startsWith("Status 1/0 SyncHdr 200", "Status 1/1 Get 200 ./A/B");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void a_message_far_longer_than_announced_is_refused(Encoding encoding) {
        TestDevice device = TestDevice.dm13().withEncoding(encoding).withLimits(1000, 5000).started();

        ClientTurn turn = device.take(device.message(true, Say.ok(1), Say.add("1", "./A/N", "x".repeat(10_000))));

        assertThat(turn.next().isEnded()).isTrue();
        assertThat(turn.next().tree().has(NodeUri.parse("./A/N"))).isFalse();
    }

    @Test
    void a_thousand_commands_get_a_thousand_answers() {
        TestDevice device = TestDevice.dm13().started();
        Command[] commands = new Command[1000];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = Say.get(Integer.toString(i + 1), "./A/B");
        }

        assertThat(Transcript.of(device.reply(commands))).hasSize(2002);
    }

    @Test
    void if_the_device_itself_fails_the_session_can_still_be_aborted() {
        TestDevice device = TestDevice.dm13().with(_ -> {
            throw new IllegalStateException("the screen is broken");
        }).started();
        ClientState before = device.state();

        try {
            device.reply(Say.ok(1), Say.alert("1", 1100, "", "Hello"));
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("the screen is broken");
        }
        ClientTurn turn = Dm1ClientSession.abort(before, true, "the screen is broken", device.context());

        assertThat(Transcript.of(device.sent(turn))).containsExactly("Alert 1223", "Final");
    }
}
