package dev.grove.server.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Scheme;
import dev.grove.auth.Secret;
import dev.grove.engine.Account;
import dev.grove.engine.KnownObject;
import dev.grove.notify.Dm13Layout;
import dev.grove.notify.Dm13NotificationCodec;
import dev.grove.notify.Dm2Notification;
import dev.grove.notify.Dm2NotificationCodec;
import dev.grove.notify.TriggerMessage;
import dev.grove.notify.UiMode;
import dev.grove.server.doorbell.Doorbell.Pace;
import dev.grove.server.doorbell.Doorbell.Result;
import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.server.fleet.Device;
import dev.grove.server.fleet.Reach;
import dev.grove.server.fleet.Reach.Format;
import dev.grove.server.fleet.Reach.Line;
import dev.grove.server.fleet.Wake;
import dev.grove.server.fleet.Wake.State;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is sent, when, and by what. */
class WakeRoundTest {

    private static final String HASH = Digest.MD5.secretHash(WakeScene.SERVER, WakeScene.PASSWORD);

    private final ScriptedDoorbell bell = new ScriptedDoorbell("bell");
    private final ScriptedDoorbell second = new ScriptedDoorbell("second");

    private static TriggerMessage.Signed trigger(Ring ring) {
        assertThat(ring.notification().mediaType()).isEqualTo("application/vnd.syncml.notification");
        try {
            return TriggerMessage.decode(ring.notification().body());
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Test
    @Tag("SCR-DM-NOTI-S-001")
    @Tag("SCR-DM-NOTI-S-002")
    @Tag("SCR-DM-NOTI-S-003")
    void sends_a_trigger_that_the_server_has_signed_with_the_nonce_of_that_moment() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell).with("d", new Line("bell", "here"));
        Wake wake = scene.ask("d", UiMode.USER_INTERACTION);
        scene.run();
        Ring ring = bell.rings.getFirst();
        assertThat(ring.address()).isEqualTo("here");
        assertThat(ring.goodUntil()).isEqualTo(wake.expiresAt());
        assertThat(trigger(ring).message()).isEqualTo(new TriggerMessage(11, UiMode.USER_INTERACTION, true, 0,
                wake.notificationId(), WakeScene.SERVER, Bytes.EMPTY));
        assertThat(trigger(ring).isBy(HASH, WakeScene.NONCE)).isTrue();

        Bytes fresh = Bytes.utf8("a fresh one");
        scene.store.write(records -> {
            Device device = records.devices().find("d").orElseThrow();
            Account account = device.account();
            return records.devices().put(device.withAccount(new Account("d", null, List.of(),
                    Objects.requireNonNull(account.server()).withNonce(fresh), account.serverScheme())));
        });
        scene.next(wake);
        assertThat(trigger(bell.rings.get(1)).isBy(HASH, fresh)).isTrue();
    }

