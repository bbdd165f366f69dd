package dev.grove.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.testkit.lockstep.Chart;
import dev.grove.testkit.random.RandomMessages.Kind;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again, in both spellings; what is damaged is Malformed at worst. */
class CodecPropertyTest {

    private static final int MESSAGES = 200;

    private static LongStream seeds() {
        return Seed.several(3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_message_survives_every_spelling_that_can_say_it(long seed) throws Malformed {
        survives(seed, Kind.PLAIN, Encoding.XML);
        survives(seed, Kind.PLAIN, Encoding.WBXML);
        survives(seed, Kind.XML, Encoding.XML);
        survives(seed, Kind.WBXML, Encoding.WBXML);
    }

    private static void survives(long seed, Kind kind, Encoding encoding) throws Malformed {
        RandomMessages messages = new RandomMessages(new Seed(seed).luck(), kind);
        for (int i = 0; i < MESSAGES; i++) {
            Message written = messages.message();
            Message read = decoded(SyncmlCodec.encode(written, encoding), encoding);
            assertThat(read.equals(written)).as("%s, message %d, %s in %s: wrote%n%s%nread%n%s", new Seed(seed), i,
                    kind, encoding, Chart.of(written), Chart.of(read)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damaged_bytes_are_malformed_or_another_message(long seed) {
        RandomGenerator luck = new Seed(seed).luck();
        RandomMessages messages = new RandomMessages(luck, Kind.WBXML);
        Damage damage = new Damage(luck);
        int malformed = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Encoding encoding = i % 2 == 0 ? Encoding.XML : Encoding.WBXML;
            Bytes bytes = damage.of(SyncmlCodec.encode(messages.message(), encoding));
            try {
                decoded(bytes, encoding);
            } catch (Malformed expected) {
                malformed++;
            }
        }
        assertThat(malformed).as(new Seed(seed).toString()).isGreaterThan(MESSAGES / 4);
    }

    private static Message decoded(Bytes bytes, Encoding encoding) throws Malformed {
        return SyncmlCodec.decode(bytes, encoding, Limits.DEFAULT);
    }
}
