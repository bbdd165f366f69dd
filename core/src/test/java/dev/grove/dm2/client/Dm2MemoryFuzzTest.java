package dev.grove.dm2.client;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;

/** Any bytes are what a device of DM 2.0 has kept beside its tree, or malformed. */
class Dm2MemoryFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_any_bytes_or_says_malformed(FuzzedDataProvider data) {
        Bytes stored = data.consumeBoolean()
                ? Bytes.wrap(data.consumeRemainingAsBytes())
                : Bytes.utf8("{\"subscriptions\":[[\"a\",\"b\",\"" + data.consumeString(40) + "\",\"c\"]],"
                        + "\"defaults\":{},\"execs\":{" + data.consumeRemainingAsString() + "}}");
        try {
            Dm2Memory memory = Dm2MemoryCodec.decode(stored);
            if (!Dm2MemoryCodec.decode(Dm2MemoryCodec.encode(memory)).equals(memory)) {
                throw new AssertionError("does not read what it wrote");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }
}
