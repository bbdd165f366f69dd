package dev.grove.testkit.lockstep;

import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;

/** A conversation in words, for the messages of failures. Credentials and nonces are left out. */
public final class Transcript {

    private final List<String> entries = new ArrayList<>();

    /** Notes what was sent. */
    public synchronized void sent(Packet packet) {
        entries.add("→ " + describe(packet));
    }

    /** Notes what was received. */
    public synchronized void received(Packet packet) {
        entries.add("← " + describe(packet));
    }

    /** Notes anything else, such as an HTTP status or a fault that was injected. */
    public synchronized void note(String what) {
        entries.add("  " + what);
    }

    private static String describe(Packet packet) {
        String form = Encoding.ofMediaType(packet.baseMediaType()).map(Encoding::name).orElse(packet.mediaType());
        try {
            Message message = SyncmlCodec.decode(packet, Limits.DEFAULT);
            return form + ", " + packet.body().length() + " bytes: " + Chart.of(message).indent(4).strip();
        } catch (Malformed malformed) {
            return form + ", " + packet.body().length() + " bytes that are no message: " + malformed.getMessage();
        }
    }

    /** One entry a message, oldest first. */
    @Override
    public synchronized String toString() {
        return entries.isEmpty() ? "(nothing was said)" : String.join("\n", entries);
    }
}
