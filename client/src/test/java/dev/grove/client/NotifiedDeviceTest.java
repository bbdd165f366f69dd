package dev.grove.client;

import static dev.grove.client.TestDevices.account;
import static dev.grove.client.TestDevices.auth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grove.auth.Credentials;
import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.TestDevices.TestClock;
import dev.grove.client.notify.Delivery;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.notify.Reception;
import dev.grove.client.notify.Reception.Cause;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.transport.TransportException;
import dev.grove.client.transport.TransportException.Kind;
import dev.grove.dm1.command.UserInterface;
import dev.grove.mo.DmAcc.Level;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Meta;
import dev.grove.syncml.SyncHdr.Cred;
import dev.grove.tree.Mounts;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation.Confirm;
import dev.grove.tree.Operation.Display;
import dev.grove.tree.Operation.Interaction;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A device of DM 1.2 and what bearers bring it ([DMNOTI 1.2]). */
class NotifiedDeviceTest {

    private static final String URL = "https://dm.example/dm";
    private static final Bytes NONCE = Bytes.hex("0102030405060708090a0b0c0d0e0f10");
    private static final NodeUri SERVER_NONCE = NodeUri.parse("./DMAcc/A0/AppAuth/2/AAuthData");
    private static final NodeUri CLIENT_NONCE = NodeUri.parse("./DMAcc/A0/AppAuth/1/AAuthData");

    private final FakeServer server = new FakeServer();
    private final TestClock clock = new TestClock();
    private final MemoryStore store = new MemoryStore(
            TestDevices.state("one", account("one", URL, auth(Level.CLCRED, "DIGEST", "me"),
                    auth(Level.SRVCRED, "DIGEST", "one")), account("two", URL)));
    private final List<String> heard = new ArrayList<>();
    private final List<Interaction> questions = new ArrayList<>();
    private UserInterface.Answer answer = new UserInterface.Answer.Yes();
    private NotificationSetup limits = NotificationSetup.DEFAULT;
    private boolean isDeaf;

    private DeviceClient client() throws Exception {
        if (store.state().tree().at(SERVER_NONCE).isEmpty()) {
            store.commit(store.state().withTree(Accounts.withNonce(store.state().tree(),
                    NodeUri.parse("./DMAcc/A0"), Level.SRVCRED, NONCE)));
        }
        DeviceSetup setup = DeviceSetup.of(TestDevices.settings(), TestDevices.setup(Mounts.NONE), store, server)
                .with(clock, new SplittableRandom(1)).with(limits).with(question -> {
                    questions.add(question);
                    return answer;
                }).with(new DeviceListener() {
                    @Override
                    public void heard(Reception reception) {
                        if (isDeaf) {
                            throw new IllegalStateException("nobody wants to hear it");
                        }
                    }

                    @Override
                    public void declined(String serverId, String why) {
                        heard.add(serverId + ": " + why);
                    }
                });
        return new DeviceClient(setup, Poll.never());
    }

    private static Bytes signed(TriggerMessage trigger, Bytes nonce) {
        return trigger.sign(Digest.MD5.secretHash("one", "secret-of-one"), nonce).encode();
    }

    private static Delivery plain(Bytes octets) {
        return new Delivery.Plain("test", new Packet(TriggerMessage.MEDIA_TYPE, octets));
    }

    private static Delivery trigger(int sessionId, UiMode mode) {
        return plain(signed(TriggerMessage.of("one", sessionId, mode), NONCE));
    }

    private static Delivery trigger(int sessionId) {
        return trigger(sessionId, UiMode.BACKGROUND);
    }

    private static void isDropped(Reception reception, Cause cause) {
        assertThat(reception).isEqualTo(new Reception.Dropped("test", cause));
    }

    // ---- what is taken

    @Test
    @Tag("SCR-DM-NOTI-C-001")
    @Tag("SCR-DM-NOTI-C-002")
    void begins_the_session_that_is_asked_for() throws Exception {
        DeviceClient client = client();
        assertThat(client.notified(trigger(0x1234))).isInstanceOf(Reception.Accepted.class);
        client.runDue();
        assertThat(server.messages.getFirst().header().sessionId()).isEqualTo("1234");
        assertThat(server.alertsIn(0)).containsExactly(1200);
    }

