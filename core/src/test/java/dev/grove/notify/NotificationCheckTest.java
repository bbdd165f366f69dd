package dev.grove.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.auth.Digest;
import dev.grove.auth.Nonce;
import dev.grove.auth.Secret;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.DigestInput;
import dev.grove.notify.NotificationCheck.Window;
import dev.grove.notify.NotificationVerdict.Accepted;
import dev.grove.notify.NotificationVerdict.Dm1Session;
import dev.grove.notify.NotificationVerdict.Dm2Session;
import dev.grove.notify.NotificationVerdict.Dropped;
import dev.grove.notify.NotificationVerdict.Reason;
import dev.grove.notify.SeenNotifications.Entry;
import dev.grove.notify.SeenNotifications.Generation;
import dev.grove.notify.SeenNotifications.RepetitionId;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a device judges what comes ([DMNOTI 1.2 §5.1, §6.2.10], [DM 2.0 §5.2.1.2]). */
class NotificationCheckTest {

    private static final Instant NOW = Instant.ofEpochSecond(1420070400 + 60);
    private static final Bytes OTHER_NONCE = Bytes.hex("ffffffff");

    private static NotificationCheck dm1(Bytes nonce) {
        return new NotificationCheck(List.of(NotificationAccount.Dm1.of("other", new Secret("other", "x", nonce)),
                NotificationAccount.Dm1.of(Vectors.SERVER, Vectors.server(nonce))));
    }

    private static NotificationCheck dm2(NotificationAccount.Dm2... accounts) {
        return new NotificationCheck(List.of(accounts));
    }

    private static NotificationVerdict judge(NotificationCheck check, Bytes bytes) {
        String type = bytes.at(0) >> 4 == 2 && bytes.length() != Vectors.V1.length() ? Dm2Notification.MEDIA_TYPE
                : TriggerMessage.MEDIA_TYPE;
        return check.judge(new Packet(type, bytes), SeenNotifications.NONE, NOW);
    }

    @Test
    @Tag("SCR-DM-NOTI-C-001")
    @Tag("DM-PRO-Session-C-001")
    @Tag("OMA-ERDEF-DM-C-003-O")
    void a_genuine_trigger_asks_for_a_session() {
        assertThat(judge(dm1(Vectors.NONCE), Vectors.V1)).isEqualTo(new Dm1Session(Vectors.SERVER, 0x1234,
                UiMode.BACKGROUND, false, false, false, Bytes.EMPTY));
        assertThat(judge(dm1(Vectors.NONCE), Vectors.V1C)).isEqualTo(new Dm1Session(Vectors.SERVER, 0xFF,
                UiMode.USER_INTERACTION, true, false, false, Bytes.hex("cafe01")));
        assertThat(judge(dm1(Vectors.NONCE), Vectors.V1D)).isInstanceOf(Dm1Session.class);
    }

    @Test
    @Tag("SCR-DM-NOTI-C-003")
    void the_nonce_that_everybody_knows_asks_for_new_ones() {
        assertThat(judge(dm1(Vectors.NONCE), Vectors.V1B)).isEqualTo(new Dm1Session(Vectors.SERVER, 0x1234,
                UiMode.BACKGROUND, false, true, false, Bytes.EMPTY));
        assertThat(judge(dm1(Nonce.DEFAULT), Vectors.V1B)).extracting("resynchronise").isEqualTo(false);
        NotificationCheck strict = new NotificationCheck(List.of(
                new NotificationAccount.Dm1(Vectors.SERVER, Vectors.server(Vectors.NONCE), false, false)));
        assertThat(judge(strict, Vectors.V1B)).isEqualTo(new Dropped(Reason.WRONG_DIGEST));
    }

    @Test
    void a_digest_by_the_user_name_is_accepted_too() {
        String hash = Digest.MD5.secretHash("operator", Vectors.PASSWORD);
        Bytes bytes = TriggerMessage.of(Vectors.SERVER, 9, UiMode.BACKGROUND).sign(hash, Vectors.NONCE).encode();
        NotificationCheck check = new NotificationCheck(List.of(NotificationAccount.Dm1.of(Vectors.SERVER,
                new Secret("operator", Vectors.PASSWORD, Vectors.NONCE))));

        assertThat(judge(check, bytes)).isInstanceOf(Dm1Session.class);
        assertThat(judge(check, Vectors.V1)).isInstanceOf(Dm1Session.class);
    }

    @Test
    void what_is_not_genuine_is_dropped() {
        assertThat(judge(dm1(OTHER_NONCE), Vectors.V1)).isEqualTo(new Dropped(Reason.WRONG_DIGEST));
        assertThat(judge(dm1(Vectors.NONCE), Vectors.flipped(Vectors.V1, 22, 1)))
                .isEqualTo(new Dropped(Reason.WRONG_DIGEST));
        assertThat(judge(dm1(Vectors.NONCE), Vectors.flipped(Vectors.V1, 30, 1)))
                .isEqualTo(new Dropped(Reason.UNKNOWN_SERVER));
        assertThat(judge(dm1(Vectors.NONCE), Vectors.V1.slice(0, 23))).isEqualTo(new Dropped(Reason.MALFORMED));
        assertThat(dm1(Vectors.NONCE).judge(new Packet("text/plain", Vectors.V1), SeenNotifications.NONE, NOW))
                .isEqualTo(new Dropped(Reason.MALFORMED));
        assertThat(judge(dm2(), Vectors.V1)).isEqualTo(new Dropped(Reason.UNKNOWN_SERVER));
    }

