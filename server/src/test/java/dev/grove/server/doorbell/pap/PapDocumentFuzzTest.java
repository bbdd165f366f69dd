package dev.grove.server.doorbell.pap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.server.doorbell.pap.PapDocument.Said;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;

/** Whatever a gateway sends: it is understood, or {@link Malformed}; and what is understood is short. */
class PapDocumentFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void answers_are_understood_or_malformed(byte[] document) {
        try {
            Said said = PapDocument.read(Bytes.wrap(document));
            switch (said) {
                case Said.Response(String id, int code, String words) -> bounded(id, words, code);
                case Said.BadMessage(int code, String words) -> bounded("", words, code);
                case Said.Outcome outcome -> {
                    bounded(outcome.pushId() + outcome.address(), outcome.words(), 1000);
                    assertThat(PapDocument.acknowledge(outcome).length()).isLessThan(10_000);
                }
            }
        } catch (Malformed expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static void bounded(String id, String words, int code) {
        assertThat(id.length()).isLessThanOrEqualTo(400);
        assertThat(words.length()).isLessThanOrEqualTo(200);
        assertThat(code).isBetween(0, 9999);
    }
}
