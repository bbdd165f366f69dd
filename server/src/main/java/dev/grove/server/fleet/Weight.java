package dev.grove.server.fleet;

import dev.grove.tree.Operation;
import java.util.List;

/**
 * What is light enough to be kept in memory beside the store. What is heavier has to do with large objects; there is
 * little of it, and it is better read than kept.
 */
public final class Weight {

    private static final int MAX_STATE_BYTES = 4096;
    private static final int MAX_JOB_BYTES = 8192;
    private static final int OPERATION_BYTES = 200;

    private Weight() {}

    /** Whether the engine's state of a session is light. */
    public static boolean isLight(StoredSession session) {
        return session.state().length() <= MAX_STATE_BYTES;
    }

    /** Whether all of the jobs together are light. */
    public static boolean isLight(List<Job> jobs) {
        long bytes = 0;
        for (Job job : jobs) {
            bytes += bytes(job.operations());
        }
        return bytes <= MAX_JOB_BYTES;
    }

    private static long bytes(List<Operation> operations) {
        long bytes = 0;
        for (Operation operation : operations) {
            bytes += bytes(operation);
        }
        return bytes;
    }

    /** About what an operation takes of the heap. */
    private static long bytes(Operation operation) {
        return OPERATION_BYTES + switch (operation) {
            case Operation.Add add -> add.value().data().length();
            case Operation.Replace replace -> replace.value().data().length();
            case Operation.Exec exec -> exec.argument() == null ? 0 : exec.argument().data().length();
            case Operation.Atomic(List<Operation> members) -> bytes(members);
            case Operation.Sequence(List<Operation> members) -> bytes(members);
            case Operation.Get _,Operation.Delete _,Operation.Copy _,Operation.Service _ -> 0;
            case Operation.Interaction asked -> 2L * asked.text().length();
        };
    }
}
