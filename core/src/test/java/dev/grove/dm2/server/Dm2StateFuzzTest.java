package dev.grove.dm2.server;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.SplittableRandom;

/** Any bytes are a stored session of DM 2.0 or malformed. */
class Dm2StateFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_any_bytes_or_says_malformed(FuzzedDataProvider data) {
        Bytes stored = data.consumeBoolean() ? Bytes.wrap(data.consumeRemainingAsBytes()) : damaged(data);
        try {
            Dm2SessionState state = Dm2SessionState.decode(stored);
            if (!Dm2SessionState.decode(state.encode()).equals(state)) {
                throw new AssertionError("does not read what it wrote");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }

    private static Bytes damaged(FuzzedDataProvider data) {
        byte[] bytes = new Dm2States(new SplittableRandom(data.consumeLong())).any().encode().toArray();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        return Bytes.wrap(bytes);
    }
}
