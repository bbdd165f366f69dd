package dev.grove.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.client.Scheduler.Poll;
import dev.grove.client.TestDevices.TestClock;
import dev.grove.client.dm2.Dm2Account;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.notify.Delivery;
import dev.grove.client.notify.ConnectionTypes;
import dev.grove.client.notify.NotificationSetup;
import dev.grove.client.notify.Reception;
import dev.grove.client.notify.Reception.Cause;
import dev.grove.client.objects.HostInformation;
import dev.grove.client.objects.Machine;
import dev.grove.client.store.DeviceState;
import dev.grove.client.store.MemoryStore;
import dev.grove.client.transport.HttpOptions;
import dev.grove.client.transport.HttpWeb;
import dev.grove.dm1.client.ClientSettings;
import dev.grove.mo.DmAcc.Level;
import dev.grove.mo.NodeBuilder;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.syncml.Encoding;
import dev.grove.tree.Node;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Tree;
import dev.grove.tree.Value;
import dev.grove.tree.edit.TreeLimits;
import dev.grove.tree.edit.TreeSetup;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A device of DM 2.0 and what bearers bring it ([DM 2.0 §5.2.1, E]). */
class NotifiedDm2DeviceTest {

    private static final Credential CREDENTIAL = new Credential(Bytes.utf8("NotiSecret"), Bytes.utf8("NotiAuthData"));

    private final TestClock clock = new TestClock();
    private final Dm2StandIn server = new Dm2StandIn();
    private final MemoryStore store = new MemoryStore(new DeviceState(Tree.empty(TestDevices.START)));
    private final HttpWeb web = new HttpWeb(HttpOptions.DEFAULT, new Random(5));
    private final List<ConnectionType> used = new ArrayList<>();
    private final List<String> senders = new ArrayList<>();
    private final Set<ConnectionType> up = EnumSet.of(ConnectionType.ANY);
    private final FakeServer serverOfDm1 = new FakeServer();
    private String regId = "APA91:x_y-z";
    private NotificationSetup limits = NotificationSetup.DEFAULT.with(new ConnectionTypes() {
        @Override
        public Set<ConnectionType> available() {
            return up;
        }

        @Override
        public void use(ConnectionType chosen) {
            used.add(chosen);
        }
    });
    @Nullable
    private DeviceClient device;

    NotifiedDm2DeviceTest() throws Exception {}

    @AfterEach
    void stop() throws Exception {
        if (device != null) {
            device.close();
        }
        server.close();
    }

    private DeviceClient client(@Nullable Credential credential) throws Exception {
        NodeBuilder account = NodeBuilder.dynamic(Dm2Account.MOID, TestDevices.START).leaf("SrvID", "a")
                .leaf("SrvURI", server.url("/dm2"))
                .interior("Perm", all -> all.interior("1", one -> one.leaf("MOID", "*")))
                .interior("Push", push -> push.interior("GCM",
                        gcm -> gcm.leaf("SenderID", "1234").leaf("RegURI", server.url("/r/reg"))
                                .leaf("UnRegURI", server.url("/r/unreg")).leaf("RegParams", "p1=v1&p2=a%20b")));
        if (credential != null) {
            account.interior("Auth", auth -> auth.interior("Noti",
                    noti -> noti.leaf("Data", Value.binary(credential.authData()))
                            .leaf("Secret", Value.binary(credential.secret()))));
        }
        NodeUri accounts = NodeUri.parse("./DMAcc");
        Tree before = store.state().tree();
        Tree tree = before.at(accounts).isPresent() ? before
                : before.with(accounts, Node.interior("", TestDevices.START));
        store.commit(store.state().withTree(tree.with(accounts.child("a"), account.build())));
        return started();
    }

    private DeviceClient started() {
        HostInformation host = new HostInformation("IMEI:1", "2.0", "phone", TreeLimits.NONE, Machine.here(), clock);
        DeviceSetup setup = DeviceSetup.of(ClientSettings.of("IMEI:1", DeviceKind.DM20.profile(), Encoding.XML),
                TreeSetup.of(DeviceKind.DM20.rules()).with(host.mountsOfDm2()), store, serverOfDm1)
                .with(clock, new Random(7)).with(Dm2Setup.of(web)).with(limits);
        DeviceClient made = new DeviceClient(setup, Poll.never());
        device = made;
        return made;
    }

    private static Delivery plain(Bytes octets) {
        return new Delivery.Plain("test", new Packet(Dm2Notification.MEDIA_TYPE, octets));
    }

    private static Delivery notification(int id, @Nullable Credential credential) {
        return plain(Dm2NotificationCodec.encode(new Dm2Notification("a", List.of(), id, null, false), credential));
    }

    private static void isDropped(Reception reception, Cause cause) {
        assertThat(reception).isEqualTo(new Reception.Dropped("test", cause));
    }

    private static void isAccepted(Reception reception) {
        assertThat(reception).isInstanceOf(Reception.Accepted.class);
    }

