package dev.grove.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.envelope.ObexPacket;
import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.envelope.SmsReassembly;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to a notification on its way: it is malformed, or what is read can be written and read again. */
class DamagedBytesPropertyTest {

    private static final String WSP = "010603c4af87";
    private static final List<Bytes> SAMPLES = List.of(Vectors.V1, Vectors.V1C, Vectors.E, Vectors.F,
            Bytes.hex("23001001411003020100" + "1002002a" + "200454a48e001000"), Bytes.hex(WSP).plus(Vectors.V1),
            Bytes.hex("0605040b84c002" + WSP).plus(Vectors.V1), Bytes.hex("0b05040b84c002000301020101"),
            Bytes.hex("0d0804123405020402f0f17001aa15"), Bytes.hex("01060c0bc29181924131423200780085"),
            Bytes.hex("010611c4af87b487582d59007a00920454a48e002a"),
            Bytes.hex("8000131000200046000c53594e434d4c2d444d"),
            Bytes.hex("820011cb000000010100050041490006010203"), Bytes.hex("85000a02000100039307"));

    private final long seed = Long.getLong("grove.seed", 2948L);
    private Random luck = new Random(seed);
    private SmsReassembly pending = SmsReassembly.empty();

    @Test
    void no_damage_is_more_than_malformed() {
        for (int run = 0; run < 20_000; run++) {
            luck = new Random(seed + run);
            Bytes bytes = damaged(SAMPLES.get(luck.nextInt(SAMPLES.size())).toArray());
            for (Reader reader : List.<Reader>of(DamagedBytesPropertyTest::trigger, DamagedBytesPropertyTest::dm2,
                    DamagedBytesPropertyTest::dm13, DamagedBytesPropertyTest::push, this::message,
                    DamagedBytesPropertyTest::obex)) {
                try {
                    reader.read(bytes);
                } catch (Malformed expected) {
                    assertThat(expected).hasMessageContaining(expected.rule());
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError("seed " + (seed + run) + ": " + bytes.hex(), failure);
                }
            }
        }
    }

    private interface Reader {
        void read(Bytes bytes) throws Malformed;
    }

    private Bytes damaged(byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = luck.nextInt(4); i > 0 && damaged.length > 0; i--) {
            int at = luck.nextInt(damaged.length);
            switch (luck.nextInt(4)) {
                case 0 -> damaged[at] = (byte) luck.nextInt();
                case 1 -> damaged[at] ^= (byte) (1 << luck.nextInt(8));
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                default -> damaged = Arrays.copyOf(damaged, damaged.length + luck.nextInt(8));
            }
        }
        return Bytes.wrap(damaged);
    }

    private static void same(Object again, Object first) {
        if (!again.equals(first)) {
            throw new AssertionError("read " + first + " and then " + again);
        }
    }

    private static void trigger(Bytes bytes) throws Malformed {
        same(TriggerMessage.decode(bytes).encode(), bytes);
    }

    private static void dm2(Bytes bytes) throws Malformed {
        Dm2Notification read = Dm2NotificationCodec.decode(bytes).notification();
        int any = read.preferred().indexOf(ConnectionType.ANY);
        if (any < 0 || any == read.preferred().size() - 1) {
            same(Dm2NotificationCodec.decode(Dm2NotificationCodec.encode(read, null)).notification(), read);
        }
    }

    private static void dm13(Bytes bytes) throws Malformed {
        Dm13Notification read = Dm13NotificationCodec.decode(bytes, Dm13Layout.GUESS).notification();
        Bytes again = Dm13NotificationCodec.encode(read, Dm13Layout.GUESS, "x", Bytes.EMPTY);
        same(Dm13NotificationCodec.decode(again, Dm13Layout.GUESS).notification(), read);
    }

    private static void push(Bytes bytes) throws Malformed {
        WapPush read = WapPush.decode(bytes);
        Bytes again;
        try {
            again = read.encode();
        } catch (IllegalArgumentException tooLong) {
            return;
        }
        same(WapPush.decode(again), read);
    }

    private void message(Bytes bytes) throws Malformed {
        ShortMessage read = ShortMessage.decode(bytes);
        same(ShortMessage.decode(read.header().plus(read.payload())), read);
        pending = pending.add("a", read, Instant.EPOCH).next();
        if (pending.pending().size() > SmsReassembly.Bounds.DEFAULT.perSender()) {
            throw new AssertionError("more is kept than may be");
        }
    }

    private static void obex(Bytes bytes) throws Malformed {
        ObexPacket read = ObexPacket.decodeRequest(bytes);
        read.type();
        read.body();
        same(ObexPacket.decodeRequest(read.encode()), read);
    }
}
