package dev.grove.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every message; a failure names the seed of its message. */
class SyncmlCodecPropertyTest {

    private static final int RUNS = 2000;

    private final long firstSeed = Long.getLong("grove.seed", 20261121);

    private interface Check {
        void that(RandomMessages messages, String seed) throws Malformed;
    }

    private void forAll(Check check) throws Malformed {
        for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
            check.that(new RandomMessages(new SplittableRandom(seed)), "seed " + seed);
        }
    }

    @Test
    void xml_reads_back_what_was_written() throws Malformed {
        forAll((messages, seed) -> {
            Message message = messages.message();
            assertThat(SyncmlCodec.decode(SyncmlCodec.encode(message, Encoding.XML), Encoding.XML, Limits.DEFAULT))
                    .as(seed).isEqualTo(message);
        });
    }

    @Test
    void wbxml_reads_back_what_was_written() throws Malformed {
        forAll((messages, seed) -> {
            Message message = messages.messageWithOpaqueData();
            assertThat(SyncmlCodec.decode(SyncmlCodec.encode(message, Encoding.WBXML), Encoding.WBXML, Limits.DEFAULT))
                    .as(seed).isEqualTo(message);
        });
    }

    @Test
    void both_spellings_carry_the_same_message() throws Malformed {
        forAll((messages, seed) -> {
            Bytes xml = SyncmlCodec.encode(messages.message(), Encoding.XML);
            Message fromXml = SyncmlCodec.decode(xml, Encoding.XML, Limits.DEFAULT);
            Bytes wbxml = SyncmlCodec.encode(fromXml, Encoding.WBXML);
            Message fromWbxml = SyncmlCodec.decode(wbxml, Encoding.WBXML, Limits.DEFAULT);

            assertThat(fromWbxml).as(seed).isEqualTo(fromXml);
            assertThat(SyncmlCodec.encode(fromWbxml, Encoding.XML)).as(seed).isEqualTo(xml);
        });
    }

    @Test
    void indenting_changes_nothing_that_matters() throws Malformed {
        forAll((messages, seed) -> {
            Message message = messages.message();
            String indented = Transcoder.indented(SyncmlCodec.encode(message, Encoding.XML), Limits.DEFAULT);
            assertThat(SyncmlCodec.decode(Bytes.utf8(indented), Encoding.XML, Limits.DEFAULT)).as(seed)
                    .isEqualTo(message);
        });
    }

    @Test
    void truncated_or_changed_bytes_are_read_or_malformed() {
        for (long seed = firstSeed; seed < firstSeed + 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Message message = new RandomMessages(random).messageWithOpaqueData();
            for (Encoding encoding : Encoding.values()) {
                byte[] bytes = SyncmlCodec.encode(message, encoding).toArray();
                for (int i = 0; i < 20; i++) {
                    byte[] changed = bytes.clone();
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    int length = random.nextBoolean() ? changed.length : random.nextInt(changed.length);
                    assertReadOrMalformed(Bytes.wrap(changed, 0, length), encoding, "seed " + seed);
                }
            }
        }
    }

    private static void assertReadOrMalformed(Bytes body, Encoding encoding, String seed) {
        try {
            assertThat(SyncmlCodec.decode(body, encoding, Limits.DEFAULT)).as(seed).isNotNull();
        } catch (Malformed e) {
            assertThat(e.rule()).as(seed).isNotEmpty();
        }
    }
}
