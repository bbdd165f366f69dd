package dev.grove.server.doorbell.sip;

import dev.grove.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the transactions of one call are carried over, one after the other. */
interface SipLine extends AutoCloseable {

    /** How the answer finds its way back: {@code UDP 192.0.2.1:5060}. */
    String via();

    /** Whether what is sent arrives, or somebody is told. */
    boolean isReliable();

    /** Begins a transaction: from now on only its responses count. */
    void begin(String branch);

    void send(Bytes request) throws IOException;

    /** The next response to the transaction; absent if none came in time. */
    @Nullable
    SipResponse await(Duration time) throws IOException, InterruptedException;

    @Override
    void close();
}
