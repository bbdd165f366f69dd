package dev.grove.auth;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Malformed;

class SyncmlHmacFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_any_header_or_says_malformed(FuzzedDataProvider data) {
        String value = data.consumeRemainingAsString();
        try {
            SyncmlHmac header = SyncmlHmac.parse(value);
            if (!header.userName().equals(SyncmlHmac.parse(header.print()).userName())) {
                throw new AssertionError("does not read what it prints");
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }
}