    @Test
    @Tag("SCR-DM-NOTI-C-002")
    void takes_a_push_out_of_its_envelope() throws Exception {
        DeviceClient client = client();
        Bytes pdu = Bytes.hex("010603c4af87").plus(signed(TriggerMessage.of("one", 0xFF, UiMode.BACKGROUND), NONCE));
        assertThat(client.notified(new Delivery.Push("test", pdu))).isInstanceOf(Reception.Accepted.class);
        client.runDue();
        assertThat(server.messages.getFirst().header().sessionId()).isEqualTo("FF");
    }

    @Test
    void takes_any_version_that_servers_are_known_to_write() throws Exception {
        DeviceClient client = client();
        for (int version : new int[] {10, 11, 12, 1023}) {
            TriggerMessage trigger = new TriggerMessage(version, UiMode.BACKGROUND, true, 0, version, "one",
                    Bytes.EMPTY);
            assertThat(client.notified(plain(signed(trigger, NONCE)))).isInstanceOf(Reception.Accepted.class);
        }
    }

    @Test
    void calls_even_if_whoever_is_told_of_it_fails() throws Exception {
        isDeaf = true;
        DeviceClient client = client();
        assertThatThrownBy(() -> client.notified(trigger(7))).isInstanceOf(IllegalStateException.class);
        client.runDue();
        assertThat(server.messages.getFirst().header().sessionId()).isEqualTo("7");
    }

    @Test
    void each_session_that_is_asked_for_has_its_turn_in_order() throws Exception {
        DeviceClient client = client();
        client.notified(trigger(7));
        client.notified(trigger(5));
        client.runDue();
        assertThat(server.messages.stream().map(message -> message.header().sessionId())).containsExactly("7", "5");
    }

    // ---- what is dropped