    @Test
    void the_reach_of_a_device_says_version_and_server_identifier() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell);
        Account account = new Account("d", null, List.of(), new Secret("name", "pw", Bytes.EMPTY),
                Scheme.MD5);
        scene.with(Device.of(account, "", scene.clock.instant()),
                new Reach(List.of(new Line("bell", "x")), Format.DM12, 12, "server-id", null));
        scene.ask("d");
        scene.run();
        TriggerMessage.Signed signed = trigger(bell.rings.getFirst());
        assertThat(signed.message().version()).isEqualTo(12);
        assertThat(signed.message().serverId()).isEqualTo("server-id");
        assertThat(signed.isBy(Digest.MD5.secretHash("server-id", "pw"), Bytes.EMPTY)).isTrue();
    }

    @Test
    void a_device_that_spoke_dm_2_0_gets_its_notification_and_is_asked_for_its_objects_while_they_are_unknown() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell);
        Dm2Notification.Credential credential = new Dm2Notification.Credential(Bytes.utf8("NotiSecret"),
                Bytes.utf8("NotiAuthData"));
        Device device = Device.of(new Account("d", null, List.of(), null, Scheme.MD5), "",
                scene.clock.instant()).seen(scene.clock.instant(), "DM 2.0");
        scene.with(device, new Reach(List.of(new Line("bell", "x")), Format.AUTO, 11, "the-server", credential));
        Wake wake = scene.ask("d");
        scene.run();
        assertThat(bell.rings.getFirst().notification()).isEqualTo(new Packet(Dm2Notification.MEDIA_TYPE,
                Dm2NotificationCodec.encode(new Dm2Notification("the-server", List.of(), wake.notificationId(),
                        scene.clock.instant(), true), credential)));
        scene.store.write(records -> {
            records.objects().tell("d", List.of(new KnownObject("urn:oma:mo:x", null, List.of())));
            return true;
        });
        scene.next(wake);
        assertThat(bell.rings.get(1).notification().body()).isEqualTo(Dm2NotificationCodec
                .encode(new Dm2Notification("the-server", List.of(), wake.notificationId(), scene.clock.instant(),
                        false), credential));
    }

    @Test
    void the_experimental_notification_of_dm_1_3_goes_only_where_it_is_asked_for() throws Malformed {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell);
        Account account = new Account("d", null, List.of(), new Secret("name", "pw", WakeScene.NONCE), Scheme.MD5);
        Device device = Device.of(account, "", scene.clock.instant()).seen(scene.clock.instant(), "DM 1.3");
        scene.with(device, new Reach(List.of(new Line("bell", "x")), Format.DM13, 11, null, null));
        Wake wake = scene.ask("d");
        scene.run();
        Packet sent = bell.rings.getFirst().notification();
        assertThat(sent.mediaType()).isEqualTo("application/vnd.syncml.dm.notification");
        assertThat(Dm13NotificationCodec.isOne(sent.body())).isTrue();
        assertThat(Dm13NotificationCodec.decode(sent.body(), Dm13Layout.GUESS).notification().sessionId())
                .isEqualTo(wake.notificationId());
    }

    @Test
    void repeats_with_the_same_id_and_ever_longer_pauses_until_nobody_waits_any_more() {
        WakeScene scene = new WakeScene(new WakeRules(Duration.ofHours(3), Duration.ofSeconds(30),
                Duration.ofMinutes(10), 30, 1000, false), bell).with("d", new Line("bell", "here"));
        Wake wake = scene.ask("d");
        List<Instant> sent = new ArrayList<>();
        while (scene.now(wake).isOpen()) {
            Wake after = scene.next(wake);
            if (after.isOpen()) {
                sent.add(scene.clock.instant());
                assertThat(after.attempts()).isEqualTo(sent.size());
                assertThat(after.state()).isEqualTo(State.SENT);
            }
        }
        assertThat(scene.now(wake).state()).isEqualTo(State.EXPIRED);
        assertThat(scene.clock.instant()).isEqualTo(wake.expiresAt());
        assertThat(bell.rings).hasSameSizeAs(sent).hasSizeGreaterThan(15).hasSizeLessThan(30);
        assertThat(bell.rings).extracting(ring -> trigger(ring).message().sessionId())
                .containsOnly(wake.notificationId());
        for (int i = 1; i < sent.size(); i++) {
            double usual = Math.min(600, 30 * Math.pow(2, i - 1));
            assertThat(Duration.between(sent.get(i - 1), sent.get(i)).toMillis() / 1000.0).as("pause " + i)
                    .isBetween(usual * 0.8 - 0.01, usual * 1.2 + 0.01);
        }
    }

    @Test
    void only_waits_after_the_last_attempt() {
        WakeScene scene = new WakeScene(new WakeRules(Duration.ofHours(3), Duration.ofSeconds(1),
                Duration.ofSeconds(2), 3, 1000, false), bell).with("d", new Line("bell", "here"));
        Wake wake = scene.ask("d");
        scene.run();
        scene.next(wake);
        assertThat(scene.next(wake).dueAt()).isEqualTo(wake.expiresAt());
        assertThat(scene.next(wake).state()).isEqualTo(State.EXPIRED);
        assertThat(bell.rings).hasSize(3);
    }

    @Test
    @Tag("SCR-DM-NOTI-S-004")
    void makes_every_other_one_with_the_default_nonce_after_some_without_answer_where_that_is_permitted() {
        for (boolean isPermitted : List.of(true, false)) {
            bell.rings.clear();
            WakeScene scene = new WakeScene(new WakeRules(Duration.ofHours(3), Duration.ofSeconds(1),
                    Duration.ofSeconds(2), 30, 1000, isPermitted), bell).with("d", new Line("bell", "here"));
            Wake wake = scene.ask("d");
            scene.run();
            for (int i = 0; i < 5; i++) {
                scene.next(wake);
            }
            assertThat(bell.rings).extracting(ring -> trigger(ring).isBy(HASH, Nonce.DEFAULT))
                    .containsExactly(false, false, isPermitted, false, isPermitted, false);
            assertThat(bell.rings).extracting(ring -> trigger(ring).isBy(HASH, WakeScene.NONCE))
                    .containsExactly(true, true, !isPermitted, true, !isPermitted, true);
        }
    }

    @Test
    void a_line_that_fails_or_has_ended_gives_way_to_the_next() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell, second).with("d", new Line("bell", "1"),
                new Line("second", "2"));
        bell.answers.add(new Result.Failed("busy", null));
        Wake wake = scene.ask("d");
        scene.run();
        assertThat(scene.now(wake).sent()).isEqualTo(new Wake.Sent("second", scene.clock.instant()));
        bell.answers.add(new Result.AddressEnded("no such subscriber"));
        scene.next(wake);
        Reach after = scene.store.read(records -> records.wakes().reach("d"));
        assertThat(after.lines())
                .containsExactly(new Line("bell", "1", "no such subscriber"), new Line("second", "2"));
        scene.next(wake);
        assertThat(bell.rings).hasSize(2);
        assertThat(second.rings).hasSize(3);
    }

    @Test
    void a_line_that_takes_everything_and_wakes_nobody_gives_way_in_the_end() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell, second).with("d", new Line("bell", "1"),
                new Line("second", "2"));
        Wake wake = scene.ask("d");
        scene.run();
        scene.next(wake);
        assertThat(second.rings).isEmpty();
        scene.next(wake);
        scene.next(wake);
        assertThat(second.rings).hasSize(2);
        scene.next(wake);
        assertThat(bell.rings).hasSize(3);
    }

    @Test
    void trouble_is_told_and_tried_again() {
        WakeScene scene = new WakeScene(WakeRules.USUAL, bell).with("d", new Line("bell", "1"));
        bell.answers.add(new Result.Failed("busy", Duration.ofMinutes(2)));
        Wake wake = scene.ask("d");
        scene.run();
        assertThat(scene.now(wake).state()).isEqualTo(State.WAITING);
        assertThat(scene.now(wake).trouble()).isEqualTo("bell: busy");
        scene.run(Duration.ofMinutes(1));
        assertThat(bell.rings).as("the bearer wants to be left alone for two minutes").hasSize(1);
        scene.next(wake);
        assertThat(bell.rings).hasSize(2);
        assertThat(scene.now(wake).state()).isEqualTo(State.SENT);
        assertThat(scene.now(wake).trouble()).isEmpty();
    }

    @Test
    void a_device_gets_only_so_many_by_one_bearer_in_an_hour_whoever_asks() {
        WakeScene scene = new WakeScene(new WakeRules(Duration.ofDays(1), Duration.ofSeconds(1),
                Duration.ofSeconds(1), 1000, 5, false), bell).with("d", new Line("bell", "1"))
                .with("other", new Line("bell", "2"));
        for (int i = 0; i < 40; i++) {
            Wake wake = scene.ask("d");
            scene.run();
            if (i % 3 == 0) {
                scene.desk.cancel("d", wake.number());
            }
            scene.clock.pass(Duration.ofSeconds(2));
        }
        assertThat(bell.rings).hasSize(5);
        Wake last = scene.ask("d");
        scene.run();
        assertThat(scene.now(last).trouble()).contains("5 notifications within an hour");
        scene.ask("other");
        scene.run();
        assertThat(bell.rings).hasSize(6);
        scene.run(Duration.ofHours(1));
        assertThat(bell.rings).hasSizeGreaterThan(6);
    }

    @Test
    void a_campaign_is_paced_and_holds_up_no_other_bearer() {
        ScriptedDoorbell slow = new ScriptedDoorbell("slow", new Pace(2, 10), false);
        WakeScene scene = new WakeScene(WakeRules.USUAL, slow, bell);
        List<Wake> wakes = IntStream.range(0, 150).mapToObj(i -> {
            scene.with("d" + i, new Line("slow", "x"));
            return scene.ask("d" + i);
        }).toList();
        scene.with("other", new Line("bell", "y"));
        scene.ask("other");
        scene.run();
        assertThat(slow.rings).hasSize(1);
        assertThat(bell.rings).hasSize(1);
        assertThat(scene.round.waiting()).isEqualTo(149);
        for (int i = 2; i <= 20; i++) {
            scene.run(Duration.ofMillis(500));
            assertThat(slow.rings).hasSize(i);
        }
        for (int i = 21; i <= 150; i++) {
            scene.run(Duration.ofMillis(500));
        }
        assertThat(wakes).allSatisfy(wake -> assertThat(scene.now(wake).attempts()).isPositive());
    }

    @Test
    void what_is_too_far_ahead_comes_again_to_ask() {
        ScriptedDoorbell slow = new ScriptedDoorbell("slow", new Pace(1, 1), false);
        WakeScene scene = new WakeScene(WakeRules.USUAL, slow);
        IntStream.range(0, 150).forEach(i -> scene.with("d" + i, new Line("slow", "x")).ask("d" + i));
        slow.answers.add(new Result.Failed("later", Duration.ofMinutes(30)));
        scene.run();
        assertThat(slow.rings).hasSize(1);
        assertThat(scene.round.waiting()).as("nobody has a turn for in half an hour").isZero();
        List<Wake> due = scene.store.read(records -> records.wakes().due(scene.clock.instant(), 10));
        assertThat(due).isEmpty();
    }
}