    @Test
    void without_a_media_type_the_bytes_tell() {
        NotificationCheck check = new NotificationCheck(List.of(
                NotificationAccount.Dm1.of(Vectors.SERVER, Vectors.server(Vectors.NONCE)),
                NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL)));

        assertThat(check.judge(new Packet("", Vectors.V1), SeenNotifications.NONE, NOW))
                .isInstanceOf(Dm1Session.class);
        assertThat(check.judge(new Packet("", Vectors.E), SeenNotifications.NONE, NOW))
                .isInstanceOf(Dm2Session.class);
    }

    @Test
    @Tag("DM-PACK-002-C-O")
    @Tag("DM-PACK-008-C-O")
    @Tag("DM-PACK-010-C-O")
    void a_genuine_notification_of_DM_2_0_asks_for_a_session() {
        assertThat(judge(dm2(NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL)), Vectors.E))
                .isEqualTo(new Dm2Session(Vectors.DM2_SERVER, 0x2A, true,
                        List.of(ConnectionType.WLAN, ConnectionType.CELLULAR, ConnectionType.ANY),
                        Instant.ofEpochSecond(1420070400)));
        assertThat(judge(dm2(NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL)), Vectors.F))
                .isEqualTo(new Dm2Session(Vectors.DM2_SERVER, null, false, List.of(), null));
    }

    @Test
    void a_digest_without_secret_or_a_secret_without_digest_is_dropped() {
        Bytes unsigned = Bytes.hex("208030021234");
        NotificationAccount.Dm2 open = NotificationAccount.Dm2.of(Vectors.DM2_SERVER, null);
        NotificationAccount.Dm2 signing = NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL);

        assertThat(judge(dm2(open), Vectors.E)).isEqualTo(new Dropped(Reason.WRONG_DIGEST));
        assertThat(judge(dm2(open), unsigned)).isInstanceOf(Dm2Session.class);
        assertThat(judge(dm2(open), Bytes.hex("210030021234" + "2004ffffffff"))).as("nobody vouches for its time")
                .isEqualTo(new Dm2Session(Vectors.DM2_SERVER, 0x1234, false, List.of(), null));
        assertThat(judge(dm2(signing), unsigned)).isEqualTo(new Dropped(Reason.UNSIGNED));
        assertThat(judge(dm2(new NotificationAccount.Dm2(Vectors.DM2_SERVER, Vectors.CREDENTIAL, true, Set.of())),
                unsigned)).isInstanceOf(Dm2Session.class);
    }

    @Test
    void without_a_server_identifier_the_digest_tells_who_it_was() {
        Bytes anonymous = Dm2NotificationCodec.encode(new Dm2Notification(null, List.of(), 5, null, false),
                Vectors.CREDENTIAL, DigestInput.WITHOUT_AUTH_DATA);
        NotificationAccount.Dm2 other = NotificationAccount.Dm2.of("other",
                new Dm2Notification.Credential(Bytes.utf8("x"), Bytes.EMPTY));
        NotificationAccount.Dm2 meant = new NotificationAccount.Dm2(Vectors.DM2_SERVER, Vectors.CREDENTIAL, false,
                Set.of(DigestInput.values()));

        assertThat(judge(dm2(other, meant), anonymous)).extracting("serverId").isEqualTo(Vectors.DM2_SERVER);
        assertThat(judge(dm2(NotificationAccount.Dm2.of("a", null), NotificationAccount.Dm2.of("b", null)),
                Bytes.hex("2000"))).as("either could be meant").isEqualTo(new Dropped(Reason.UNKNOWN_SERVER));
    }

    @Test
    @Tag("DM-PACK-009-C-O")
    void what_was_sent_too_long_ago_is_dropped() {
        NotificationCheck check = new NotificationCheck(
                List.of(NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL)),
                new Window(Duration.ofDays(1), Duration.ofMinutes(1)));
        Packet packet = new Packet(Dm2Notification.MEDIA_TYPE, Vectors.E);

        assertThat(check.judge(packet, SeenNotifications.NONE, NOW)).isInstanceOf(Accepted.class);
        assertThat(check.judge(packet, SeenNotifications.NONE, NOW.plusSeconds(1)))
                .isEqualTo(new Dropped(Reason.TOO_OLD));
        assertThat(check.judge(packet, SeenNotifications.NONE, Instant.EPOCH)).as("a device without a clock")
                .isInstanceOf(Accepted.class);
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void a_repetition_is_dropped() {
        NotificationCheck check = dm1(Vectors.NONCE);
        Packet packet = new Packet(TriggerMessage.MEDIA_TYPE, Vectors.V1);
        Accepted first = (Accepted) check.judge(packet, SeenNotifications.NONE, NOW);
        SeenNotifications seen = first.remembered(SeenNotifications.NONE, NOW);

        assertThat(check.judge(packet, seen, NOW.plusSeconds(5))).isEqualTo(new Dropped(Reason.REPEATED));
        assertThat(check.judge(new Packet(TriggerMessage.MEDIA_TYPE, Vectors.V1C), seen, NOW))
                .as("another session").isInstanceOf(Accepted.class);
        assertThat(check.judge(packet, seen, NOW.plus(Duration.ofDays(2)))).isInstanceOf(Accepted.class);
    }

    @Test
    @Tag("DM-PACK-007-C-O")
    void the_same_number_of_the_same_server_in_DM_1_and_DM_2_is_no_repetition() {
        NotificationCheck check = new NotificationCheck(List.of(
                NotificationAccount.Dm1.of("s", new Secret("s", "p", Vectors.NONCE)),
                NotificationAccount.Dm2.of("s", Vectors.CREDENTIAL)));
        Packet trigger = new Packet(TriggerMessage.MEDIA_TYPE, TriggerMessage.of("s", 7, UiMode.BACKGROUND)
                .sign(Digest.MD5.secretHash("s", "p"), Vectors.NONCE).encode());
        Packet notification = new Packet(Dm2Notification.MEDIA_TYPE, Dm2NotificationCodec
                .encode(new Dm2Notification("s", List.of(), 7, null, false), Vectors.CREDENTIAL));
        SeenNotifications seen = ((Accepted) check.judge(trigger, SeenNotifications.NONE, NOW))
                .remembered(SeenNotifications.NONE, NOW);

        assertThat(check.judge(notification, seen, NOW)).isInstanceOf(Accepted.class);
        assertThat(check.judge(trigger, seen, NOW)).isEqualTo(new Dropped(Reason.REPEATED));
    }

    @Test
    @Tag("DM-PACK-009-C-O")
    void what_tells_its_time_is_never_taken_twice_not_even_by_a_clock_that_is_slow() {
        NotificationCheck check = dm2(NotificationAccount.Dm2.of(Vectors.DM2_SERVER, Vectors.CREDENTIAL));
        Packet packet = new Packet(Dm2Notification.MEDIA_TYPE, Vectors.E);
        Instant sent = NOW.minusSeconds(60);
        for (Duration slow : List.of(Duration.ZERO, Duration.ofHours(3), Duration.ofDays(400))) {
            Instant came = sent.minus(slow);
            SeenNotifications seen = ((Accepted) check.judge(packet, SeenNotifications.NONE, came))
                    .remembered(SeenNotifications.NONE, came);
            for (Instant later : List.of(came, sent, came.plus(Duration.ofDays(1)), sent.plus(Duration.ofDays(1)),
                    sent.plus(Duration.ofDays(1)).plusSeconds(1))) {
                assertThat(check.judge(packet, seen, later)).as("%s, %s", slow, later).isInstanceOf(Dropped.class);
            }
        }
    }

    @Test
    void so_many_are_remembered_of_a_server_and_no_more() {
        SeenNotifications seen = SeenNotifications.NONE.with(new Entry(id("other", 1), NOW));
        for (int number = 1; number <= 1000; number++) {
            seen = seen.with(new Entry(id("s", number), NOW));
        }
        assertThat(seen.entries()).hasSize(SeenNotifications.MOST_PER_SERVER + 1);
        assertThat(seen.contains(id("s", 1000), NOW, Duration.ofDays(1))).isTrue();
        assertThat(seen.contains(id("s", 1000 - SeenNotifications.MOST_PER_SERVER), NOW, Duration.ofDays(1))).isFalse();
        assertThat(seen.contains(id("other", 1), NOW, Duration.ofDays(1))).isTrue();
    }

    private static RepetitionId id(String server, int number) {
        return new RepetitionId(Generation.DM1, server, number);
    }

    @Test
    void a_notification_of_DM_1_3_is_accepted_only_where_the_account_says_so() {
        Dm13Notification message = Dm13Notification.of(Vectors.SERVER, 7, UiMode.INFORMATIVE);
        Packet packet = new Packet(Dm13Notification.MEDIA_TYPE, Dm13NotificationCodec.encode(message,
                Dm13Layout.GUESS, Vectors.SECRET_HASH, Vectors.NONCE));
        NotificationCheck experimental = new NotificationCheck(List.of(new NotificationAccount.Dm1(Vectors.SERVER,
                Vectors.server(Vectors.NONCE), true, true)));

        assertThat(dm1(Vectors.NONCE).judge(packet, SeenNotifications.NONE, NOW))
                .isEqualTo(new Dropped(Reason.UNKNOWN_SERVER));
        assertThat(experimental.judge(packet, SeenNotifications.NONE, NOW)).isEqualTo(new Dm1Session(Vectors.SERVER,
                7, UiMode.INFORMATIVE, true, false, false, Bytes.EMPTY));
    }
}
