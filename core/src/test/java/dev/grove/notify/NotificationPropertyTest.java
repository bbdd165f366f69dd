package dev.grove.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever a server says in a notification, a device reads it; and only who knows the secret has said it. */
class NotificationPropertyTest {

    private final long seed = Long.getLong("grove.seed", 20090211L);
    private Random luck = new Random(seed);

    private interface Run {
        void once() throws Malformed;
    }

    private void often(Run run) {
        for (int i = 0; i < 500; i++) {
            luck = new Random(seed + i);
            try {
                run.once();
            } catch (Malformed | RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + (seed + i), failure);
            }
        }
    }

    @Test
    void triggers_of_DM_1_come_back() {
        often(() -> {
            TriggerMessage message = new TriggerMessage(luck.nextInt(1024), uiMode(), luck.nextBoolean(),
                    luck.nextInt(1 << 27), 1 + luck.nextInt(0xFFFF), text(60), octets(40));
            Bytes nonce = octets(20);
            TriggerMessage.Signed read = TriggerMessage.decode(message.sign("hash", nonce).encode());

            assertThat(read.message()).isEqualTo(message);
            assertThat(read.isBy("hash", nonce)).isTrue();
            assertThat(read.isBy("hash", nonce.plus(Bytes.hex("00")))).isFalse();
        });
    }

    @Test
    void notifications_of_DM_2_0_come_back() {
        often(() -> {
            Dm2Notification message = new Dm2Notification(luck.nextBoolean() ? null : text(100), connections(),
                    luck.nextBoolean() ? null : luck.nextInt(0x10000),
                    luck.nextBoolean() ? null : Instant.ofEpochSecond(luck.nextLong(1L << (1 + luck.nextInt(37)))),
                    luck.nextBoolean());
            Credential credential = new Credential(octets(20), octets(20));
            Dm2NotificationCodec.Received read = Dm2NotificationCodec
                    .decode(Dm2NotificationCodec.encode(message, credential));

            assertThat(read.notification()).isEqualTo(message);
            assertThat(read.isBy(credential)).isTrue();
            assertThat(read.isBy(new Credential(credential.secret().plus(Bytes.hex("00")), credential.authData())))
                    .isFalse();
        });
    }

    @Test
    void notifications_of_DM_1_3_come_back() {
        often(() -> {
            Dm13Notification message = new Dm13Notification(uiMode(), luck.nextBoolean(), 1 + luck.nextInt(0xFFFF),
                    luck.nextBoolean() ? null : Instant.ofEpochSecond(1 + luck.nextLong(0xFFFFFFFFL)),
                    "s" + text(50), numbers(0x10000), numbers(0x10000), numbers(0x100),
                    luck.nextBoolean() ? null : "r" + text(50), luck.nextBoolean() ? null : "v" + text(50));
            Bytes nonce = octets(20);
            Dm13NotificationCodec.Received read = Dm13NotificationCodec.decode(
                    Dm13NotificationCodec.encode(message, Dm13Layout.GUESS, "hash", nonce), Dm13Layout.GUESS);

            assertThat(read.notification()).isEqualTo(message);
            assertThat(read.isBy("hash", nonce)).isTrue();
            assertThat(read.isBy("other", nonce)).isFalse();
        });
    }

    private UiMode uiMode() {
        return UiMode.of(luck.nextInt(4));
    }

    private List<ConnectionType> connections() {
        List<ConnectionType> types = new ArrayList<>(List.of(ConnectionType.CELLULAR, ConnectionType.WLAN,
                ConnectionType.WIRELINE));
        Collections.shuffle(types, luck);
        List<ConnectionType> some = new ArrayList<>(types.subList(0, luck.nextInt(4)));
        if (luck.nextBoolean()) {
            some.add(ConnectionType.ANY);
        }
        return some;
    }

    private List<Integer> numbers(int bound) {
        return IntStream.range(0, luck.nextInt(4)).mapToObj(i -> luck.nextInt(bound)).toList();
    }

    private Bytes octets(int most) {
        byte[] octets = new byte[luck.nextInt(most + 1)];
        luck.nextBytes(octets);
        return Bytes.wrap(octets);
    }

    private String text(int most) {
        return luck.ints(luck.nextInt(most + 1), 0x20, 0x2FF).collect(StringBuilder::new,
                StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
