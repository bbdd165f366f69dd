package dev.grove.notify.envelope;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.time.Instant;
import org.junit.jupiter.params.provider.MethodSource;

/** Any short messages, of 140 octets each but the last one, are malformed or put together, within bounds. */
class ShortMessageFuzzTest {

    @MethodSource("dev.grove.notify.Vectors#shortMessages")
    @FuzzTest(maxDuration = "20m")
    void puts_together_or_says_malformed(byte[] input) throws Malformed {
        Bytes all = Bytes.copyOf(input);
        SmsReassembly state = SmsReassembly.empty();
        for (int at = 0; at < all.length(); at += ShortMessage.MOST_OCTETS) {
            Bytes bytes = all.slice(at, Math.min(at + ShortMessage.MOST_OCTETS, all.length()));
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
