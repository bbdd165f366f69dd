package dev.grove.dm1;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.SplittableRandom;

class SessionStateFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_any_bytes_or_says_malformed(FuzzedDataProvider data) {
        Bytes stored = data.consumeBoolean()
                ? Bytes.wrap(data.consumeRemainingAsBytes())
                : damaged(data);
        try {
            SessionState state = SessionState.decode(stored);
            if (!SessionState.decode(state.encode()).equals(state)) {
                throw new AssertionError("does not read what it wrote");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }

    private static Bytes damaged(FuzzedDataProvider data) {
        byte[] bytes = new States(new SplittableRandom(data.consumeLong())).any().encode().toArray();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        return Bytes.wrap(bytes);
    }
}