    @Test
    @Tag("SCR-DM-NOTI-C-002")
    void drops_what_has_been_touched_and_does_not_call() throws Exception {
        DeviceClient client = client();
        byte[] good = signed(TriggerMessage.of("one", 9, UiMode.BACKGROUND), NONCE).toArray();
        for (int bit = 0; bit < 8 * good.length; bit += 5) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(client.notified(plain(Bytes.wrap(flipped)))).as("bit " + bit)
                    .isInstanceOf(Reception.Dropped.class);
        }
        clock.advance(Duration.ofMinutes(2));
        isDropped(client.notified(plain(Bytes.wrap(good).slice(0, 23))), Cause.MALFORMED);
        isDropped(client.notified(plain(Bytes.wrap(good).plus(Bytes.hex("00")))), Cause.WRONG_DIGEST);
        isDropped(client.notified(plain(Bytes.EMPTY)), Cause.MALFORMED);
        isDropped(client.notified(new Delivery.Plain("test", new Packet("text/plain", Bytes.wrap(good)))),
                Cause.MALFORMED);
        isDropped(client.notified(new Delivery.Push("test", Bytes.hex("0106"))), Cause.NO_PUSH);
        assertThat(client.runDue()).isEmpty();
        assertThat(server.messages).isEmpty();
        assertThat(client.droppedNotifications()).containsEntry(Cause.NO_PUSH, 1L).containsKey(Cause.WRONG_DIGEST);
    }

    @Test
    void drops_what_comes_of_nobody_it_knows() throws Exception {
        DeviceClient client = client();
        isDropped(client.notified(plain(signed(TriggerMessage.of("three", 1, UiMode.BACKGROUND), NONCE))),
                Cause.UNKNOWN_SERVER);
        isDropped(client.notified(plain(signed(TriggerMessage.of("two", 1, UiMode.BACKGROUND), NONCE))),
                Cause.UNKNOWN_SERVER);
    }

    @Test
    void has_one_session_for_one_id_before_during_and_after_it_and_after_a_restart() throws Exception {
        DeviceClient client = client();
        List<Reception> during = new ArrayList<>();
        client.notified(trigger(3));
        isDropped(client.notified(trigger(3)), Cause.REPEATED);
        server.trouble((address, packet) -> {
            during.add(client.notified(trigger(3)));
            throw new TransportException(Kind.REFUSED, "no", null);
        });
        client.runDue();
        isDropped(during.getFirst(), Cause.REPEATED);
        clock.advance(Duration.ofSeconds(20));
        client.runDue();
        isDropped(client.notified(trigger(3)), Cause.REPEATED);
        isDropped(client().notified(trigger(3)), Cause.REPEATED);
        assertThat(server.messages).hasSize(2);
    }

    @Test
    void what_a_crash_has_cut_off_counts_when_it_comes_again() throws Exception {
        client().notified(trigger(3));
        DeviceClient restarted = client();
        assertThat(restarted.notified(trigger(3))).isInstanceOf(Reception.Accepted.class);
        restarted.runDue();
        assertThat(server.messages.getFirst().header().sessionId()).isEqualTo("3");
    }

    @Test
    void a_session_that_found_no_answer_is_tried_again_under_its_id() throws Exception {
        DeviceClient client = client();
        server.trouble((address, packet) -> {
            throw new TransportException(Kind.LOST, "lost", null);
        });
        client.notified(trigger(0x2A));
        client.runDue();
        clock.advance(Duration.ofHours(1));
        client.runDue();
        assertThat(server.messages.stream().map(message -> message.header().sessionId())).containsExactly("2A", "2A");
        assertThat(server.alertsIn(1)).containsExactly(1200);
    }

    @Test
    void a_session_that_the_device_has_lost_is_not_the_one_that_a_server_asks_for_under_its_number() throws Exception {
        DeviceClient client = client();
        server.trouble((address, packet) -> {
            throw new TransportException(Kind.LOST, "lost", null);
        });
        client.call("one");
        int number = Integer.parseInt(server.messages.getFirst().header().sessionId(), 16);
        client.notified(trigger(number));
        client.runDue();
        assertThat(server.alertsIn(0)).containsExactly(1201);
        assertThat(server.alertsIn(1)).as("begun anew, and not taken up again").containsExactly(1200);
    }

    @Test
    void a_flood_is_dropped_unread_and_the_device_hears_again_afterwards() throws Exception {
        limits = NotificationSetup.DEFAULT.withLimits(5, 2);
        DeviceClient client = client();
        assertThat(client.notified(trigger(1))).isInstanceOf(Reception.Accepted.class);
        assertThat(client.notified(trigger(2))).isInstanceOf(Reception.Accepted.class);
        isDropped(client.notified(trigger(3)), Cause.FLOOD);
        isDropped(client.notified(plain(Bytes.EMPTY)), Cause.MALFORMED);
        isDropped(client.notified(plain(Bytes.EMPTY)), Cause.MALFORMED);
        isDropped(client.notified(plain(Bytes.EMPTY)), Cause.FLOOD);
        clock.advance(Duration.ofMinutes(1));
        assertThat(client.notified(trigger(3))).isInstanceOf(Reception.Accepted.class);
        assertThat(client.droppedNotifications()).isEqualTo(Map.of(Cause.FLOOD, 2L, Cause.MALFORMED, 2L));
    }

    @Test
    void a_server_whose_sessions_are_waiting_cannot_pile_up_more() throws Exception {
        limits = NotificationSetup.DEFAULT.withLimits(100, 100);
        DeviceClient client = client();
        for (int id = 1; id <= 8; id++) {
            assertThat(client.notified(trigger(id))).isInstanceOf(Reception.Accepted.class);
        }
        isDropped(client.notified(trigger(9)), Cause.BUSY);
        client.runDue();
        assertThat(client.notified(trigger(9))).isInstanceOf(Reception.Accepted.class);
    }

    // ---- the user

    @Test
    void the_user_is_asked_before_a_session_where_the_server_wants_that() throws Exception {
        DeviceClient client = client();
        client.notified(trigger(1, UiMode.USER_INTERACTION));
        client.runDue();
        assertThat(questions).singleElement().isInstanceOf(Confirm.class);
        assertThat(server.messages).hasSize(1);
    }

    @Test
    void there_is_no_session_without_the_users_yes_and_no_second_question() throws Exception {
        DeviceClient client = client();
        int id = 0;
        for (UserInterface.Answer no : List.of(new UserInterface.Answer.No(), new UserInterface.Answer.Cancelled(),
                new UserInterface.Answer.TimedOut(), new UserInterface.Answer.Unsupported())) {
            answer = no;
            client.notified(trigger(++id, UiMode.USER_INTERACTION));
            client.runDue();
            isDropped(client.notified(trigger(id, UiMode.USER_INTERACTION)), Cause.REPEATED);
        }
        assertThat(server.messages).isEmpty();
        assertThat(questions).hasSize(4);
        assertThat(heard).containsExactly("one: the user does not want it", "one: the user does not want it",
                "one: the user has not answered", "one: the user is to be asked, and there is none");
    }

    @Test
    void the_user_is_told_of_a_session_or_hears_nothing_of_it() throws Exception {
        DeviceClient client = client();
        answer = new UserInterface.Answer.Unsupported();
        client.notified(trigger(1, UiMode.INFORMATIVE));
        client.notified(trigger(2, UiMode.BACKGROUND));
        client.notified(trigger(3, UiMode.NOT_SPECIFIED));
        client.runDue();
        assertThat(questions).singleElement().isInstanceOf(Display.class);
        assertThat(server.messages).hasSize(3);
    }

    // ---- nonces

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void agrees_on_new_nonces_with_a_server_that_has_lost_them() throws Exception {
        DeviceClient client = client();
        Secret ofServer = new Secret("one", "secret-of-one", Nonce.DEFAULT);
        server.cred = new Cred(Meta.of("b64", Scheme.MD5.wireName()), Credentials.data(Scheme.MD5, ofServer));
        server.say(FakeServer.replace("./Settings/Name", "by the server"));
        Reception reception = client
                .notified(plain(signed(TriggerMessage.of("one", 0x51, UiMode.BACKGROUND), Nonce.DEFAULT)));
        assertThat(reception).isInstanceOf(Reception.Accepted.class);
        client.runDue();

        Secret ofDevice = new Secret("me", "secret-of-me", Nonce.DEFAULT);
        assertThat(server.messages.getFirst().header().cred()).isNotNull()
                .extracting(Cred::data).isEqualTo(Credentials.data(Scheme.MD5, ofDevice));
        Status ofHeader = server.messages.get(1).body().stream().filter(Status.class::isInstance)
                .map(Status.class::cast).filter(Status::isOfHeader).findFirst().orElseThrow();
        assertThat(ofHeader.code().code()).isEqualTo(212);
        Bytes fresh = store.state().tree().at(SERVER_NONCE).orElseThrow().data();
        assertThat(fresh).isNotEqualTo(NONCE).isNotEqualTo(Nonce.DEFAULT);
        assertThat(ofHeader.chal()).isNotNull().extracting(Meta::nextNonce).isEqualTo(fresh.base64());
        assertThat(store.state().tree().at(CLIENT_NONCE)).as("the server has given none").isEmpty();

        assertThat(client.notified(plain(signed(TriggerMessage.of("one", 0x52, UiMode.BACKGROUND), fresh))))
                .isInstanceOf(Reception.Accepted.class);
    }

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void the_nonce_that_everybody_knows_is_good_for_the_session_that_it_asked_for_only() throws Exception {
        DeviceClient client = client();
        Secret ofServer = new Secret("one", "secret-of-one", Nonce.DEFAULT);
        server.cred = new Cred(Meta.of("b64", Scheme.MD5.wireName()), Credentials.data(Scheme.MD5, ofServer));
        server.say(FakeServer.replace("./Settings/Name", "by nobody"));
        client.notified(trigger(0x51));
        client.runDue();
        assertThat(store.state().tree().at(NodeUri.parse("./Settings/Name")).orElseThrow().value().text())
                .isEqualTo("old");
    }

    @Test
    void a_device_that_does_not_resynchronise_drops_what_was_made_with_that_nonce() throws Exception {
        limits = NotificationSetup.DEFAULT.withResynchronisation(false);
        isDropped(client().notified(
                plain(signed(TriggerMessage.of("one", 0x51, UiMode.BACKGROUND), Nonce.DEFAULT))), Cause.WRONG_DIGEST);
    }
}
