package dev.grove.server.doorbell;

import dev.grove.server.doorbell.Doorbell.Ring;
import dev.grove.wire.Bytes;
import dev.grove.wire.Packet;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What tests of bearers ring with. */
public final class Rings {

    /** A trigger of DM 1.2, 42 octets. */
    public static final Bytes TRIGGER = Bytes
            .hex("2f4142eec2d46f1695ba01e215e980f502d0000000123412636f6d2e6d676d747372762e6d616e616765");
    /** It in a WAP push. */
    public static final Bytes PUSH = Bytes.hex("010603c4af87").plus(TRIGGER);
    /** It in a text message: 55 octets. */
    public static final Bytes USER_DATA = Bytes.hex("0605040b84c002").plus(PUSH);

    private static final String TYPE = "application/vnd.syncml.notification";

    private Rings() {}

    public static Ring to(String address) {
        return to(address, TRIGGER);
    }

    public static Ring to(String address, Bytes notification) {
        return new Ring("IMEI:1", "17", 1, address, new Packet(TYPE, notification),
                Instant.now().plus(Duration.ofHours(1)));
    }

    /** One receipt. */
    public record Receipt(String bearer, String receipt, boolean isDelivered, String words) {}

    /** Keeps the receipts that come. */
    public static final class Inbox implements Receipts {

        private final BlockingQueue<Receipt> all = new LinkedBlockingQueue<>();

        @Override
        public void told(String bearer, String receipt, boolean isDelivered, String words) {
            all.add(new Receipt(bearer, receipt, isDelivered, words));
        }

        /** The next one, within ten seconds. */
        public @Nullable Receipt next() throws InterruptedException {
            return all.poll(10, TimeUnit.SECONDS);
        }

        public boolean isEmpty() {
            return all.isEmpty();
        }
    }
}
