package dev.grove.auth;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Malformed;

class HttpAuthenticationFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void reads_any_credentials_or_says_malformed(FuzzedDataProvider data) {
        int door = data.consumeInt(0, 3);
        String value = data.consumeRemainingAsString();
        try {
            switch (door) {
                case 0 -> HttpDigestChallenge.best(HttpChallenge.parse(value));
                case 1 -> HttpBasic.parse("Basic " + value);
                default -> readsWhatItPrints(HttpDigestAnswer.parse("Digest " + value));
            }
        } catch (Malformed expected) {
            if (expected.rule().isEmpty()) {
                throw new AssertionError("a rule is named", expected);
            }
        }
    }

    private static void readsWhatItPrints(HttpDigestAnswer answer) throws Malformed {
        if (!HttpDigestAnswer.parse(answer.print()).userName().equals(answer.userName())) {
            throw new AssertionError("does not read what it prints");
        }
    }
}
