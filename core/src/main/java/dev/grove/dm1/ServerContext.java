package dev.grove.dm1;

import dev.grove.engine.Account;
import dev.grove.engine.Task;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the server engine is given with each message, and never fetches.
 *
 * @param settings the same for all devices
 * @param account of the device that the message names
 * @param work the device's operations that have no answer yet, in the order in which they are to run; a first part of
 *     the queue will do. Those in flight in this session <b>are</b> among them (a large object is cut from its
 *     operation turn by turn, and a refused message is sent again); those in flight in another session are not
 * @param now the time of this turn
 * @param luck for nonces; must be hard to predict
 * @param wishes what else is known or wanted of this session
 */
public record ServerContext(ServerSettings settings, Account account, List<Task> work, Instant now,
        RandomGenerator luck, Wishes wishes) {

    /**
     * What else is known or wanted of a session.
     *
     * @param sendsLargeObjects whether an object may go in chunks: not if the device has told in
     *     {@code ./DevDetail/LrgObj} that it takes none ([STDOBJ 1.2 §5])
     * @param isAbortAsked whether somebody wants the session ended: what the device says is still taken, then it gets
     *     Alert 1223
     */
    public record Wishes(boolean sendsLargeObjects, boolean isAbortAsked) {

        /** Large objects are sent, and nobody wants an end. */
        public static final Wishes NONE = new Wishes(true, false);
    }

    public ServerContext {
        work = List.copyOf(work);
    }

    /** Nothing else is known or wanted. */
    public ServerContext(ServerSettings settings, Account account, List<Task> work, Instant now,
            RandomGenerator luck) {
        this(settings, account, work, now, luck, Wishes.NONE);
    }

    /**
     * This for a session that takes over from one that ends now: without the work that has its answer, and without what
     * was in flight and is not to be done twice; whether that may leave again is for the store to say.
     */
    ServerContext after(List<InFlight> ended) {
        List<Task> rest = work.stream().filter(task -> ended.stream()
                .noneMatch(other -> other.isOf(task.jobId(), task.index())
                        && (other.isAnswered() || task.operation().holdsExec())))
                .toList();
        return new ServerContext(settings, account, rest, now, luck, wishes);
    }
}
