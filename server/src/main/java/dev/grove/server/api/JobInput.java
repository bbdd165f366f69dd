package dev.grove.server.api;

import dev.grove.server.fleet.Job.Terms;
import dev.grove.tree.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A job as it is handed in.
 *
 * @param isToWake whether the device is to be woken for it
 */
record JobInput(List<Operation> operations, Terms terms, boolean isToWake) {

    static JobInput of(Input document, Instant now) throws Invalid {
        document.objectOf(Set.of("operations", "expiresIn", "priority", "retryExec", "wake"));
        Optional<Input> expiresIn = document.field("expiresIn");
        Optional<Input> priority = document.field("priority");
        Optional<Input> retryExec = document.field("retryExec");
        Optional<Input> wake = document.field("wake");
        Terms terms = new Terms(priority.isPresent() ? priority.get().number(-1000, 1000) : 0,
                retryExec.isPresent() && retryExec.get().truth(),
                expiresIn.isPresent() ? now.plus(OperationInput.duration(expiresIn.get())) : null);
        return new JobInput(OperationInput.operations(document.required("operations")), terms,
                wake.isPresent() && wake.get().truth());
    }
}
