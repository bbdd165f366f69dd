package dev.grove.server.doorbell;

import dev.grove.notify.envelope.ShortMessage;
import dev.grove.notify.envelope.WapPush;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes text messages of notifications: a WAP push, as the 8-bit user data of one message or of several. */
public final class TextMessages {

    /** So many fit 255 messages, which no centre takes anyway. */
    private static final int MOST_OCTETS = 8192;
    private static final int TRANSACTION_ID = 1;

    // Nodes send to the same device: they should not begin with the same number.
    private final AtomicInteger reference = new AtomicInteger(ThreadLocalRandom.current().nextInt(0x100));

    /**
     * User data with its header ([DMNOTI 1.2 §7.1]).
     *
     * @throws IllegalArgumentException if the notification is far too long for any
     */
    public List<ShortMessage> of(Packet notification) {
        Bytes push = WapPush.of(TRANSACTION_ID, notification).encode();
        if (push.length() > MOST_OCTETS) {
            throw new IllegalArgumentException("a notification of " + push.length() + " octets is too long for SMS");
        }
        return ShortMessage.split(ShortMessage.Ports.PUSH, reference.incrementAndGet() & 0xFF, push);
    }
}
