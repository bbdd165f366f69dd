package dev.grove.dm1.client;

import dev.grove.dm1.client.Outgoing.Queued;
import dev.grove.dm1.exchange.Outbox;
import dev.grove.dm1.exchange.Profile;
import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Alert;
import dev.grove.syncml.Command.Replace;
import dev.grove.syncml.Command.Results;
import dev.grove.syncml.Command.Status;
import dev.grove.syncml.Data;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Item;
import dev.grove.syncml.SyncHdr;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Composes one message of the device from what waits to be sent: as much as {@code MaxMsgSize} allows, in order;
 * commands of several items in parts if need be, and data that no message could hold in chunks ([DMPRO 1.3 §6, §7]).
 */
final class MessageComposer {

    /** With less room left than this, a large object begins in the next message. */
    private static final int MIN_ROOM_BYTES = 256;

    /** The longest reference to the server's messages and commands that is reckoned with. */
    private static final String LONG_REF = "9999";

    /**
     * Around the commands.
     *
     * @param opening the Status for the server's header, and those for its alerts 1222; none in the first message
     * @param ending what comes last, such as Alert 1222; absent if nothing
     * @param finality whether {@code Final} is written
     * @param maxBytes the longest message that the server takes
     * @param mayChunk whether the device can send large objects
     */
    record Frame(SyncHdr header, Encoding encoding, List<Status> opening, @Nullable Alert ending, Finality finality,
            long maxBytes, boolean mayChunk) {}

    /** When a message is the last of its package ([DMPRO 1.3 §6.2]). */
    enum Finality {
        /** The server has not closed its package yet. */
        NEVER,
        /** If nothing waits any more. */
        WHEN_DONE,
        /** The device ends the session. */
        ALWAYS
    }

    /**
     * A message.
     *
     * @param rest what still waits
     * @param alerts ids of the caller's alerts in it, by CmdID
     * @param isStuck whether the first that waits can never be sent, for it is longer than a message
     */
    record Composed(Bytes body, boolean isFinal, Outgoing rest, Map<String, String> alerts, boolean isStuck) {}

    private final Frame frame;
    private final Outbox outbox;
    private final long limit;
    private final Deque<Queued> queue;
    private final Map<String, String> alerts = new HashMap<>();
    private int begunAt;
    private @Nullable Queued object;
    private @Nullable String objectCmdId;
    private final boolean isRetry;
    private boolean isEmpty = true;
    private boolean isStuck;

    private MessageComposer(Frame frame, Outgoing waiting) {
        this.frame = frame;
        this.limit = frame.maxBytes() == Profile.NO_LIMIT || frame.ending() == null
                ? frame.maxBytes()
                : frame.maxBytes() - sizeOf(frame.header(), frame.ending());
        this.outbox = new Outbox(frame.header(), frame.encoding(), limit);
        this.queue = new ArrayDeque<>(waiting.queue());
        this.begunAt = waiting.begunAt();
        this.object = waiting.object();
        this.objectCmdId = waiting.objectCmdId();
        this.isRetry = waiting.isRetry();
    }

    private int sizeOf(SyncHdr header, Alert ending) {
        Outbox trial = new Outbox(header, frame.encoding(), Profile.NO_LIMIT);
        int before = trial.size();
        trial.put(ending);
        return trial.size() - before + LONG_REF.length();
    }

    static Composed compose(Frame frame, Outgoing waiting) {
        return new MessageComposer(frame, waiting).compose();
    }

    private Composed compose() {
        frame.opening().forEach(outbox::put);
        while (!queue.isEmpty() && addNext()) {
            isEmpty = false;
        }
        if (frame.ending() != null) {
            outbox.put(frame.ending());
        }
        boolean isFinal = switch (frame.finality()) {
            case NEVER -> false;
            case WHEN_DONE -> queue.isEmpty();
            case ALWAYS -> true;
        };
        Outgoing left = new Outgoing(List.copyOf(queue), begunAt, object, objectCmdId, isRetry);
        return new Composed(outbox.close(isFinal), isFinal, left, alerts, isStuck);
    }

