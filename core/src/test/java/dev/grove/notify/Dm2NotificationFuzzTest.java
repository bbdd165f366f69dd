package dev.grove.notify;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.notify.Dm2Notification.ConnectionType;
import dev.grove.notify.Dm2Notification.Credential;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import org.junit.jupiter.params.provider.MethodSource;

/** Any package 0 of DM 2.0 or 1.3 is malformed, or what it says can be written and read again. */
class Dm2NotificationFuzzTest {

    private static final Credential CREDENTIAL = new Credential(Bytes.utf8("s"), Bytes.utf8("d"));

    @MethodSource("dev.grove.notify.Vectors#notifications")
    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes_or_says_malformed(byte[] input) throws Malformed {
        Bytes bytes = Bytes.copyOf(input);
        try {
            Dm13NotificationCodec.decode(bytes, Dm13Layout.GUESS);
        } catch (Malformed expected) {
            // As it should be.
        }
        Dm2NotificationCodec.Received read;
        try {
            read = Dm2NotificationCodec.decode(bytes);
        } catch (Malformed expected) {
            return;
        }
        read.isBy(CREDENTIAL);
        int any = read.notification().preferred().indexOf(ConnectionType.ANY);
        if (any >= 0 && any < read.notification().preferred().size() - 1) {
            return;
        }
        Dm2NotificationCodec.Received again = Dm2NotificationCodec
                .decode(Dm2NotificationCodec.encode(read.notification(), CREDENTIAL));
        if (!again.notification().equals(read.notification()) || !again.isBy(CREDENTIAL)) {
            throw new AssertionError("does not read what it writes");
        }
    }
}
