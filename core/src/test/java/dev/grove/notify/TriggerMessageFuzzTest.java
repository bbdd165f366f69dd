package dev.grove.notify;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import org.junit.jupiter.params.provider.MethodSource;

/** Any package 0 of DM 1.x is malformed, or is written again as it was read, to the last bit. */
class TriggerMessageFuzzTest {

    @MethodSource("dev.grove.notify.Vectors#notifications")
    @FuzzTest(maxDuration = "20m")
    void keeps_every_bit_or_says_malformed(byte[] input) {
        Bytes bytes = Bytes.copyOf(input);
        try {
            TriggerMessage.Signed read = TriggerMessage.decode(bytes);
            if (!read.encode().equals(bytes) || read.message().sessionIdText().isEmpty()) {
                throw new AssertionError("is written otherwise than it was read");
            }
            read.isBy("x", bytes);
        } catch (Malformed expected) {
            // As it should be.
        }
    }
}
