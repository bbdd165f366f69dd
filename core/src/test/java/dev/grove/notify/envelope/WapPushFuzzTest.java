package dev.grove.notify.envelope;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import org.junit.jupiter.params.provider.MethodSource;

/** Any push is malformed, or says the same when it is written and read again; unless its headers are too long. */
class WapPushFuzzTest {

    @MethodSource("dev.grove.notify.Vectors#pushes")
    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes_or_says_malformed(byte[] input) throws Malformed {
        WapPush push;
        try {
            push = WapPush.decode(Bytes.copyOf(input));
        } catch (Malformed expected) {
            return;
        }
        push.isForDeviceManagement();
        Bytes written;
        try {
            written = push.encode();
        } catch (IllegalArgumentException tooLong) {
            return;
        }
        if (!WapPush.decode(written).equals(push)) {
            throw new AssertionError("does not read what it writes");
        }
    }
}
