package dev.grove.notify.envelope;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import org.junit.jupiter.params.provider.MethodSource;

/** Any packet of OBEX is malformed, or is the same when it is written and read again. */
class ObexPacketFuzzTest {

    @MethodSource("dev.grove.notify.Vectors#packetsOfObex")
    @FuzzTest(maxDuration = "20m")
    void reads_what_it_writes_or_says_malformed(byte[] input) throws Malformed {
        Bytes bytes = Bytes.copyOf(input);
        try {
            ObexPacket.decodeResponse(bytes, true);
            ObexPacket.decodeResponse(bytes, false);
        } catch (Malformed expected) {
            // As it should be.
        }
        ObexPacket packet;
        try {
            packet = ObexPacket.decodeRequest(bytes);
        } catch (Malformed expected) {
            return;
        }
        packet.type();
        packet.body();
        Bytes written;
        try {
            written = packet.encode();
        } catch (IllegalArgumentException tooLong) {
            // A text without its zero at the end is a little longer when it is written.
            return;
        }
        if (!ObexPacket.decodeRequest(written).equals(packet)) {
            throw new AssertionError("does not read what it writes");
        }
    }
}
