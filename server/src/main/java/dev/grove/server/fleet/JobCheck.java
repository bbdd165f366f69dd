package dev.grove.server.fleet;

import dev.grove.tree.Operation;
import dev.grove.tree.StatusCode;
import java.util.List;

/** Says of operations, before they are queued, which a device is bound to refuse. */
@FunctionalInterface
public interface JobCheck {

    /** Nothing is known of any device. */
    JobCheck NONE = (deviceId, operations) -> List.of();

    /**
     * An operation that need not be sent.
     *
     * @param path its place in the job, such as {@code 1.0}
     * @param uri the node it aims at, as it was given
     * @param status what the device would answer
     * @param rule why, for people
     */
    record Refusal(String path, String uri, StatusCode status, String rule) {}

    List<Refusal> refuse(String deviceId, List<Operation> operations);
}
