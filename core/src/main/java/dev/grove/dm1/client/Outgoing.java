package dev.grove.dm1.client;

import dev.grove.syncml.Command;
import dev.grove.syncml.Command.Status;
import dev.grove.tree.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, in order; a value. Commands have no CmdID before they leave.
 *
 * @param queue the first element may have left in part
 * @param begunAt how much of the first element's data has left in chunks ([DMPRO 1.3 §7]), as {@code Outbox} counts it;
 *     0 if none has
 * @param object the element of which the last message brought a chunk; it is sent anew if the server has lost it
 * @param objectCmdId the CmdID of that chunk
 * @param isRetry whether {@code object} has been sent anew already
 */
record Outgoing(List<Queued> queue, int begunAt, @Nullable Queued object, @Nullable String objectCmdId,
        boolean isRetry) {

    static final Outgoing NOTHING = new Outgoing(List.of(), 0, null, null, false);

    /** @param alertId the caller's name for an alert of its own; absent for other commands */
    record Queued(Command command, @Nullable String alertId) {

        static Queued of(Command command) {
            return new Queued(command, null);
        }
    }

    Outgoing {
        queue = List.copyOf(queue);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** This, with more at the end. */
    Outgoing plus(List<Queued> more) {
        List<Queued> longer = new ArrayList<>(queue);
        longer.addAll(more);
        return new Outgoing(longer, begunAt, object, objectCmdId, isRetry);
    }

    Outgoing plusCommands(List<? extends Command> more) {
        return plus(more.stream().map(Queued::of).toList());
    }

    /** What became of the object in chunks. */
    private enum Fate {
        GOES_ON, ARRIVED, LOST, UNWANTED
    }

    /**
     * Takes in what the server says of a chunk: an object it has lost (Status 424, Alert 1225) is sent anew, once; an
     * object it does not want is given up.
     *
     * @param isEndMissing whether Alert 1225 came
     */
    Outgoing answered(List<Status> statuses, boolean isEndMissing) {
        Queued sent = object;
        if (sent == null) {
            return this;
        }
        return switch (fate(sent, statuses, isEndMissing)) {
            case GOES_ON -> this;
            case ARRIVED -> new Outgoing(queue, 0, null, null, false);
            case LOST -> {
                List<Queued> again = new ArrayList<>(withoutBegun());
                if (!isRetry) {
                    again.addFirst(sent);
                }
                yield new Outgoing(again, 0, null, null, !isRetry);
            }
            case UNWANTED -> new Outgoing(withoutBegun(), 0, null, null, false);
        };
    }

    private Fate fate(Queued sent, List<Status> statuses, boolean isEndMissing) {
        StatusCode code = statuses.stream()
                .filter(status -> status.cmdRef().equals(objectCmdId) && status.cmd().equals(sent.command().name()))
                .map(Status::code).findFirst().orElse(StatusCode.CHUNK_ACCEPTED);
        if (isEndMissing || code.equals(StatusCode.SIZE_MISMATCH)) {
            return Fate.LOST;
        }
        if (!code.isSuccess()) {
            return Fate.UNWANTED;
        }
        return begunAt == 0 ? Fate.ARRIVED : Fate.GOES_ON;
    }

    /** This, without an object of which chunks have left: it will not be completed. */
    Outgoing withoutObject() {
        return new Outgoing(withoutBegun(), 0, null, null, false);
    }

    private List<Queued> withoutBegun() {
        return begunAt == 0 ? queue : queue.subList(1, queue.size());
    }
}
