package dev.grove.dm1;

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
 */
public record ServerContext(ServerSettings settings, Account account, List<Task> work, Instant now,
        RandomGenerator luck) {

    public ServerContext {
        work = List.copyOf(work);
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
        return new ServerContext(settings, account, rest, now, luck);
    }
}