    @Test
    @Tag("DM-PACK-002-C-O")
    @Tag("DM-PACK-005-C-O")
    @Tag("DM-PACK-010-C-O")
    @Tag("DM-MEC-003-C-O")
    @Tag("DM-MEC-004-C-O")
    void a_push_begins_a_session_that_tells_its_id_and_the_objects() throws Exception {
        DeviceClient client = client(CREDENTIAL);
        Bytes message = Dm2NotificationCodec.encode(
                new Dm2Notification("a", List.of(), 0x2A, clock.instant(), true), CREDENTIAL);
        isAccepted(client.notified(new Delivery.Push("test", Bytes.hex("010603d8af87").plus(message))));
        client.runDue();
        assertThat(server.packages()).singleElement().asString().contains("ServerInitiatedMgmt",
                "\"NOTIFICATION-ID\":42", "\"MOS\"");
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void a_repetition_is_dropped_after_a_restart_too() throws Exception {
        DeviceClient client = client(CREDENTIAL);
        isAccepted(client.notified(notification(7, CREDENTIAL)));
        isDropped(client.notified(notification(7, CREDENTIAL)), Cause.REPEATED);
        client.runDue();
        isDropped(started().notified(notification(7, CREDENTIAL)), Cause.REPEATED);
        assertThat(server.packages()).hasSize(1);
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void a_trigger_of_DM_1_with_the_same_number_from_the_same_server_is_no_repetition() throws Exception {
        store.commit(TestDevices.state("a", TestDevices.account("a", "https://dm.example/dm",
                TestDevices.auth(Level.SRVCRED, "DIGEST", "a"))));
        DeviceClient client = client(CREDENTIAL);
        isAccepted(client.notified(notification(7, CREDENTIAL)));
        Packet trigger = new Packet(TriggerMessage.MEDIA_TYPE, TriggerMessage.of("a", 7, UiMode.BACKGROUND)
                .sign(Digest.MD5.secretHash("a", "secret-of-a"), Nonce.DEFAULT).encode());
        isAccepted(client.notified(new Delivery.Plain("test", trigger)));
        client.runDue();
        assertThat(server.packages()).singleElement().asString().contains("\"NOTIFICATION-ID\":7");
        assertThat(serverOfDm1.messages.getFirst().header().sessionId()).isEqualTo("7");
        DeviceClient restarted = started();
        isDropped(restarted.notified(notification(7, CREDENTIAL)), Cause.REPEATED);
        isDropped(restarted.notified(new Delivery.Plain("test", trigger)), Cause.REPEATED);
        isAccepted(restarted.notified(notification(8, CREDENTIAL)));
    }

    @Test
    @Tag("DM-PACK-008-C-O")
    void the_digest_has_to_be_right_where_there_is_a_credential() throws Exception {
        DeviceClient client = client(CREDENTIAL);
        isDropped(client.notified(notification(1, new Credential(Bytes.utf8("other"), CREDENTIAL.authData()))),
                Cause.WRONG_DIGEST);
        isDropped(client.notified(notification(2, null)), Cause.UNSIGNED);
        byte[] good = Dm2NotificationCodec
                .encode(new Dm2Notification("a", List.of(), 3, null, false), CREDENTIAL).toArray();
        for (int at = 0; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            assertThat(client.notified(plain(Bytes.wrap(flipped)))).as("octet " + at)
                    .isInstanceOf(Reception.Dropped.class);
        }
        client.runDue();
        assertThat(server.packages()).isEmpty();
    }

    @Test
    @Tag("DM-PACK-008-C-O")
    void a_device_without_a_credential_ignores_what_bears_a_digest() throws Exception {
        DeviceClient client = client(null);
        isDropped(client.notified(notification(1, CREDENTIAL)), Cause.WRONG_DIGEST);
        isAccepted(client.notified(notification(1, null)));
    }

    @Test
    @Tag("DM-PACK-009-C-O")
    void what_was_sent_long_ago_is_dropped() throws Exception {
        DeviceClient client = client(CREDENTIAL);
        Instant old = clock.instant().minus(Duration.ofDays(2));
        isDropped(client.notified(plain(Dm2NotificationCodec
                .encode(new Dm2Notification("a", List.of(), 1, old, false), CREDENTIAL))), Cause.TOO_OLD);
    }

    @Test
    @Tag("DM-PACK-003-C-O")
    @Tag("DM-PACK-004-C-O")
    void versions_and_counts_that_are_not_so_are_dropped() throws Exception {
        DeviceClient client = client(null);
        for (String wrong : List.of("", "20", "1000", "3000", "2100100161", "2080100161ff", "208010ff61")) {
            isDropped(client.notified(plain(Bytes.hex(wrong))), Cause.MALFORMED);
        }
        isAccepted(client.notified(plain(Bytes.hex("2000"))));
    }

    // ---- connections

    @Test
    @Tag("DM-PACK-006-C-O")
    void waits_for_a_connection_that_the_server_prefers() throws Exception {
        up.clear();
        up.add(ConnectionType.CELLULAR);
        DeviceClient client = client(CREDENTIAL);
        client.notified(plain(Dm2NotificationCodec.encode(new Dm2Notification("a",
                List.of(ConnectionType.WIRELINE, ConnectionType.WLAN), 9, null, false), CREDENTIAL)));
        assertThat(client.runDue()).as("looks again soon").isPresent();
        assertThat(server.packages()).isEmpty();
        isDropped(client.notified(plain(Dm2NotificationCodec.encode(new Dm2Notification("a",
                List.of(ConnectionType.WIRELINE, ConnectionType.WLAN), 9, null, false), CREDENTIAL))), Cause.REPEATED);
        up.add(ConnectionType.WLAN);
        client.connectionsChanged();
        client.runDue();
        assertThat(server.packages()).hasSize(1);
        assertThat(used).contains(ConnectionType.WLAN).doesNotContain(ConnectionType.CELLULAR);
    }

    private static Delivery byWlan(@Nullable Integer id, ConnectionType... before) {
        List<ConnectionType> preferred = new ArrayList<>(List.of(before));
        preferred.add(ConnectionType.WLAN);
        return plain(Dm2NotificationCodec.encode(new Dm2Notification("a", preferred, id, null, false), CREDENTIAL));
    }

    @Test
    @Tag("DM-PACK-006-C-O")
    void what_waits_for_a_connection_without_an_id_does_not_pile_up() throws Exception {
        up.clear();
        DeviceClient client = client(CREDENTIAL);
        for (int i = 0; i < 40; i++) {
            isAccepted(client.notified(byWlan(null, Collections.nCopies(i, ConnectionType.WIRELINE)
                    .toArray(ConnectionType[]::new))));
            if (i % 2 == 0) {
                client.runDue();
            }
            clock.advance(Duration.ofSeconds(10));
        }
        client.runDue();
        up.add(ConnectionType.WLAN);
        client.runDue();
        assertThat(server.packages()).as("one session will do for all of them").hasSize(1);
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void what_has_waited_for_a_connection_for_days_is_still_one_session() throws Exception {
        up.clear();
        DeviceClient client = client(CREDENTIAL);
        isAccepted(client.notified(byWlan(9)));
        client.runDue();
        clock.advance(Duration.ofDays(2));
        isDropped(client.notified(byWlan(9)), Cause.REPEATED);
        up.add(ConnectionType.WLAN);
        client.runDue();
        assertThat(server.packages()).hasSize(1);
    }

    @Test
    @Tag("DM-PACK-006-C-O")
    void takes_the_first_that_is_up_or_any_if_any_will_do() throws Exception {
        up.clear();
        up.add(ConnectionType.CELLULAR);
        DeviceClient client = client(null);
        client.notified(plain(Dm2NotificationCodec.encode(new Dm2Notification("a",
                List.of(ConnectionType.WLAN, ConnectionType.ANY), 9, null, false), null)));
        client.runDue();
        assertThat(server.packages()).hasSize(1);
        assertThat(used).containsExactly(ConnectionType.ANY);
    }

    // ---- messaging services

    @Test
    @Tag("DM-MEC-005-C-O")
    void tells_the_server_once_what_the_messaging_service_calls_it() throws Exception {
        limits = limits.with(sender -> {
            senders.add(sender);
            return regId;
        });
        server.has("/r/reg", "", "").has("/r/unreg", "", "");
        DeviceClient client = client(CREDENTIAL);
        client.runDue();
        client.runDue();
        assertThat(senders).containsOnly("1234");
        assertThat(server.errands()).singleElement().satisfies(told -> {
            assertThat(told.method()).isEqualTo("POST");
            assertThat(told.path()).isEqualTo("/r/reg");
            assertThat(told.headers().getFirst("Content-Type"))
                    .isEqualTo("application/x-www-form-urlencoded;charset=UTF-8");
            assertThat(told.body()).isEqualTo("RegId=APA91%3Ax_y-z&p1=v1&p2=a%20b");
        });
        regId = "APA91:new";
        client.runDue();
        started().runDue();
        assertThat(server.errands()).hasSize(2);
        client.unregisteredForPush("5678");
        client.unregisteredForPush("1234");
        assertThat(server.errands()).hasSize(3);
        assertThat(server.errands().getLast().path()).isEqualTo("/r/unreg");
        assertThat(server.errands().getLast().body()).startsWith("RegId=APA91%3Anew&");
    }

    @Test
    @Tag("DM-MEC-005-C-O")
    void tries_again_later_when_nobody_takes_its_name() throws Exception {
        limits = limits.with(sender -> {
            senders.add(sender);
            if (senders.size() == 1) {
                throw new IOException("no messaging service");
            }
            return regId;
        });
        DeviceClient client = client(CREDENTIAL);
        Instant retry = client.runDue().orElseThrow();
        assertThat(retry).isEqualTo(clock.instant().plusSeconds(30));
        client.runDue();
        assertThat(senders).as("not at once").hasSize(1);
        clock.advance(Duration.between(clock.instant(), retry));
        client.runDue();
        assertThat(server.errands()).as("404, and so not done").hasSize(1);
        server.has("/r/reg", "", "");
        clock.advance(Duration.ofHours(1));
        assertThat(client.runDue()).isEmpty();
        assertThat(server.errands()).hasSize(2);
    }
}