    /** Adds the first that waits, or a part of it; answers whether there may be room for more. */
    private boolean addNext() {
        Queued first = queue.getFirst();
        if (begunAt > 0) {
            return addChunk(first);
        }
        Optional<Command> added = outbox.offer(first.command());
        if (added.isPresent()) {
            queue.removeFirst();
            noteAlert(first, added.get());
            return true;
        }
        boolean fitsAlone = fitsOneMessage(frame.header(), frame.encoding(), List.of(first.command()), limit);
        if (fitsAlone && !isEmpty) {
            return false;
        }
        boolean isDivisible = !(first.command() instanceof Status) && !items(first.command()).isEmpty();
        if (isDivisible && items(first.command()).size() > 1) {
            return addSomeItems(first);
        }
        boolean isLargeObject = isDivisible && frame.mayChunk() && items(first.command()).getFirst().data() != null;
        isStuck = !isLargeObject && !fitsAlone;
        return isLargeObject && addChunk(first);
    }

    /** Adds as many items of a command as fit; the others become a command of their own. */
    private boolean addSomeItems(Queued whole) {
        List<Item> items = items(whole.command());
        int fitting = 0;
        int tooMany = items.size();
        while (tooMany - fitting > 1) {
            int middle = (fitting + tooMany) / 2;
            if (outbox.fits(withItems(whole.command(), items.subList(0, middle)))) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        if (fitting == 0 && !isEmpty) {
            return false;
        }
        int cut = Math.max(fitting, 1);
        queue.removeFirst();
        queue.addFirst(new Queued(withItems(whole.command(), items.subList(cut, items.size())), whole.alertId()));
        queue.addFirst(new Queued(withItems(whole.command(), items.subList(0, cut)), whole.alertId()));
        return addNext();
    }

    /** Adds the next chunk of a large object. A message ends with it, unless it is the last. */
    private boolean addChunk(Queued whole) {
        Data data = items(whole.command()).getFirst().data();
        if (data == null) {
            throw new IllegalStateException("a large object without data");
        }
        boolean waits = begunAt == 0 && !isEmpty && limit - outbox.size() < MIN_ROOM_BYTES;
        Optional<Outbox.Part> part = waits ? Optional.empty() : outbox.offerPart(whole.command(), data, begunAt);
        if (part.isEmpty()) {
            isStuck = isEmpty;
            return false;
        }
        Outbox.Part added = part.get();
        noteAlert(whole, added.command());
        object = whole;
        objectCmdId = added.command().cmdId();
        begunAt = added.isLast() ? 0 : added.next();
        if (added.isLast()) {
            queue.removeFirst();
        }
        return added.isLast();
    }

    private void noteAlert(Queued queued, Command numbered) {
        if (queued.alertId() != null) {
            alerts.put(numbered.cmdId(), queued.alertId());
        }
    }

    /** Whether the commands find room in one message, with Statuses for a header and for an Alert 1222 before them. */
    static boolean fitsOneMessage(SyncHdr header, Encoding encoding, List<Command> commands, long maxBytes) {
        Outbox trial = new Outbox(header, encoding, maxBytes);
        Status usual = new Status("", LONG_REF, LONG_REF, "SyncHdr", List.of(header.target().uri()),
                List.of(header.source().uri()), null, null, StatusCode.OK, null, List.of());
        trial.put(usual);
        trial.put(new Status("", LONG_REF, LONG_REF, "Alert", List.of(), List.of(), null, null, StatusCode.OK, null,
                List.of()));
        return commands.stream().allMatch(command -> trial.offer(command).isPresent());
    }

    private static List<Item> items(Command command) {
        return switch (command) {
            case Command.WithItems with -> with.items();
            case Alert alert -> alert.items();
            case Status status -> status.items();
            case Command.Container _,Command.Unknown _ -> List.of();
        };
    }

    private static Command withItems(Command command, List<Item> items) {
        return switch (command) {
            case Results r -> new Results("", r.msgRef(), r.cmdRef(), r.meta(), r.targetRef(), r.sourceRef(), items);
            case Replace r -> new Replace("", r.meta(), items);
            case Alert a -> new Alert("", a.code(), a.correlator(), items);
            case Command.WithItems _,Command.Container _,Command.Unknown _,Status _ ->
                throw new IllegalStateException("a client sends no " + command.name() + " (DMPRO 8)");
        };
    }
}
