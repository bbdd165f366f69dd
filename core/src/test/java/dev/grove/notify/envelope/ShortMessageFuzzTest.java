package dev.grove.notify.envelope;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;

/** Any short messages are malformed or put together, within bounds. */
class ShortMessageFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void puts_together_or_says_malformed(FuzzedDataProvider data) throws Malformed {
        SmsReassembly state = SmsReassembly.empty();
        while (data.remainingBytes() > 0) {
            Bytes bytes = Bytes.wrap(data.consumeBytes(160));
            ShortMessage message;
            try {
                message = ShortMessage.decode(bytes);
            } catch (Malformed expected) {
                continue;
            }
            state = state.add("a", message, Instant.EPOCH).next();
            if (state.pending().size() > SmsReassembly.Bounds.DEFAULT.perSender()) {
                throw new AssertionError("more is kept than may be");
            }
            if (!ShortMessage.decode(message.header().plus(message.payload())).equals(message)) {
                throw new AssertionError("does not read what it writes");
            }
        }
    }
}
