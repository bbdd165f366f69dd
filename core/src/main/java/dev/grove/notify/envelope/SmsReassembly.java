package dev.grove.notify.envelope;

import dev.grove.notify.envelope.ShortMessage.Part;
import dev.grove.notify.envelope.ShortMessage.Ports;
import dev.grove.wire.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The longer messages of which parts have come. A value, bounded whatever is sent: parts may come in any order and more
 * than once; what stays unfinished too long is forgotten, and so is the one that has rested longest when there are too
 * many.
 *
 * @param pending that whose last part came longest ago first
 */
public record SmsReassembly(Bounds bounds, List<Pending> pending) {

    /**
     * How much is kept.
     *
     * @param messages unfinished ones, of all senders together
     * @param perSender of them, so that one sender cannot crowd out the others
     * @param patience how long the parts of a message may take to come
     */
    public record Bounds(int messages, int perSender, Duration patience) {

        /** 32 messages, 4 of a sender, ten minutes. */
        public static final Bounds DEFAULT = new Bounds(32, 4, Duration.ofMinutes(10));
    }

    /**
     * A message that is not complete.
     *
     * @param any one of its parts, whose number does not matter
     * @param parts by their number
     * @param since when the first one came
     */
    public record Pending(String sender, @Nullable Ports ports, Part any, Map<Integer, Bytes> parts, Instant since) {

        public Pending {
            parts = Map.copyOf(parts);
        }

        private boolean takes(String from, @Nullable Ports between, Part part) {
            return sender.equals(from) && any.reference() == part.reference() && any.isWide() == part.isWide()
                    && any.total() == part.total() && Objects.equals(ports, between);
        }
    }

    /**
     * What came of a part.
     *
     * @param next to go on with
     * @param whole the payload of a message that is complete now
     */
    public record Step(SmsReassembly next, Optional<Bytes> whole) {}

    public SmsReassembly {
        pending = List.copyOf(pending);
    }

    /** Nothing has come. */
    public static SmsReassembly empty() {
        return new SmsReassembly(Bounds.DEFAULT, List.of());
    }

    /**
     * A message or a part of one has come. One that has the number of an earlier part and another content belongs to a
     * new message with the same reference: the old parts are forgotten.
     *
     * @param sender as the bearer names it
     */
    public Step add(String sender, ShortMessage message, Instant now) {
        Part part = message.part();
        if (part == null) {
            return new Step(this, Optional.of(message.payload()));
        }
        List<Pending> kept = new ArrayList<>(pending);
        kept.removeIf(one -> !one.since().plus(bounds.patience()).isAfter(now));
        Pending before = kept.stream().filter(one -> one.takes(sender, message.ports(), part)).findFirst()
                .filter(one -> message.payload().equals(one.parts().getOrDefault(part.number(), message.payload())))
                .orElse(new Pending(sender, message.ports(), part, Map.of(), now));
        kept.removeIf(one -> one.takes(sender, message.ports(), part));
        TreeMap<Integer, Bytes> parts = new TreeMap<>(before.parts());
        parts.put(part.number(), message.payload());
        if (parts.size() == part.total()) {
            return new Step(new SmsReassembly(bounds, kept),
                    Optional.of(parts.values().stream().reduce(Bytes.EMPTY, Bytes::plus)));
        }
        makeRoom(kept, sender);
        kept.add(new Pending(sender, message.ports(), part, parts, before.since()));
        return new Step(new SmsReassembly(bounds, kept), Optional.empty());
    }

    private void makeRoom(List<Pending> kept, String sender) {
        List<Pending> ofSender = kept.stream().filter(one -> one.sender().equals(sender)).toList();
        if (ofSender.size() >= bounds.perSender()) {
            kept.remove(ofSender.getFirst());
        } else if (kept.size() >= bounds.messages()) {
            kept.removeFirst();
        }
    }
}
